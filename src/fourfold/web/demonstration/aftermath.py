"""What came of the invented report in the two demonstration forces, by real actions."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from fourfold.web.demonstration import people
from fourfold.web.demonstration.bodies import Cast
from fourfold.web.measures.actions import computing
from fourfold.web.measures.actions import publishing as figures
from fourfold.web.measures.rules.periods import Period
from fourfold.web.practices.actions import adoptions
from fourfold.web.practices.models import Practice
from fourfold.web.recommendations.actions import plans, progress
from fourfold.web.supercomplaints.models import SuperComplaint

if TYPE_CHECKING:
    from fourfold.web.demonstration.seeding import World

MEASURES: Final = (
    "four-asked", "danger-asked", "reports-linked", "stalking-as-included", "days-report-to-case",
)  # fmt: skip
HALF_YEARS: Final = 2
PUBLISHED: Final = 3  # the others are signed and wait to be published
INTRODUCTION: Final = "What we do about each recommendation. Invented, as is the force."
# Force, practice, what is recorded, whether it is published.
ADOPTIONS: Final[tuple[tuple[people.InventedForce, str, dict[str, Any], bool], ...]] = (
    (
        people.TEASELDALE, "processing-software",
        {
            "state": "adapted",
            "local_changes": "The reader of each format is named with its version; every row can"
            " be traced to its line. No place is drawn from a cell.",
            "evaluation_method": "Days from the last file taken in to the file for the prosecutor,"
            " in the 14 cases before and the 11 after; no other force compared.",
            "evaluation_result": "Median 41 days before, 23 after. 25 cases are too few to say"
            " more.",
            "evidence": ["Internal note of the analyst, invented"],
        },
        True,
    ),
    (
        people.TEASELDALE, "multi-agency-teams",
        {"state": "considering", "local_changes": "A weekly panel of one district first."},
        False,
    ),
    (
        people.SEDGEMARSH, "integrated-risk-management",
        {
            "state": "adopted",
            "evaluation_method": "None yet; planned for the second year.",
        },
        True,
    ),
    (
        people.SEDGEMARSH, "safeguarding-app",
        {
            "state": "stopped",
            "stopped_because": "Alerts could not be tied to incidents, so nobody could say"
            " whether it helped.",
        },
        True,
    ),
)  # fmt: skip


def write(world: "World", cast: Cast, made: SuperComplaint) -> None:
    """Publish plans, compute and sign figures, record adoptions."""
    for force in people.FORCES:
        _plan(world, cast, force, made)
        _figures(world, cast, force)
    _adoptions(world, cast)
    _progress(world, cast, made)


def _plan(world: "World", cast: Cast, force: people.InventedForce, made: SuperComplaint) -> None:
    actor = cast.actor(force)
    plan = plans.start_plan(actor=actor, supercomplaint=made, organisation=cast.of(force))
    text = plans.PlanText(plan.title, INTRODUCTION, "https://example.org/plan")
    plans.change_plan(actor=actor, plan=plan, text=text)
    plans.publish_plan(
        actor=actor, plan=plan, answers=(), with_updates=False, today=world.now.date()
    )


def _figures(world: "World", cast: Cast, force: people.InventedForce) -> None:
    """Compute and sign what the force's own records give; publish the newest half-year."""
    actor = cast.actor(force)
    periods = half_years(world.now.date())
    for period in periods:
        for name in MEASURES:
            figure = computing.compute(actor=actor, measure=name, force=actor.force, period=period)
            signing = computing.Signing("Head of public protection", "Invented cases.")
            figure.signature = computing.sign(actor=actor, figure=figure, signing=signing)
            if period == periods[-1] and name in MEASURES[:PUBLISHED]:
                figures.publish_figure(actor=actor, figure=figure)


def _progress(world: "World", cast: Cast, made: SuperComplaint) -> None:
    """Let the collator publish what everybody has said by today."""
    actor, today = cast.actor(people.COUNCIL), world.now.date()
    text = progress.ReportText(
        "Two years on: what forces did", today, "Collated from published answers. Invented."
    )
    report = progress.start_report(
        actor=actor, supercomplaint=made, organisation=cast.of(people.COUNCIL), text=text
    )
    progress.publish_report(actor=actor, report=report, today=today)


def half_years(today: date) -> list[Period]:
    """Return the last whole half-years of months before this one, oldest first."""
    found = []
    end = today.replace(day=1) - timedelta(days=1)
    for _ in range(HALF_YEARS):
        months = end.year * 12 + end.month - 6
        start = date(months // 12, months % 12 + 1, 1)
        found.append(Period(start, end))
        end = start - timedelta(days=1)
    return found[::-1]


def _adoptions(world: "World", cast: Cast) -> None:
    entries = {each.code: each for each in Practice.objects.exclude(code=None)}
    for number, (force, code, facts, is_public) in enumerate(ADOPTIONS, 1):
        actor = cast.actor(force)
        days = {"since_on": world.now.date() - timedelta(days=90 * number + 120)}
        if facts["state"] == "stopped":
            days["stopped_on"] = world.now.date() - timedelta(days=30)
        made = adoptions.record_adoption(
            actor=actor,
            practice=entries[code],
            organisation=cast.of(force),
            facts={**facts, **days},
        )
        if is_public:
            adoptions.publish_adoption(actor=actor, adoption=made)
