"""Super-complaints, their reports, surveys, recommendations, plans and progress reports."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fourfold.web.publication import content as c
from fourfold.web.publication.rules.addresses import slug
from fourfold.web.publication.site.drawing import timeline_picture
from fourfold.web.publication.site.routes import Context, Names, Page
from fourfold.web.publication.site.world import World


def each_of(things: str) -> Callable[[World], Iterable[Names]]:
    """Return what lists the addresses of one of the world's registers."""

    def every(world: World) -> Iterable[Names]:
        held: Mapping[str, Any] = getattr(world, things)
        return [{"ref": name} for name in held]

    return every


def complaints(world: World, _names: Names) -> Context:
    """Return the list of super-complaints, and how many recommendations each has."""
    numbers: dict[str, int] = {}
    for each in world.recommendations.values():
        numbers[each.super_complaint_ref] = numbers.get(each.super_complaint_ref, 0) + 1
    return {"complaints": list(world.complaints.values()), "recommendation_counts": numbers}


def complaint(world: World, names: Names) -> Context | None:
    """Return a super-complaint with all that belongs to it."""
    found = world.complaints.get(names["ref"])
    if found is None:
        return None
    plans = [p for p in world.plans.values() if p.super_complaint_ref == found.ref]
    progress = [p for p in world.progress_reports.values() if p.super_complaint_ref == found.ref]
    return {
        "complaint": found,
        "picture": timeline_picture(found.timeline),
        "reports": world.within(c.Report, found.ref),
        "surveys": world.within(c.Survey, found.ref),
        "recommendations": world.recommendations_of(found.ref),
        "plans": plans,
        "progress_reports": progress,
    }


def report(world: World, names: Names) -> Context | None:
    """Return a report, and the super-complaint it answers."""
    found = world.reports.get(names["ref"])
    return _within(world, "report", found)


def survey(world: World, names: Names) -> Context | None:
    """Return the annex of a survey."""
    return _within(world, "survey", world.surveys.get(names["ref"]))


def progress_report(world: World, names: Names) -> Context | None:
    """Return a progress report."""
    return _within(world, "progress", world.progress_reports.get(names["ref"]))


def _within(world: World, word: str, found: Any) -> Context | None:
    if found is None:
        return None
    return {word: found, "complaint": world.complaint(found.super_complaint_ref)}


def recommendation_lists(world: World) -> Iterable[Names]:
    """Return the super-complaints that have recommendations."""
    held = {each.super_complaint_ref for each in world.recommendations.values()}
    return [{"ref": slug(ref)} for ref in sorted(held) if slug(ref) in world.complaints]


def recommendation_list(world: World, names: Names) -> Context | None:
    """Return the recommendations of a super-complaint."""
    found = world.complaints.get(names["ref"])
    if found is None:
        return None
    listed = world.recommendations_of(found.ref)
    return {"complaint": found, "recommendations": listed} if listed else None


def recommendation(world: World, names: Names) -> Context | None:
    """Return a recommendation, its neighbours and the answers to it."""
    found = world.recommendations.get(names["ref"])
    if found is None:
        return None
    beside = world.recommendations_of(found.super_complaint_ref)
    at = beside.index(found)
    answers = [
        answer
        for answer in world.answers_of(found.super_complaint_ref)
        if answer.recommendation_ref == found.ref
    ]
    return {
        "recommendation": found,
        "complaint": world.complaint(found.super_complaint_ref),
        "answers": answers,
        "before": beside[at - 1] if at else None,
        "after": beside[at + 1] if at + 1 < len(beside) else None,
        "measures": [m for m in world.measures.values() if m.name in found.measures],
    }


def plans(world: World, _names: Names) -> Context:
    """Return the action plans."""
    return {"plans": list(world.plans.values()), "complaints": world.complaints}


def plan(world: World, names: Names) -> Context | None:
    """Return an action plan with the answers it holds."""
    found = world.plans.get(names["ref"])
    if found is None:
        return None
    held = [a for a in world.answers_of(found.super_complaint_ref) if a.ref in found.answer_refs]
    return {
        "plan": found,
        "answers": sorted(held, key=lambda a: (a.number, a.part)),
        "complaint": world.complaint(found.super_complaint_ref),
        "by_number": {r.number: r for r in world.recommendations_of(found.super_complaint_ref)},
    }


PAGES = (
    Page("super-complaints.html", "complaints", complaints, section="record"),
    Page("super-complaints/{ref}.html", "complaint", complaint, each_of("complaints"), "record"),
    Page("reports/{ref}.html", "report", report, each_of("reports"), "record"),
    Page("surveys/{ref}.html", "survey", survey, each_of("surveys"), "record"),
    Page("recommendations/of/{ref}.html", "recommendations", recommendation_list,
         recommendation_lists, "record"),
    Page("recommendations/{ref}.html", "recommendation", recommendation,
         each_of("recommendations"), "record"),
    Page("plans.html", "plans", plans, section="answers"),
    Page("plans/{ref}.html", "plan", plan, each_of("plans"), "answers"),
    Page("progress-reports/{ref}.html", "progress_report", progress_report,
         each_of("progress_reports"), "record"),
)  # fmt: skip
