"""Home, help, what a super-complaint is, designated bodies, open data and what the site is."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fourfold.web.publication.content import Kind
from fourfold.web.publication.rules.days import is_stale, stale_on
from fourfold.web.publication.site import news
from fourfold.web.publication.site.matrix_pages import matrices, matrix_of
from fourfold.web.publication.site.open_data import described
from fourfold.web.publication.site.routes import Context, Names, Page
from fourfold.web.publication.site.world import World


@lru_cache(maxsize=1)
def procedure() -> dict[str, Any]:
    """Return the procedure in plain words, each line with what it rests on."""
    text = files("fourfold.web.publication.reference").joinpath("procedure.toml")
    return tomllib.loads(text.read_text(encoding="utf-8"))


def home(world: World, _names: Names) -> Context:
    """Return the front page: what there is, and what is new."""
    found = [matrix_of(world, world.complaints[names["ref"]]) for names in matrices(world)]
    return {
        "complaints": list(world.complaints.values()),
        "matrices": found,
        "counts": world.counts,
        "news": news.newest(world, limit=6),
    }


def what(_world: World, _names: Names) -> Context:
    """Return the procedure."""
    return {"procedure": procedure()}


def help_now(world: World, _names: Names) -> Context:
    """Return the directory of support services, each with how old its check is."""
    services = [
        {
            "service": each,
            "stale_on": stale_on(each.checked_on),
            "is_stale": is_stale(each.checked_on, world.as_of),
        }
        for each in world.services
    ]
    return {"services": services}


def bodies(world: World, _names: Names) -> Context:
    """Return the designated bodies and their complaints."""
    made: dict[str, list[Any]] = {}
    for complaint in world.complaints.values():
        made.setdefault(complaint.body, []).append(complaint)
    return {"designations": world.designations, "made": made, "procedure": procedure(),
            "organisations": {o.ref: o for o in world.organisations.values()}}  # fmt: skip


def open_data(world: World, _names: Names) -> Context:
    """Return every table of the open data."""
    return {"tables": described(world)}


def news_page(world: World, _names: Names) -> Context:
    """Return what was published, newest first."""
    return {"news": news.newest(world, limit=100), "complaints": list(world.complaints.values())}


def site_map(world: World, _names: Names) -> Context:
    """Return the pages of the site by part."""
    return {
        "complaints": list(world.complaints.values()),
        "matrix_refs": {names["ref"] for names in matrices(world)},
        "measures": list(world.measures.values()),
        "practices": list(world.practices.values()),
        "organisations": list(world.organisations.values()),
        "kinds": Kind,
    }


PAGES = (
    Page("index.html", "home", home, section="home"),
    Page("help-now.html", "help_now", help_now, section="help"),
    Page("leave-safely.html", "leave_safely", section="help"),
    Page("what-is-a-super-complaint.html", "what", what, section="what"),
    Page("designated-bodies.html", "bodies", bodies, section="what"),
    Page("open-data.html", "open_data", open_data, section="data"),
    Page("news.html", "news", news_page, section="home"),
    Page("accessibility.html", "accessibility"),
    Page("about.html", "about"),
    Page("site-map.html", "site_map", site_map),
    Page("404.html", "missing"),
)
