"""What happens in the invented cases by real actions: acts, occasions, knowledge, break-glass."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import Http404

from fourfold.web.cases.actions import acts, knowledge, occasions
from fourfold.web.cases.models import ActSource, BreakGlass, Notice, Occasion
from fourfold.web.cases.models.answers import Precision
from fourfold.web.demonstration import case_records, story
from fourfold.web.demonstration.case_records import Opened
from fourfold.web.demonstration.story import CaseStory
from fourfold.web.demonstration.writing import Book, create
from fourfold.web.users import access, actions
from fourfold.web.users.models import Role, User

if TYPE_CHECKING:
    from fourfold.web.demonstration.seeding import World

BREAK_GLASS_HOURS = 12
BROWSED = 22


def write(world: "World", stories: Sequence[CaseStory], opened: Sequence[Opened]) -> None:
    """Let it happen."""
    for each in opened:
        _told(world, each)
        _acts(each)
        _occasions(each)
    by_name = {each.case.operation_name: each for each in opened}
    _break_glass(world, by_name[story.FORCED_OPEN])
    _conflict(by_name[story.CONFLICTED])
    _browse(world, [each for each in opened if each.story.force == 0])


def _told(world: "World", each: Opened) -> None:
    for at, (by, how) in zip(each.story.knowledge, case_records.tellings(world, each), strict=True):
        knowledge.add_knowledge(
            actor=each.officers[0],
            case=each.case,
            facts=knowledge.KnowledgeFacts(
                person=each.suspect,
                at=at,
                precision=Precision.HOUR,
                by=by,
                how=how,
                words="Do not contact me again in any way." if by == "victim" else "",
                proof="Copy of the message" if by == "victim" else "Pocket notebook entry",
            ),
        )


def _acts(each: Opened) -> None:
    first = each.case.reports.order_by("taken_at").first()
    by_report = acts.SourceFacts(kind=ActSource.Kind.REPORT, report=first)
    by_statement = acts.SourceFacts(kind=ActSource.Kind.STATEMENT, words="Statement of the victim")
    acts.add_acts(
        actor=each.officers[0],
        case=each.case,
        many=[
            (facts, by_report if number % 3 == 0 and first else by_statement)
            for number, facts in enumerate(each.story.acts)
        ],
    )


def _occasions(each: Opened) -> None:
    """Propose for most cases; confirm about two in three, so that there is something to do."""
    if each.case.pk % 5 == 4:
        return
    officer = each.officers[0]
    occasions.propose_occasions(actor=officer, case=each.case)
    proposed = list(each.case.occasions.filter(state=Occasion.State.PROPOSED).order_by("id"))
    chosen = [occasion for number, occasion in enumerate(proposed) if number % 3 != 2]
    if chosen:
        occasions.confirm_occasions(actor=officer, case=each.case, occasions=chosen)


def _break_glass(world: "World", each: Opened) -> None:
    """Let somebody of another team open the case in an emergency; two people are told."""
    actor = world.of_role(0, Role.INVESTIGATOR)[1]
    decision = access.require(actor, "case.break_glass", each.case)
    opening = BreakGlass(
        case=each.case,
        user=actor,
        reason="The victim rang the front desk at night; nobody of the team could be reached.",
        from_at=world.now - timedelta(hours=1),
        until_at=world.now + timedelta(hours=BREAK_GLASS_HOURS),
    )
    (opening,) = create(BreakGlass, [opening], [actor])
    told = [*_supervisors(world, each), *world.of_role(0, Role.AUDITOR)]
    create(
        Notice,
        [
            Notice(user=user, kind=Notice.Kind.BREAK_GLASS, case=each.case, about_ref=opening.ref)
            for user in told
        ],
    )
    access.record_act(actor, "case.break_glass", opening, decision=decision)
    looked = access.require(actor, "case.open", each.case)
    access.record_look(actor, "case.open", each.case, looked)


def _supervisors(world: "World", each: Opened) -> Iterable[User]:
    return world.of_role(0, Role.SUPERVISOR, each.case.team)


def _conflict(each: Opened) -> None:
    """Let an officer assigned to a case declare a number that is the victim's, then try it."""
    officer = each.officers[0]
    phone = next(t for t in each.story.told if t.kind == "phone" and t.whose == "victim")
    actions.declare_interest(
        actor=officer, kind="phone", text=phone.text, relation="former partner"
    )
    for _ in range(3):
        try:
            access.require(officer, "case.open", each.case)
        except (access.Refused, Http404):
            continue


def _browse(world: "World", opened: Sequence[Opened]) -> None:
    """Let a supervisor open many cases in a row, which the auditor's view should point out."""
    actor = world.of_role(0, Role.SINGLE_POINT_OF_CONTACT)[0]
    book = Book()
    for each in opened[:BROWSED]:
        if not each.case.is_sealed:
            book.note(actor, "case.open", each.case, "single-point-of-contact")
    book.write()
