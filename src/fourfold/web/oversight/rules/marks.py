"""Rules about single entries: declared interests, contact details, exports, refusals, failures."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from fourfold.web.oversight.rules import thresholds as limit
from fourfold.web.oversight.rules.browsing import day_of
from fourfold.web.oversight.rules.lines import (
    ASSIGNED,
    NOBODY,
    Evidence,
    Figure,
    Line,
    Occurrence,
    bursts,
    counted,
    occurrence,
)

INTEREST_RULE: Final = "declared-interest"
FORMER_PARTNER: Final = frozenset(
    {"former partner", "ex-partner", "ex partner", "former spouse", "ex-wife", "ex-husband"}
)
PACKAGES: Final = "package.download"
EXPORTING: Final = (PACKAGES, "exhibit.download", "export.csv", "ledger.export")
CONTACT: Final = "case.open_contact"
BREAK_GLASS: Final = "case.break_glass"
SIGN_IN_FAILED: Final = "sign_in.failed"
CONFIRM_FAILED: Final = "step_up.failed"
RARE_ACTS: Final = (*EXPORTING, CONTACT, BREAK_GLASS)
# What is refused for these is no attempt at a case.
NOT_AN_ATTEMPT: Final = (SIGN_IN_FAILED, CONFIRM_FAILED)


def is_former_partner(relations: Iterable[str]) -> bool:
    """Return whether one of the relations, in the person's own words, is a former partner."""
    plain = {" ".join(relation.casefold().split()) for relation in relations}
    return any(said in FORMER_PARTNER or said.startswith("former ") for said in plain)


def touches_interest(line: Line) -> bool:
    """Return whether an entry shows a search or an attempt that matched a declared interest."""
    return line.meets_interest or (line.rule == INTEREST_RULE and not line.is_done)


def declared_interest(evidence: Evidence) -> Iterator[Occurrence]:
    """Something of the person's own register, but a former partner, was searched for or tried."""
    for lines in evidence.by_actor().values():
        yield from _tried("declared_interest", _touched(evidence, lines, of_partner=False))


def former_partner(evidence: Evidence) -> Iterator[Occurrence]:
    """What the person declared of a former partner was searched for or tried."""
    for lines in evidence.by_actor().values():
        yield from _tried("former_partner", _touched(evidence, lines, of_partner=True))


def _touched(evidence: Evidence, lines: Iterable[Line], *, of_partner: bool) -> list[Line]:
    return [
        line
        for line in lines
        if touches_interest(line) and is_former_partner(_relations(evidence, line)) is of_partner
    ]


def _relations(evidence: Evidence, line: Line) -> frozenset[str]:
    """Return whose the interest may be: of a search, the ledger does not say which it was."""
    declared = evidence.relations.get(line.actor_ref, frozenset())
    return declared if line.meets_interest else evidence.matched.get(
        (line.actor_ref, line.case_ref or line.subject_ref), declared
    )  # fmt: skip


def _tried(rule: str, touched: list[Line]) -> Iterator[Occurrence]:
    """Yield one occurrence for each day, with searches and attempts apart."""
    for lines in _days(touched):
        searched = [line for line in lines if line.meets_interest]
        tried = [line for line in lines if not line.meets_interest]
        figures = [
            counted(searched, "search", "searches"),
            counted(tried, "attempt to open, refused", "attempts to open, refused"),
        ]
        yield occurrence(rule, lines, [figure for figure in figures if figure.number])


def withdrawn_interest(evidence: Evidence) -> Iterator[Occurrence]:
    """A case was opened that holds what the person had taken out of the own register."""
    for actor, lines in evidence.by_actor().items():
        opened = []
        for line in lines:
            since = evidence.withdrawn.get((actor, line.record)) if line.record else None
            if since is not None and line.at >= since:
                opened.append(line)
        if opened:
            yield occurrence("withdrawn_interest", opened, [counted(opened, "look")])


def contact_unassigned(evidence: Evidence) -> Iterator[Occurrence]:
    """Contact details were opened by somebody who is not assigned."""
    for lines in evidence.by_actor().values():
        opened = [
            line for line in lines
            if line.act == CONTACT and line.is_done and line.rule != ASSIGNED
        ]  # fmt: skip
        for day in _days(opened):
            yield occurrence("contact_unassigned", day, [counted(day, "look", act=CONTACT)])


def exports(evidence: Evidence) -> Iterator[Occurrence]:
    """Many exports in a day, or a package taken by somebody who is not assigned."""
    for lines in evidence.by_actor().values():
        taken = [line for line in lines if line.act in EXPORTING and line.is_done]
        for day in _days(taken):
            packages = [line for line in day if line.act == PACKAGES and line.rule != ASSIGNED]
            if len(day) > limit.DAY_EXPORTS_MAX:
                yield occurrence("exports", day, [counted(day, "export or download",
                                                          "exports and downloads")])  # fmt: skip
            elif packages:
                figure = counted(packages, "package taken without assignment",
                                 "packages taken without assignment", act=PACKAGES)  # fmt: skip
                yield occurrence("exports", packages, [figure])


def refusals(evidence: Evidence) -> Iterator[Occurrence]:
    """Refusals of one person within an hour, more than stated."""
    for actor, lines in evidence.by_actor().items():
        refused = [line for line in lines if not line.is_done and line.act not in NOT_AN_ATTEMPT]
        if actor == NOBODY:
            continue
        for run in bursts(refused, limit.HOUR, limit.REFUSALS_MAX, _seq):
            yield occurrence("refusals", run, [counted(run, "refusal")])


def sign_in_failures(evidence: Evidence) -> Iterator[Occurrence]:
    """Failed sign-ins of nobody knows whom, or failed confirmations of one person."""
    for actor, lines in evidence.by_actor().items():
        wanted, most = (
            (SIGN_IN_FAILED, limit.FAILED_SIGN_INS_MAX)
            if actor == NOBODY
            else (CONFIRM_FAILED, limit.FAILED_CONFIRMATIONS_MAX)
        )
        failed = [line for line in lines if line.act == wanted]
        for run in bursts(failed, limit.FAILURES_WITHIN, most, _seq):
            yield occurrence("sign_in_failures", run, [counted(run, "failure", act=wanted)])


def break_glass_often(evidence: Evidence) -> Iterator[Occurrence]:
    """More cases opened in an emergency within thirty days than stated."""
    by_actor = evidence.by_actor()
    for actor, moments in _openings(evidence, only_open=False).items():
        if len(moments) > limit.BREAK_GLASS_MAX:
            yield _of_openings("break_glass_often", actor, moments, by_actor.get(actor, []))


def break_glass_unreviewed(evidence: Evidence) -> Iterator[Occurrence]:
    """Cases opened in an emergency that nobody has reviewed."""
    by_actor = evidence.by_actor()
    for actor, moments in _openings(evidence, only_open=True).items():
        yield _of_openings("break_glass_unreviewed", actor, moments, by_actor.get(actor, []))


def _openings(evidence: Evidence, *, only_open: bool) -> dict[str, list[datetime]]:
    found: dict[str, list[datetime]] = {}
    for opening in evidence.openings:
        if only_open and opening.is_reviewed:
            continue
        if not only_open and evidence.until and (
            opening.at < evidence.until - limit.BREAK_GLASS_WINDOW
        ):  # fmt: skip
            continue
        found.setdefault(opening.actor_ref, []).append(opening.at)
    return found


def _of_openings(rule: str, actor: str, moments: list[datetime], lines: list[Line]) -> Occurrence:
    seqs = tuple(line.seq for line in lines if line.act == BREAK_GLASS and line.is_done)
    figure = Figure(len(moments), "emergency opening", "emergency openings", seqs, BREAK_GLASS)
    return Occurrence(rule, actor, min(moments), max(moments), (figure,))


def _seq(line: Line) -> int:
    return line.seq


def _days(lines: Iterable[Line]) -> Iterator[list[Line]]:
    by_day: dict[object, list[Line]] = {}
    for line in lines:
        by_day.setdefault(day_of(line.at), []).append(line)
    yield from by_day.values()
