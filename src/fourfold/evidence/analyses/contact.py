"""Question 1: who contacted whom, when, how often, by which channel, with what outcome."""

from datetime import datetime
from typing import Final

from fourfold.evidence.analyses import contact_measures as measures
from fourfold.evidence.analyses.contact_changes import before_and_after, moments
from fourfold.evidence.analyses.contact_pair import pair_finding
from fourfold.evidence.analyses.contact_table import NAME, VERSION, make_contacts
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Tables

__all__ = ["NAME", "QUESTION", "VERSION", "answer", "run"]

QUESTION: Final = "Who contacted whom, when, how often, by which channel and with what outcome?"

LISTED_PAIRS: Final = 20  # of all pairs, in the overview
LISTED_OFFSETS: Final = 12  # in the sentence; the table holds all


def run(tables: Tables, case: Case) -> list[Finding]:
    """Answer question 1 from `occurrences`; make and export `contacts`."""
    make_contacts(tables, case.display_zone)
    return answer(tables, case)


def answer(tables: Tables, case: Case) -> list[Finding]:
    """Answer question 1 from `contacts`, the view `contacts_us` and `occurrences`."""
    totals = measures.pair_totals(tables)
    counted = measures.count_pairs(tables, measures.chosen_pairs(case, totals))
    findings = [_overview(tables, case, totals)]
    findings += [pair_finding(counts, case.display_zone) for counts in counted]
    findings += _changes(tables, case)
    findings += _unresolved(tables, case)
    return findings + _clocks(tables)


def _overview(tables: Tables, case: Case, totals: list[tuple[str, str, int]]) -> Finding:
    pairs, contacts = tables.rows(
        "select count(*), coalesce(cast(sum(p.contacts) as bigint), 0) from contact_pairs as p"
    )[0]
    occurrences = tables.rows("select count(*) from occurrences as o")[0][0]
    doubts = [_doubt(tables, name, column) for name, column in _DOUBTS]
    shown = totals[:LISTED_PAIRS]
    is_attributed = bool(case.suspects and case.victims)
    choice = (
        "The pairs of suspects and victims are answered in full below."
        if is_attributed
        else "No suspect and victim are named, so pairs are identifiers as the records show them;"
        f" the {min(measures.TOP_PAIRS, len(totals))} most frequent are answered in full below."
    )
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind="contact_overview",
        question=QUESTION,
        title="Contacts between all parties",
        statement=(
            f"The records supplied show {occurrences:,} calls and messages between {pairs:,}"
            f" pairs of parties (each direction is a pair); the {len(shown)} most frequent pairs"
            f" are listed. {choice}"
        ),
        method=(
            "One happening stated by several records or sources counts once (occurrences)."
            " A party is a person where the identifier is attributed, else the identifier."
        ),
        settings={"listed_pairs": LISTED_PAIRS, "top_pairs": measures.TOP_PAIRS},
        values=[
            Value("calls and messages", occurrences, "occurrences", where=Where("occurrences", [])),
            Value("contacts by pair", contacts, "contacts", where=Where("contacts", [])),
            Value("pairs", pairs, "pairs", where=Where("contacts", [])),
            *doubts,
        ],
        series={"by_pair": [
            Value(f"{a} to {b}", n, "contacts",
                  where=Where("contacts", [("from_party", "=", a), ("to_party", "=", b)]))
            for a, b, n in shown
        ]},
        where=Where("contacts", []),
        caveats=[
            f"{pairs - len(shown):,} further pairs are not listed here; the table holds all."
        ] if pairs > len(shown) else [],
    )  # fmt: skip


# What a count of happenings cannot settle; the rows are named, so that a person can.
_DOUBTS: Final = (
    ("left open: fits two records equally well", "is_ambiguous"),
    ("in the hour that happens twice in October, not resolved", "is_clock_change_hour"),
)


def _doubt(tables: Tables, name: str, column: str) -> Value:
    count = tables.rows(f"select count(*) from occurrences as o where o.{column}")[0][0]
    return Value(name, count, "occurrences", where=Where("occurrences", [(column, "=", True)]))


def _changes(tables: Tables, case: Case) -> list[Finding]:
    covered = _covered(tables)
    if covered is None:
        return []
    return [
        before_and_after(tables, pair, moment, covered, case.display_zone)
        for suspect in case.suspects
        for victim in case.victims
        for moment in moments(case, suspect, victim)
        for pair in ((suspect, victim), (victim, suspect))
    ]


def _covered(tables: Tables) -> tuple[datetime, datetime] | None:
    first, last = tables.rows("select min(c.started_at), max(c.started_at) from contacts as c")[0]
    return (first, last) if first else None


def _unresolved(tables: Tables, case: Case) -> list[Finding]:
    """Say how many withheld calls to victims no other record explains."""
    findings = []
    for victim in case.victims:
        where = Where("contacts", [("from_party", "=", "withheld"), ("to_party", "=", victim)])
        count = tables.rows(
            "select coalesce(max(p.contacts), 0) from contact_pairs as p"
            " where p.from_party = 'withheld' and p.to_party = ?",
            [victim],
        )[0][0]
        findings.append(
            Finding(
                analysis=NAME,
                version=VERSION,
                kind="contact_withheld_unresolved",
                question="Which contacts came from a withheld number that no other record names?",
                title=f"Contacts to {victim} from a withheld number, caller not known",
                statement=(
                    f"{count:,} contacts to {victim} came from a withheld number for which no"
                    " record in the data supplied names the caller. They count for nobody."
                ),
                method=(
                    "A withheld call is joined with the record of a caller who hid the number,"
                    " to the same recipient, at the same time. These found no such record."
                ),
                values=[Value("contacts", count, "contacts", where=where)],
                where=where,
                caveats=["The caller's own call data can name the caller, if they are obtained."],
            )
        )
    return findings


def _clocks(tables: Tables) -> list[Finding]:
    """Print the clock offsets that the linking used, where there are any."""
    tables.run(
        "create table if not exists clock_offsets (exhibit_a varchar, exhibit_b varchar,"
        " channel varchar, offset_s double, spread_s double, pairs bigint, used_s double)"
    )
    rows = tables.dicts(
        "select o.exhibit_a, o.exhibit_b, o.channel, o.offset_s, o.spread_s, o.pairs, o.used_s"
        " from clock_offsets as o where o.used_s <> 0e0"
        " order by o.pairs desc, o.exhibit_a, o.exhibit_b, o.channel"
    )
    listed = "; ".join(
        f"{r['exhibit_b']} against {r['exhibit_a']} {r['offset_s']:+.1f} s"
        f" (spread {r['spread_s']:.1f} s, {r['pairs']:,} pairs)"
        for r in rows[:LISTED_OFFSETS]
    )
    sentence = (
        f"Times of these sources differ: {listed}. Times are compared less that difference."
        if rows
        else "No two sources with records of the same calls or messages differ by more than"
        " delivery time."
    )
    return [
        Finding(
            analysis=NAME,
            version=VERSION,
            kind="clock_offsets",
            question="Do the clocks of the sources agree?",
            title="Clock offsets between sources",
            statement=sentence,
            method=(
                "Records of two sources with the same parties and no contradiction of talk time"
                " or text are paired; the difference on which most pairs agree is the offset,"
                " its median is used, the spread is the interquartile range. No time of a record"
                " is changed; an occurrence takes its time from the best source."
            ),
            values=[
                Value(
                    f"{r['exhibit_b']} less {r['exhibit_a']}, {r['channel']}",
                    r["offset_s"],
                    "s",
                    where=Where("clock_offsets", [
                        ("exhibit_a", "=", r["exhibit_a"]), ("exhibit_b", "=", r["exhibit_b"]),
                        ("channel", "=", r["channel"]),
                    ]),
                )
                for r in rows
            ],
            where=Where("clock_offsets", []),
            caveats=["An offset is a median over the whole period; a clock set anew is not seen."],
        )
    ]  # fmt: skip
