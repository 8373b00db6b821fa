"""The findings of the coincidence analysis: per class and pair, and what was not compared."""

from typing import Any, Final

from fourfold.evidence.analyses.coincidence import words
from fourfold.evidence.analyses.coincidence.answers import (
    Answer,
    Work,
    finding_of,
    period_of,
    row_ids_of,
)
from fourfold.evidence.analyses.coincidence.matches import KIND_OF_CLASS
from fourfold.evidence.analyses.coincidence.opposing import contradiction_findings
from fourfold.evidence.analyses.coincidence.sightings import CELL, FIX, Compared
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Tables


def write(tables: Tables, case: Case, work: Work) -> list[Finding]:
    """Return the findings: what could not be compared, classes per pair, contradictions."""
    found = _not_compared(work)
    for class_name in ("A", "B", "C"):
        compared = work.compared[KIND_OF_CLASS[class_name]]
        if compared.is_comparable and work.made[class_name] <= work.settings.limit_of(class_name):
            found += _class_findings(tables, case, work, class_name)
    return found + contradiction_findings(tables, work)


def _not_compared(work: Work) -> list[Finding]:
    """Say which class has nothing to compare, and which the crowd guard refused."""
    found = []
    named = {FIX: "fixes of devices", CELL: "records with a cell"}
    for kind, compared in work.compared.items():
        if not compared.is_comparable:
            held = f"only for {compared.parties[0]}" if compared.parties else "for nobody"
            found.append(_refusal(work, kind, f"The data supplied hold {named[kind]} {held}."))
    for class_name in ("A", "B", "C", "contradictions"):
        comparisons, limit = work.made[class_name], work.settings.limit_of(class_name)
        if comparisons > limit:
            what = class_name if class_name == "contradictions" else f"class {class_name}"
            text = (
                f"Not compared ({what}): {comparisons:,} comparisons would be needed, more than"
                f" the limit of {limit:,}. Too many records share one time and place; compare"
                " fewer persons or a shorter period."
            )
            found.append(_refusal(work, what, text))
    return found


def _refusal(work: Work, what: str, text: str) -> Finding:
    return finding_of(
        work,
        kind="not_compared",
        title=f"Not compared: {what}",
        statement=text,
        method="A comparison needs records of two persons, and a bounded number of pairs.",
        settings=work.settings.shown("comparison_limit", "site_comparison_limit"),
        counts_tried=dict(work.made),
    )


def _pairs_asked(case: Case, compared: Compared) -> list[tuple[str, str]]:
    """Pairs worth a sentence even when nothing was found: suspects and victims."""
    return [
        (suspect, victim)
        for suspect in case.suspects
        for victim in case.victims
        if suspect in compared.parties and victim in compared.parties
    ]


_SUMMARY: Final = """
    select {party_a} as party_a, {party_b} as party_b, count(*) as coincidences,
        cast(sum(pairs) as bigint) as pairs, min(min_distance_m) as least_distance_m,
        min(least_gap_s) as least_gap_s, min(started_at) as first_at,
        max(ended_at) as last_at, count(explained_by) as explained,
        count(case when stays_within then 1 end) as surely,
        count(case when uncertainty_m is null then 1 end) as unknown_accuracies,
        count(case when rests_on_session then 1 end) as on_sessions
    from coincidences where class = '{class_name}'
    group by {party_a}, {party_b}
"""


def _class_findings(tables: Tables, case: Case, work: Work, class_name: str) -> list[Finding]:
    compared = work.compared[KIND_OF_CLASS[class_name]]
    columns = ("subject_a", "subject_b") if compared.by_device else ("person_a", "person_b")
    sql = _SUMMARY.format(
        party_a=columns[0],
        party_b=columns[1],
        class_name=class_name,
    )
    found = {(row["party_a"], row["party_b"]): row for row in tables.dicts(sql)}
    order = {party: number for number, party in enumerate(compared.parties)}
    asked = _pairs_asked(case, compared)
    wanted = sorted(
        {*found, *asked}, key=lambda pair: (pair not in asked, order[pair[0]], order[pair[1]])
    )
    answers = []
    for pair in wanted[: work.settings.pair_limit]:
        conditions = [("class", "=", class_name), (columns[0], "=", pair[0])]
        where = Where("coincidences", [*conditions, (columns[1], "=", pair[1])])
        answer = Answer(class_name, pair, where, compared.by_device, found.get(pair))
        answers.append(_class_finding(tables, work, answer))
    return answers


def _class_finding(tables: Tables, work: Work, answer: Answer) -> Finding:
    settings, name = work.settings, answer.class_name
    values = [*_counts(work, answer), *_chance_values(tables, work, answer)]
    shifts = len(settings.shifts_days)
    method = words.METHODS[name].format(**settings.shown(*words.METHOD_WORDS))
    method += words.CHANCE_METHOD.format(shifts=shifts)
    return finding_of(
        work,
        kind=f"coincidences_{name.lower()}",
        title=f"{words.TITLES[name]}: {answer.pair[0]} and {answer.pair[1]}",
        statement=words.statement(
            name, answer.pair, answer.by_device, {v.name: v.value for v in values}
        ),
        method=method,
        settings=settings.shown(*words.SETTINGS[name]),
        values=values,
        pair=answer.pair,
        period=period_of(answer.row),
        row_ids=row_ids_of(tables, answer.where),
        where=answer.where,
        caveats=[
            *words.CAVEATS[name],
            *_left_out(work.compared[KIND_OF_CLASS[name]]),
            *_control_refused(work, name),
            *work.wrong_clocks.get(KIND_OF_CLASS[name], []),
        ],
        evidence_class=name,
        counts_tried=_tried(work, name),
    )


def _counts(work: Work, answer: Answer) -> list[Value]:
    """The values of a class and pair; each leads to its rows by the same selection."""
    row, where = answer.row or {}, answer.where
    values = [
        Value("coincidences", row.get("coincidences", 0), "coincidences", where),
        Value("pairs", row.get("pairs", 0), "pairs of records", where),
        Value(
            "explained_by_frequent_use",
            row.get("explained", 0),
            "coincidences",
            _and(where, ("explained_by", "is not null", None)),
        ),
    ]
    if answer.class_name == "A":
        values += [
            Value("least_distance_m", row.get("least_distance_m"), "m", where),
            Value(
                "within_with_accuracies_added",
                row.get("surely", 0),
                "coincidences",
                _and(where, ("stays_within", "=", True)),
            ),
            Value(
                "accuracy_unknown",
                row.get("unknown_accuracies", 0),
                "coincidences",
                _and(where, ("uncertainty_m", "is null", None)),
            ),
        ]
    else:
        sessions = _and(where, ("rests_on_session", "=", True))
        values += [
            Value("least_gap_s", row.get("least_gap_s"), "s", where),
            Value("resting_on_data_sessions", row.get("on_sessions", 0), "coincidences", sessions),
        ]
    slack = work.with_slack.get(answer.pair)
    if answer.class_name == "B" and slack is not None:
        values.append(Value("pairs_with_session_slack", slack, "pairs of records", where))
    return values


def _and(where: Where, condition: tuple[str, str, Any]) -> Where:
    return Where(where.table, [*where.conditions, condition])


def _chance_values(tables: Tables, work: Work, answer: Answer) -> list[Value]:
    """Days with a coincidence among days with records of both: as found, and shifted."""
    parties = work.compared[KIND_OF_CLASS[answer.class_name]].parties
    numbers = [parties.index(party) + 1 for party in answer.pair]
    found = tables.rows(
        "select case when trial = 0 then '' when mod(trial, 7) = 0 then 'week' else 'day' end"
        " as step, cast(sum(days) as bigint) as days, cast(sum(days_hit) as bigint) as days_hit"
        " from coincidence_rates where class = ? and party_a = ? and party_b = ?"
        " group by step order by step",
        [answer.class_name, *numbers],
    )
    compared = _records_compared(tables, answer)
    values = []
    for step, days, days_hit in found:
        if step:
            values.append(Value(f"shifted_days_{step}", days, "days", compared))
            values.append(Value(f"shifted_hits_{step}", days_hit, "days", compared))
        else:
            values.append(Value("days_compared", days, "days", compared))
            values.append(Value("days_with_coincidence", days_hit, "days", answer.where))
    return values


def _records_compared(tables: Tables, answer: Answer) -> Where:
    """Every record of the devices that coincided: shifted comparisons rest on all of them."""
    found = tables.rows(
        "select distinct h.subject_id from coincidence_sides as d join coincidence_holders as h"
        " on h.subject_no = d.subject_no and h.kind = d.kind"
        " where d.class = ? and h.party in (?, ?) order by h.subject_id",
        [answer.class_name, *answer.pair],
    )
    kind = (
        ("place_kind", "=", "fix") if answer.class_name == "A" else ("cell_id", "is not null", None)
    )
    return Where("events", [("subject_id", "in", [subject for (subject,) in found]), kind])


def _left_out(compared: Compared) -> list[str]:
    if not compared.left_out:
        return []
    return [f"{compared.left_out:,} records attributed to nobody were not compared."]


def _control_refused(work: Work, class_name: str) -> list[str]:
    comparisons, limit = work.shifted[class_name], work.settings.limit_of(class_name)
    if comparisons <= limit:
        return []
    return [
        f"The chance control was not made: {comparisons:,} comparisons would be needed, more"
        f" than the limit of {limit:,}."
    ]


def _tried(work: Work, class_name: str) -> dict[str, int]:
    parties = len(work.compared[KIND_OF_CLASS[class_name]].parties)
    tried = {
        "comparisons": work.made[class_name],
        "pairs_of_parties": parties * (parties - 1) // 2,  # at most pair_limit have a finding
    }
    tried["shifted_comparisons"] = work.shifted[class_name]
    tried["shifts"] = len(work.settings.shifts_days)
    if class_name == "C":
        tried["coincidences_before_the_limit"] = work.made["C_found"]
    return tried
