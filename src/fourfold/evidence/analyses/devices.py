"""Which numbers, SIMs and handsets were used together, and where did that change."""

from typing import Any, Final

from fourfold.evidence.analyses import device_steps as steps
from fourfold.evidence.analyses.device_stints import make_stints
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Tables

NAME: Final = "devices"
VERSION: Final = "1"
QUESTION: Final = "Which numbers, SIMs and handsets were used together, and where did that change?"

# What else can lie behind a record of this kind. Listed with every one of them.
EXPLANATIONS: Final = {
    "same_imei_new_imsi": (
        "one person uses two SIMs in one handset, in turn or one after the other",
        "the handset was lent, sold, given away or found",
        "another handset shows the same IMEI (copied or wrongly written)",
    ),
    "same_imsi_new_imei": (
        "the SIM was moved to another handset of the same person",
        "the SIM was lent or given away",
        "the handset was repaired or exchanged",
        "a handset with two SIM slots has two IMEIs",
    ),
    "same_number_new_imsi": (
        "a replacement SIM for the same number",
        "the number was moved to another operator",
        "the operator gave the number to another customer",
    ),
    "same_number_new_imsi_new_imei": (
        "a replacement SIM and another handset after loss, seizure or damage",
        "the number was moved to another operator with a new handset",
        "the operator gave the number to another customer",
    ),
    "silence": (
        "the handset was off, out of coverage, lost or seized",
        "another line or an internet service was used instead",
        "records of this period were not asked for or not supplied",
        "nobody used the line",
    ),
    "start": (
        "a new line",
        "records before this were not asked for or not supplied",
        "an existing line that was not used before",
    ),
    "stop": (
        "the line was given up",
        "the handset was off, lost or seized",
        "records after this were not asked for or not supplied",
    ),
    "hand_over_candidate": (
        "the user of the silent line goes on with another number",
        "another person who knows the same party begins to contact it for reasons of their own",
        "the number was in use before, but no record of it was supplied",
        "chance: numbers begin to contact a party at any time; see the number tried",
    ),
}
WORDS: Final = {
    "same_imei_new_imsi": "another number's SIM in the same handset (IMEI)",
    "same_imsi_new_imei": "the same SIM (IMSI) in another handset",
    "same_number_new_imsi": "the same number on another SIM",
    "same_number_new_imsi_new_imei": "the same number on another SIM in another handset",
    "silence": "no record of the line for longer than usual",
    "start": "the records of a line begin within the period",
    "stop": "the records of a line end within the period",
    "hand_over_candidate": "a line falls silent and a number new to the records begins",
}


def run(tables: Tables, case: Case) -> list[Finding]:
    """Answer from the records of lines; make and export `device_stints`, `device_changes`.

    Needs `contacts` and the view `contacts_us` of the analysis contact.
    """
    make_stints(tables)
    steps.find_changes(tables)
    steps.list_changes(tables, EXPLANATIONS)
    return [_stints(tables), *_changes(tables)]


def _stints(tables: Tables) -> Finding:
    stints = tables.dicts(
        "select s.number, s.imsi, s.imei14, s.person, s.first_at, s.last_at, s.events"
        " from device_stints as s order by s.number, s.first_at, s.imsi, s.imei14"
    )
    numbers = len({s["number"] for s in stints})
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind="device_stints",
        question=QUESTION,
        title="Numbers, SIMs and handsets used together",
        statement=(
            f"The records supplied show {numbers:,} lines in {len(stints):,} combinations of"
            " number, SIM (IMSI) and handset (first 14 digits of the IMEI)."
            if stints
            else "No record in the data supplied states the IMSI or IMEI of a line."
        ),
        method=(
            "Records of a line grouped by number, IMSI and the first 14 digits of the IMEI;"
            " first and last record and their number."
        ),
        values=[
            Value("combinations", len(stints), "combinations", where=Where("device_stints", [])),
            Value("lines", numbers, "lines", where=Where("device_stints", [])),
        ],
        series={"records": [
            Value(
                f"{s['number']}, IMSI {s['imsi'] or 'not stated'},"
                f" IMEI {s['imei14'] or 'not stated'}, {s['first_at']} to {s['last_at']} UTC",
                s["events"], "records",
                where=Where("device_stints", [
                    ("number", "=", s["number"]), ("imsi", "=", s["imsi"]),
                    ("imei14", "=", s["imei14"]),
                ]),
            )
            for s in stints
        ]},
        where=Where("device_stints", []),
        caveats=["A record names a SIM and a handset, not the person who used them."],
    )  # fmt: skip


def _changes(tables: Tables) -> list[Finding]:
    rows = tables.dicts(
        "select c.change_no, c.kind, c.at, c.before_at, c.number, c.imei, c.imsi, c.other,"
        " c.row_ids from device_changes as c order by c.change_no"
    )
    tried = tables.rows(
        "select count(distinct c.from_id) from contacts as c where c.from_id like 'tel:%'"
    )[0][0]
    return [_change(row, int(tried)) for row in rows]


def _change(row: dict[str, Any], tried: int) -> Finding:
    kind = row["kind"]
    where = Where("device_changes", [("change_no", "=", row["change_no"])])
    when = " to ".join(f"{t} UTC" for t in (row["before_at"], row["at"]) if t is not None)
    is_candidate = kind == "hand_over_candidate"
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind=f"device_{kind}",
        question=QUESTION,
        title=f"{row['number']}: {WORDS[kind]}",
        statement=(
            f"Records show for line {row['number']}: {WORDS[kind]} ({when}; {row['other']})."
            f" This can have other reasons: {'; '.join(EXPLANATIONS[kind])}."
        ),
        method=_METHODS.get(kind, _METHODS[""]),
        settings=_SETTINGS.get(kind, {}),
        values=[
            Value("last record before", _text(row["before_at"]), "UTC", where=where),
            Value("first record after", _text(row["at"]), "UTC", where=where),
        ],
        row_ids=row["row_ids"],
        where=where,
        caveats=["A candidate to be checked, not a conclusion."] if is_candidate else [],
        counts_tried={"numbers compared": tried} if is_candidate else {},
    )


def _text(moment: Any) -> str | None:
    return None if moment is None else str(moment)


_METHODS: Final = {
    "": "Combinations of number, SIM and handset in the order of their first records.",
    "silence": (
        f"A pause of at least {steps.SILENCE_HOURS} hours that is longer than"
        f" {steps.SILENCE_TIMES} times the 99th percentile of the line's own pauses; lines with"
        f" at least {steps.LEAST_RECORDS} pauses."
    ),
    "start": f"First record at least {steps.EDGE_DAYS} days after the first record of any line.",
    "stop": f"Last record at least {steps.EDGE_DAYS} days before the last record of any line.",
    "hand_over_candidate": (
        "A number whose first contact in all records goes to a party of the silent line, from"
        f" {steps.TAKEOVER_BEFORE_DAYS} day before to {steps.TAKEOVER_AFTER_DAYS} days after its"
        f" last record, with at least {steps.TAKEOVER_CONTACTS} contacts."
    ),
}
_SETTINGS: Final[dict[str, dict[str, Any]]] = {
    "silence": {
        "silence_hours": steps.SILENCE_HOURS,
        "silence_times": steps.SILENCE_TIMES,
        "least_records": steps.LEAST_RECORDS,
    },
    "start": {"edge_days": steps.EDGE_DAYS},
    "stop": {"edge_days": steps.EDGE_DAYS},
    "hand_over_candidate": {
        "before_days": steps.TAKEOVER_BEFORE_DAYS,
        "after_days": steps.TAKEOVER_AFTER_DAYS,
        "least_contacts": steps.TAKEOVER_CONTACTS,
    },
}
