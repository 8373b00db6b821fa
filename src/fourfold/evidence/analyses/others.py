"""Third parties: whom did the suspect and the victim both contact, and who else took part."""

from typing import Final

from fourfold.evidence.model.case import Case
from fourfold.evidence.model.finding import Finding, Value, Where
from fourfold.evidence.model.protocols import Tables

NAME: Final = "others"
VERSION: Final = "1"
QUESTION: Final = "Which third parties were in contact with the suspect, the victim, or both?"

LISTED: Final = 20  # of shared parties, in the finding


def run(tables: Tables, case: Case) -> list[Finding]:
    """Answer from `contacts`; make and export `third_parties`.

    Side A are the suspects and side B the victims. Where nobody is named, the two parties
    with most contacts stand for them, and the finding says so.
    """
    sides = _sides(tables, case)
    _make_table(tables, *sides)
    return [_finding(tables, sides, is_named=bool(case.suspects or case.victims))]


def _sides(tables: Tables, case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if case.suspects or case.victims:
        return case.suspects, case.victims
    most = tables.rows(
        """select t.party from (
            select c.from_party as party from contacts as c union all
            select c.to_party as party from contacts as c) as t
        where t.party not in ('withheld', 'unknown')
        group by t.party order by count(*) desc, t.party limit 2"""
    )
    return tuple(str(row[0]) for row in most[:1]), tuple(str(row[0]) for row in most[1:])


def _make_table(tables: Tables, side_a: tuple[str, ...], side_b: tuple[str, ...]) -> None:
    tables.step("sides", "select '' as party, '' as side where 1 = 0")
    for side, parties in (("a", side_a), ("b", side_b)):
        for party in parties:
            tables.run("insert into sides values (?, ?)", [party, side])
    tables.run(
        """create or replace table third_parties as
        with ends as (
            select c.occurrence_id, c.from_party as party, c.from_id as identifier,
                s.side, c.channel, c.started_at, c.row_ids
            from contacts as c join sides as s on s.party = c.to_party
            union all
            select c.occurrence_id, c.to_party as party, c.to_id as identifier,
                s.side, c.channel, c.started_at, c.row_ids
            from contacts as c join sides as s on s.party = c.from_party
        ), others as (
            select e.* from ends as e where e.party not in (select s.party from sides as s)
        )
        select o.party, o.identifier,
            case when o.party <> o.identifier then o.party end as person,
            sum(case when o.side = 'a' then 1 else 0 end) as side_a_count,
            sum(case when o.side = 'b' then 1 else 0 end) as side_b_count,
            min(o.started_at) as first_at, max(o.started_at) as last_at,
            list_sort(list(distinct coalesce(o.channel, 'not stated'))) as channels,
            max(max(case when o.side = 'a' then 1 else 0 end)) over (partition by o.party) = 1
                and max(max(case when o.side = 'b' then 1 else 0 end))
                    over (partition by o.party) = 1
                and o.party not in ('withheld', 'unknown') as is_shared,
            list_sort(list_distinct(flatten(list(o.row_ids)))) as row_ids
        from others as o group by o.party, o.identifier
        order by o.party, o.identifier"""
    )
    tables.export("third_parties")


def _finding(
    tables: Tables, sides: tuple[tuple[str, ...], tuple[str, ...]], *, is_named: bool
) -> Finding:
    shared = tables.dicts(
        """select t.party, sum(t.side_a_count) as a, sum(t.side_b_count) as b
        from third_parties as t where t.is_shared group by t.party
        order by least(sum(t.side_a_count), sum(t.side_b_count)) desc, t.party"""
    )
    parties = tables.rows("select count(distinct t.party) from third_parties as t")[0][0]
    names = [", ".join(side) or "nobody" for side in sides]
    who = (
        f"{names[0]} (suspect) and {names[1]} (victim)"
        if is_named
        else f"{names[0]} and {names[1]}, the two parties with most contacts (nobody is named)"
    )
    all_shared = Where("third_parties", [("is_shared", "=", True)])
    return Finding(
        analysis=NAME,
        version=VERSION,
        kind="third_parties",
        question=QUESTION,
        title="Third parties in contact with both sides",
        statement=(
            f"The records supplied show {parties:,} third parties in contact with {who};"
            f" {len(shared):,} of them with both sides."
        ),
        method=(
            "Calls and messages in both directions, attempts included, each happening counted"
            " once. A party is a person where the identifier is attributed, else the identifier;"
            " withheld numbers are shared with nobody."
        ),
        settings={"side_a": list(sides[0]), "side_b": list(sides[1]), "listed": LISTED},
        values=[
            Value("third parties", parties, "parties", where=Where("third_parties", [])),
            Value("in contact with both sides", len(shared), "parties", where=all_shared),
        ],
        series={"shared": [
            Value(f"{row['party']}, side {side.upper()}", int(row[side]), "contacts",
                  where=Where("third_parties", [("party", "=", row["party"])]))
            for row in shared[:LISTED] for side in ("a", "b")
        ]},
        where=Where("third_parties", []),
        caveats=[
            "A shared contact can be a relative, a colleague, a firm or a public service.",
            *(
                [f"{len(shared) - LISTED:,} further shared parties stand in the table only."]
                if len(shared) > LISTED
                else []
            ),
        ],
    )  # fmt: skip
