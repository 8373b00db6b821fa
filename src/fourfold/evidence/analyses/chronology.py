"""One ordered account of what the records state, across all sources, and proposed occasions."""

from typing import Any, Final

from fourfold.evidence.analyses.act_labels import ACT_CODES, CONFIRM, rules_printed
from fourfold.evidence.analyses.chronology_entries import (
    BULK_KINDS,
    STRETCH_PAUSE_MIN,
    make_entries,
)
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Tables
from fourfold.evidence.support.clock import iso_utc

NAME: Final = "chronology"
VERSION: Final = "1"
QUESTION: Final = "What do the records state, in the order of time, and which occasions show?"

# PHA 1997 s.7 counts occasions, not messages, and names no interval. Six hours keep an
# evening of calls and texts together and part it from the next morning. A person regroups.
OCCASION_PAUSE_H: Final = 6
_HOUR_US: Final = 3_600_000_000

_ORDER: Final = "e.started_us, e.source_order, e.ended_us, e.kind, e.tie"
_RULE: Final = (
    "entries with a proposed label, and class A coincidences of devices of a suspect and a"
    f" victim that no habit explains, joined while the pause is at most {OCCASION_PAUSE_H} hours"
)
_METHOD: Final = (
    "Calls and messages stand once however many records state them (occurrences); every other"
    " event stands singly, but position fixes and data sessions of one device in one exhibit"
    f" are one entry while the pause is at most {STRETCH_PAUSE_MIN} minutes, to midnight and to"
    " a change of attribution at most. Ordered by stated time; told-to-stop moments and orders"
    " of case.toml stand in the order, marked, with no row behind them."
)
_CAVEATS: Final = (
    "Entries are in the order of the stated times; a time known to the minute, stated in words"
    " or from an unsteady clock may in truth come before or after its neighbours.",
    "An attribution says whose an identifier is said to be, not who used it.",
    "No entry is not no event: only the data supplied are in the order.",
)
_OCCASION_CAVEATS: Final = (
    "Occasions are proposed by a printed rule, for a person to confirm, join or part.",
    "A course of conduct needs conduct on at least two occasions (PHA 1997 s.7(3)); the count"
    " and the list are shown, and no conclusion is drawn from them.",
)


def run(tables: Tables, case: Case) -> list[Finding]:
    """Order everything that the records state, and propose labels and occasions.

    Args:
        tables: events, occurrences and attributions are filled, with the views events_us
            and occurrences_us; the table coincidences is used where it exists.
        case: suspects, victims, told-to-stop moments and orders; the display zone.

    Returns:
        Findings on the entries, the proposed labels and the proposed occasions. Exports
        `chronology` and `occasions` (docs/contracts.md).

    References:
        Protection from Harassment Act 1997, ss.2A(3) and 7.
    """
    make_entries(tables, case)
    tables.step("chronology_order", _order())
    tables.step("chronology_grouped", _grouped())
    tables.run(f"create or replace table chronology as {_CHRONOLOGY}")
    tables.run(f"create or replace table occasions as {_OCCASIONS}")
    tables.export("chronology")
    tables.export("occasions")
    return [_account(tables), _labels(tables), _proposed_occasions(tables, case)]


def _order() -> str:
    """SQL: the place of every entry; a step of its own, as it needs few columns."""
    return f"""
        select e.kind, e.tie, row_number() over (order by {_ORDER}) as entry_no
        from chronology_entries as e"""


def _grouped() -> str:
    """SQL: number the proposed occasions, per suspect whose act is concerned.

    `occasion_no` counts them in time order; NULL for entries that are part of none.
    """
    pause_us = OCCASION_PAUSE_H * _HOUR_US
    ordered = f"partition by e.act_of order by {_ORDER} rows between unbounded preceding and"
    return f"""
        with members as (
            select e.act_of, e.started_us, e.source_order, e.ended_us, e.kind, e.tie,
                max(greatest(e.started_us, e.ended_us)) over ({ordered} 1 preceding) as reached_us
            from chronology_entries as e
            where len(e.act_codes) > 0 or e.kind = 'coincidence'
        ), broken as (
            select e.*, sum(case when e.started_us - e.reached_us <= {pause_us} then 0 else 1 end)
                over ({ordered} current row) as turn
            from members as e
        ), firsts as (
            select e.act_of, e.turn, row_number() over (
                order by min(e.started_us), min(e.tie), e.act_of) as occasion_no
            from broken as e group by e.act_of, e.turn
        )
        select e.kind, e.tie, f.occasion_no
        from broken as e join firsts as f on f.act_of = e.act_of and f.turn = e.turn"""


_CHRONOLOGY: Final = """
    select n.entry_no, e.started_at, e.ended_at, e.time_relation, e.is_clock_change_hour,
        e.local_day, e.local_hour, e.kind, e.channel, e.outcome, e.from_party, e.to_party,
        e.summary, e.text, e.lat, e.lon, e.accuracy_m, e.place_kind, e.act_codes,
        g.occasion_no, e.occurrence_id, e.event_ids, e.exhibit_ids, e.row_ids
    from chronology_entries as e
    join chronology_order as n on n.kind = e.kind and n.tie = e.tie
    left join chronology_grouped as g on g.kind = e.kind and g.tie = e.tie
    order by n.entry_no"""

_OCCASIONS: Final = """
    select c.occasion_no, min(c.started_at) as started_at,
        max(coalesce(c.ended_at, c.started_at)) as ended_at, min(c.local_day) as local_day,
        count(*) as entries, list_sort(list_distinct(flatten(list(c.act_codes)))) as act_codes,
        list_sort(list_distinct(flatten(list(c.row_ids)))) as row_ids
    from chronology as c where c.occasion_no is not null
    group by c.occasion_no order by c.occasion_no"""


def _where(*conditions: tuple[str, str, Any]) -> Where:
    return Where("chronology", list(conditions))


def _account(tables: Tables) -> Finding:
    """How many entries of which kind, and from when to when."""
    kinds = tables.rows(
        """select c.kind, count(*) as n, cast(sum(len(c.event_ids)) as bigint) as records
        from chronology as c group by c.kind order by c.kind"""
    )
    undated = tables.rows("select count(*) from events as e where e.started_at is null")[0][0]
    ends = tables.rows(
        """select min(c.entry_no), min(c.started_at) from chronology as c where len(c.row_ids) > 0
        union all
        select max(c.entry_no), max(c.started_at) from chronology as c where len(c.row_ids) > 0"""
    )
    total = sum(n for _, n, _ in kinds)
    values = [Value("entries", total, "entries", _where())]
    values += [
        Value(f"entries of kind {k}", n, "entries", _where(("kind", "=", k))) for k, n, _ in kinds
    ]
    values += [
        Value(f"{word} record in the order", iso_utc(at), "UTC", _where(("entry_no", "=", no)))
        for word, (no, at) in zip(("first", "last"), ends, strict=True)
        if at is not None
    ]
    if undated:
        where = Where("events", [("started_at", "is null", None)])
        values.append(Value("events without a time, not in the order", undated, "events", where))
    bulk = {k: (n, records) for k, n, records in kinds if k in BULK_KINDS}
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind="account",
        question=QUESTION,
        title="The records in the order of time",
        statement=_account_statement(total, bulk, undated),
        method=_METHOD,
        settings={"stretch_pause_min": STRETCH_PAUSE_MIN, "condensed_kinds": list(BULK_KINDS)},
        values=values,
        where=_where(),
        caveats=list(_CAVEATS),
    )


def _account_statement(total: int, bulk: dict[str, tuple[int, int]], undated: int) -> str:
    entries = sum(n for n, _ in bulk.values())
    records = sum(r for _, r in bulk.values())
    text = f"The data supplied give {total:,} entries in the order of time."
    if records:
        text += f" {records:,} position fixes and data sessions stand in {entries:,} of them."
    if undated:
        text += f" {undated:,} events state no time and are not in the order."
    return text


def _labels(tables: Tables) -> Finding:
    """How many entries bear which proposed label."""
    found = dict(
        tables.rows(
            """select x.code, count(*) as n from (
                select unnest(c.act_codes) as code from chronology as c) as x
            group by x.code order by x.code"""
        )
    )
    values = [
        Value(
            f"s.2A(3)({code}) {words}: {CONFIRM}",
            found[code],
            "entries",
            _where(("act_codes", "contains", code)),
        )
        for code, words in ACT_CODES.items()
        if code in found
    ]
    counts = ", ".join(f"({code}) {found[code]:,}" for code in ACT_CODES if code in found)
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind="act_labels",
        question=QUESTION,
        title="Proposed labels after s.2A(3) PHA 1997",
        statement=(
            f"Entries per proposed label: {counts}. Each is a {CONFIRM}."
            if counts
            else "No entry in the data supplied bears a proposed label."
        ),
        method="A label is proposed by a printed rule and by nothing else; see settings.",
        settings={"rules": rules_printed(), "codes": ACT_CODES},
        values=values,
        where=_where(("occasion_no", "is not null", None), ("kind", "!=", "coincidence")),
        caveats=[
            f"Every label is a {CONFIRM}; it says neither that the act happened nor that it"
            " amounts to anything.",
            "The list of s.2A(3) is of examples. An entry without a label is not outside it.",
            "Words of a diary are matched as words; what they deny or quote is matched too.",
        ],
    )


def _proposed_occasions(tables: Tables, case: Case) -> Finding:
    """The proposed occasions, counted and listed."""
    listed = tables.rows(
        """select o.occasion_no, o.started_at, o.entries, o.act_codes
        from occasions as o order by o.occasion_no"""
    )
    bare = [no for no, *_, codes in listed if not codes]
    values = [
        Value("proposed occasions", len(listed), "occasions", Where("occasions", [])),
        Value(
            "of these, of coincidences alone",
            len(bare),
            "occasions",
            Where("occasions", [("occasion_no", "in", bare)]),
        ),
    ]
    told = [at for suspect in case.suspects if (at := case.told_to_stop_at(suspect))]
    if told:
        after = [no for no, at, *_ in listed if at >= min(told).replace(tzinfo=None)]
        values.append(
            Value(
                f"of these, from the first told-to-stop moment ({iso_utc(min(told))}) on",
                len(after),
                "occasions",
                Where("occasions", [("occasion_no", "in", after)]),
            )
        )
    series = [
        Value(
            f"occasion {no}, from {iso_utc(at)}, proposed labels {', '.join(codes) or 'none'}",
            entries,
            "entries",
            _where(("occasion_no", "=", no)),
        )
        for no, at, entries, codes in listed
    ]
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind="occasions",
        question=QUESTION,
        title="Proposed occasions",
        statement=(
            f"The rule proposes {len(listed):,} occasions, {len(bare):,} of them of coincidences"
            " alone; the list stands beside this count, for a person to confirm."
        ),
        method=f"An occasion is {_RULE}.",
        settings={"occasion_pause_h": OCCASION_PAUSE_H, "rule": _RULE},
        values=values,
        series={"occasions": series} if series else {},
        where=Where("occasions", []),
        caveats=list(_OCCASION_CAVEATS),
    )
