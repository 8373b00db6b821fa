"""Records that could support an entry: contacts, and what bears on presence in person.

Every record of the people concerned inside the shown margin becomes a candidate, also
those that do not help; each says why.
"""

from typing import Any, Final, NamedTuple

from fourfold.evidence.analyses.diary_entries import Asked
from fourfold.evidence.analyses.diary_windows import Window
from fourfold.evidence.analyses.diary_words import CALL, MESSAGE, Claim, words_only
from fourfold.evidence.model.case import Case
from fourfold.evidence.model.protocols import Tables

FULL: Final = 2  # supports what the entry says
PART: Final = 1  # supports a part of it
NOT: Final = 0
FITS: Final = "right kind and parties"


class Candidate(NamedTuple):
    """One record or group of records beside an entry. strength: FULL, PART or NOT."""

    label: str
    started_us: int
    ended_us: int
    strength: int
    why: str
    row_ids: tuple[str, ...]
    is_inside: bool
    is_answered: bool = False


def make_contacts(tables: Tables, case: Case) -> None:
    """Make diary_contacts: occurrences of calls and messages of suspects and victims."""
    concerned = sql_list([*case.suspects, *case.victims])
    tables.step(
        "diary_contacts",
        f"""select o.occurrence_id, o.row_ids, o.kind, o.channel, o.outcome, o.lasted_s,
            o.started_us, o.text, o.from_person, o.to_person,
            o.from_strength, o.to_strength,
            coalesce(o.from_person, o.from_id, 'not stated') as from_party,
            coalesce(o.to_person, o.to_ids[1], 'not stated') as to_party,
            case when o.is_withheld or o.from_id = 'withheld' then 1 else 0 end as is_withheld,
            case when o.outcome = 'answered' and coalesce(o.lasted_s, 1e0) > 0e0
                then 1 else 0 end as is_answered
        from occurrences_us as o
        where o.kind in ('call', 'message') and o.started_us is not null
            and (o.from_person in ({concerned}) or o.to_person in ({concerned}))""",
    )


def sql_list(keys: list[str]) -> str:
    """Return keys as the inside of an SQL list; an empty list matches nothing."""
    return ", ".join("'" + key.replace("'", "''") + "'" for key in keys) or "''"


def _between(asked: Asked) -> str:
    """Return SQL: the contact is between the people that the claim is about."""
    claim = asked.claim
    suspects, me = sql_list(list(asked.case.suspects)), sql_list([asked.owner])
    if claim.other:
        return _either_way(sql_list([claim.other]), me)
    if claim.is_of_others:
        neither = f"not in ({me}, {suspects})"
        return (
            f"((c.to_person in ({suspects}) and coalesce(c.from_person, '') {neither})"
            f" or (c.from_person in ({suspects}) and coalesce(c.to_person, '') {neither}))"
        )
    unknown = f"(c.to_person in ({me}) and c.from_person is null and c.is_withheld = 1)"
    return f"({_either_way(suspects, me)} or {unknown})"


def _either_way(some: str, others: str) -> str:
    return (
        f"((c.from_person in ({some}) and c.to_person in ({others}))"
        f" or (c.from_person in ({others}) and c.to_person in ({some})))"
    )


def contact_candidates(tables: Tables, asked: Asked) -> list[Candidate]:
    """Return the contacts of the people concerned inside the shown margin, judged."""
    shown = asked.window.shown
    rows = tables.dicts(
        "select c.* from diary_contacts as c where c.started_us >= ? and c.started_us < ?"
        f" and {_between(asked)} order by c.started_us, c.occurrence_id",
        [shown.from_us, shown.to_us],
    )
    return [_judged(row, asked) for row in rows]


def supporting_moments(tables: Tables, asked: Asked, least: int) -> list[int]:
    """Return the sorted moments of all contacts of the case that would help at least so much."""
    rows = tables.dicts(
        "select c.kind, c.channel, c.started_us, c.text, c.from_person, c.to_person,"
        f" c.is_withheld, c.is_answered from diary_contacts as c where {_between(asked)}"
        f" and c.kind in ({_kinds(asked)}) order by c.started_us, c.occurrence_id"
    )
    return [row["started_us"] for row in rows if _strength(row, asked)[0] >= least]


def _kinds(asked: Asked) -> str:
    return sql_list(sorted(asked.claim.kinds & {CALL, MESSAGE}))


def _judged(row: dict[str, Any], asked: Asked) -> Candidate:
    strength, why = _strength(row, asked)
    is_inside = asked.window.holds(row["started_us"])
    if not is_inside:
        is_same = bool(asked.claim.quotes) and _shares_words(row, asked.claim)
        strength = PART if strength == FULL and is_same else NOT
        why = f"outside the window; {why}"
    return Candidate(
        label=_label(row),
        started_us=row["started_us"],
        ended_us=row["started_us"],
        strength=strength,
        why=why,
        row_ids=tuple(row["row_ids"] or ()),
        is_inside=is_inside,
        is_answered=row["kind"] == CALL and bool(row["is_answered"]),
    )


def _label(row: dict[str, Any]) -> str:
    outcome = f", {row['outcome'].replace('_', ' ')}" if row["outcome"] else ""
    hidden = ", number withheld" if row["is_withheld"] else ""
    sides = " to ".join(_side(row, side) for side in ("from", "to"))
    return f"{row['channel'] or 'unnamed'} {row['kind']}{outcome}{hidden}: {sides}"


def _side(row: dict[str, Any], side: str) -> str:
    party, strength = row[f"{side}_party"], row[f"{side}_strength"]
    return f"identifier attributed to {party} ({strength})" if strength else f"{party}"


def _strength(row: dict[str, Any], asked: Asked) -> tuple[int, str]:
    """Judge one contact against the claim; the first test that fails says why."""
    claim = asked.claim
    if problem := _other_kind(row, asked):
        return NOT, problem
    if claim.is_of_others:
        return PART, f"{FITS}; the other side is not identified by the record"
    if problem := _problem(row, claim):
        return NOT, problem
    if claim.quotes and row["kind"] == MESSAGE:
        return _strength_of_words(row, claim)
    return FULL, FITS


def _other_kind(row: dict[str, Any], asked: Asked) -> str:
    """Return in words why a contact is not of the kind the entry speaks of, or ""."""
    claim = asked.claim
    if row["kind"] not in claim.kinds:
        return "another kind of record than the entry names"
    if claim.channel and row["channel"] != claim.channel:
        return f"another service than the entry names ({claim.channel})"
    if row["from_person"] == asked.owner and not claim.is_both_ways:
        return "the other direction"
    return ""


def _problem(row: dict[str, Any], claim: Claim) -> str:
    """Return in words why a contact of the right kind and service does not fit, or ""."""
    if claim.is_withheld and not row["is_withheld"]:
        return "the entry speaks of a withheld number; this one is shown"
    if not claim.is_withheld and row["from_person"] is None:
        return "the caller's number is withheld and attributed to nobody"
    says_answered = False if claim.denies_answered else claim.answered
    if row["kind"] == CALL and says_answered not in {None, bool(row["is_answered"])}:
        return f"the record shows it {'answered' if row['is_answered'] else 'not answered'}"
    return ""


def _strength_of_words(row: dict[str, Any], claim: Claim) -> tuple[int, str]:
    if not (row["text"] or "").strip():
        return PART, f"{FITS}; the record holds no content to compare"
    if not _shares_words(row, claim):
        return NOT, f"{FITS}; its words are not those quoted"
    return FULL, f"{FITS}; the words quoted stand in it"


def _shares_words(row: dict[str, Any], claim: Claim) -> bool:
    text = words_only(row["text"] or "")
    if len(text.split()) < 2:
        return False
    return any(quote in text or text in quote for quote in claim.quotes)


def coverage(tables: Tables, asked: Asked) -> list[tuple[str, int, int]]:
    """Return (exhibit, first, last) of the sources of the kinds claimed of the people concerned."""
    claim = asked.claim
    people = [claim.other] if claim.other else list(asked.case.suspects)
    people += [] if claim.is_of_others else [asked.owner]
    channel = f"and e.channel = '{claim.channel}'" if claim.channel else ""
    rows = tables.rows(
        f"""select e.exhibit_id, min(e.started_us), max(e.started_us)
        from events_us as e join parties as p on p.identifier = e.subject_id
            and p.channel = coalesce(e.channel, '')
            and e.started_us >= p.from_us and e.started_us < p.to_us
        where e.kind in ({_kinds(asked)}) {channel} and p.person in ({sql_list(people)})
        group by e.exhibit_id order by e.exhibit_id"""
    )
    return [(exhibit, first, last) for exhibit, first, last in rows]


def ranked(
    candidates: list[Candidate], window: Window, decisive: tuple[str, ...]
) -> list[Candidate]:
    """Order candidates: those that decided first, then those that help, then by closeness."""
    rows = set(decisive)

    def key(c: Candidate) -> tuple[object, ...]:
        off_us = abs(c.started_us - window.middle_us)
        decided = bool(rows & set(c.row_ids))
        return not decided, -c.strength, not c.is_inside, off_us, c.started_us, c.label, c.row_ids

    return sorted(candidates, key=key)


def least_strength(candidates: list[Candidate]) -> int:
    """Return how much a record must help to be of the same worth: as much as the best found."""
    return FULL if any(c.strength == FULL for c in candidates) else PART
