"""Measures with their figures, and the practice bank."""

from collections.abc import Iterable
from dataclasses import dataclass

from fourfold.web.publication import content as c
from fourfold.web.publication.rules import paths
from fourfold.web.publication.site.charting import charts_of
from fourfold.web.publication.site.record_pages import each_of
from fourfold.web.publication.site.routes import Context, Names, Page
from fourfold.web.publication.site.world import World


@dataclass(frozen=True)
class Filter:
    """One way to see less of the practice bank."""

    sort: str
    words: str
    path: str
    count: int


def measures(world: World, _names: Names) -> Context:
    """Return the measures: those with figures, and those that cannot be measured."""
    held = {name: sum(f.measure == m.name for f in world.figures)
            for name, m in world.measures.items()}  # fmt: skip
    return {"measures": list(world.measures.values()), "figure_counts": held}


def measure(world: World, names: Names) -> Context | None:
    """Return a measure with its definition and every figure of it."""
    found = world.measures.get(names["ref"])
    if found is None:
        return None
    asking = [r for r in world.recommendations.values() if found.name in r.measures]
    figures = [f for f in world.figures if f.measure == found.name]
    return {
        "measure": found,
        "figures": figures,
        "charts": charts_of(found, figures),
        "invented": _invented(world),
        "recommendations": asking,
        "complaints": {s.ref: s for s in world.complaints.values()},
    }


def _filters(world: World) -> list[Filter]:
    found: dict[tuple[str, str], int] = {}
    for each in world.practices.values():
        for focus in set(each.focus):
            found["focus", focus] = found.get(("focus", focus), 0) + 1
        if each.stage:
            found["stage", each.stage] = found.get(("stage", each.stage), 0) + 1
        if each.does_it_work_words:
            key = ("rating", each.does_it_work_words)
            found[key] = found.get(key, 0) + 1
    return [
        Filter(sort, words, paths.practices_only(sort, words), count)
        for (sort, words), count in sorted(found.items())
    ]


def practices(world: World, names: Names) -> Context | None:
    """Return the practice bank, whole or with one filter."""
    filters, chosen = _filters(world), None
    if "filter" in names:
        wanted = f"practices/only/{names['filter']}.html"
        chosen = next((each for each in filters if each.path == wanted), None)
        if chosen is None:
            return None
    shown = [p for p in world.practices.values() if chosen is None or _fits(p, chosen)]
    taken_up: dict[str, int] = {}
    for each in world.adoptions:
        taken_up[each.practice_ref] = taken_up.get(each.practice_ref, 0) + 1
    return {"practices": shown, "filters": filters, "chosen": chosen, "taken_up": taken_up}


def _fits(practice: c.Practice, chosen: Filter) -> bool:
    if chosen.sort == "focus":
        return chosen.words in practice.focus
    if chosen.sort == "stage":
        return practice.stage == chosen.words
    return practice.does_it_work_words == chosen.words


def filtered(world: World) -> Iterable[Names]:
    """Return every filter of the practice bank."""
    return [
        {"filter": each.path.rsplit("/", 1)[1].removesuffix(".html")} for each in _filters(world)
    ]


def practice(world: World, names: Names) -> Context | None:
    """Return a practice, and who has taken it up."""
    found = world.practices.get(names["ref"])
    if found is None:
        return None
    adoptions = [a for a in world.adoptions if a.practice_ref == found.ref]
    return {"practice": found, "adoptions": adoptions, "invented": _invented(world)}


def _invented(world: World) -> set[str]:
    return {each.ref for each in world.organisations.values() if each.is_invented}


PAGES = (
    Page("measures.html", "measures", measures, section="measures"),
    Page("measures/{ref}.html", "measure", measure, each_of("measures"), "measures"),
    Page("practices.html", "practices", practices, section="practices"),
    Page("practices/only/{filter}.html", "practices", practices, filtered, "practices"),
    Page("practices/{ref}.html", "practice", practice, each_of("practices"), "practices"),
)
