"""Nothing that must stay inside is found in anything that is public: planted, then searched for.

Words stand in every hidden place of a super-complaint's whole way (lib.planted_world). All that is
published, the same pages asked for live, and every page and answer for programs that people from
outside may ask for, is turned into plain letters and digits and searched for each of them.
"""

import base64
import io
import re
import warnings
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_plus

import pypdf
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from fourfold.web.measures.models import ComputedFigure
from fourfold.web.publication.actions.site import write_site
from fourfold.web.publication.rules.pdf_text import texts_of
from fourfold.web.users.permissions import may
from lib import planted_world, site_walk
from lib.planted_world import World

pytestmark = pytest.mark.django_db
APPS = (
    "supercomplaints:", "surveys:", "recommendations:", "measures:", "practices:",
    "publication:service", "api:",
)  # fmt: skip
LIVE = 5
OTHER_ROOMS = ("api/cases", "api/reports", "api/docs")
OUTSIDE = ("other_force", "other_body")
ENCODED = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Made:
    """The world, everything that people outside were given, and what those inside saw."""

    world: World
    public: dict[str, str]
    outside: dict[str, str]
    inside: dict[str, str]


def squashed(text: str) -> str:
    """Return the letters and digits of a text, so that no way of setting it hides a word."""
    return LETTERS.sub("", text.casefold())


def forms(data: bytes) -> Iterator[str]:
    """Yield the ways in which bytes may be read: as text, escaped, in two bytes, encoded."""
    text = data.decode("utf-8", "replace")
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)), unescape(text))
    yield re.sub(r"<[^>]*>", "", plain)
    yield plain
    if "%" in text:
        yield unquote_plus(plain)
    if b"\0" in data:
        yield data.replace(b"\0", b"").decode("latin-1")
    for found in ENCODED.findall(data):
        if found in (found.lower(), found.upper()):
            continue  # a word, a path, a hash
        for start in range(4):
            part = found[start:].rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
            part += b"=" * (-len(part) % 4)
            if len(part) % 4 == 0 and not part.endswith(b"==="):
                yield base64.b64decode(part).decode("latin-1")


def of_pdf(data: bytes) -> Iterator[str]:
    """Yield every text of a PDF, by two readers that do not know each other, and its streams."""
    yield from (found.text for found in texts_of(data))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = pypdf.PdfReader(io.BytesIO(data))
        yield "".join(page.extract_text() for page in reader.pages)
        yield f"{reader.metadata} {reader.outline} {dict(reader.attachments)}"
        yield reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else ""
    for part in data.split(b"stream\n")[1:]:
        try:
            unpacked = zlib.decompressobj().decompress(part)
        except zlib.error:
            continue
        yield unpacked.decode("latin-1")
        yield unpacked.replace(b"\0", b"").decode("latin-1")


def prepared(data: bytes) -> str:
    """Return everything that bytes may say, ready to be searched."""
    found = [*forms(data), *(of_pdf(data) if data.startswith(b"%PDF") else ())]
    return " ".join(map(squashed, found))


def got(client: Client, path: str) -> bytes:
    """Return what a path answers: headers and body."""
    answer: Any = (client.post if path.endswith("/download/") else client.get)(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = b"%d %s\n" % (answer.status_code, repr(sorted(answer.headers.items())).encode())
    whole = head + body
    for asked in (path, quote(path, safe=""), quote(path)):  # a stranger is sent back to it later
        whole = whole.replace(asked.encode(), b"")
    return whole


def paths_of(role: str = "") -> set[str]:
    """Return the paths that lead to every record; of a role, to two of each that it may ask for."""
    refs = _references()
    found = set()
    for address in site_walk.addresses():
        if not address.name.startswith(APPS) or address.route.startswith(OTHER_ROOMS):
            continue
        permission = getattr(address.view, "permission", "")
        if role and permission and not may(role, permission):
            continue  # refused before any record is looked for: tests/web/policy
        every = list(_choices(address, refs))
        for values in (every[0], every[-1]) if role else every:
            path = address.route
            for name, value in values.items():
                path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
            path = re.sub(r"\{(\w+)\}", lambda m: next(iter(refs.get(m[1], ["none"]))), path)
            found.add("/" + path)
    return found


def _references() -> dict[str, list[str]]:
    from django.apps import apps

    kept: dict[str, list[str]] = {
        "name": ["four-asked", "progress-report.pdf"], "format": ["csv"], "kind": ["reminder"],
        "file_format": ["json"],
    }  # fmt: skip
    for label in ("supercomplaints", "surveys", "recommendations", "measures", "practices"):
        for model in apps.get_app_config(label).get_models():
            if any(field.name == "ref" for field in model._meta.fields):
                rows = model._default_manager.order_by("pk").values_list("ref", flat=True)
                kept[f"{model.__name__.lower()}_ref"] = list(rows)
    return kept


def _choices(address: site_walk.Address, refs: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """Yield values for an address: every record of what it is about, the first of the rest."""
    names = [name for name, _ in address.arguments]
    if not names:
        yield {}
        return
    before = {name: (refs.get(name) or ["none"])[0] for name in names}
    for last in refs.get(names[-1]) or ["none"]:
        yield {**before, names[-1]: last}


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("leaks")
    with (
        django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch
    ):  # fmt: skip
        patch.delenv("FOURFOLD_CLAMAV", raising=False)
        patch.setattr(settings, "FILES_ROOT", folder / "files")
        world = planted_world.make()
        write_site(out=folder / "site", address="https://public.example.org/")
        yield Made(world, _public(folder / "site"), _outside(world), _inside(world))
        transaction.set_rollback(True)


def _public(site: Path) -> dict[str, str]:
    """Return the written site, and paths of every kind asked for live: one code makes both."""
    found, client = {}, Client()
    kinds: Counter[str] = Counter()
    for path in sorted(each for each in site.rglob("*") if each.is_file()):
        name = path.relative_to(site).as_posix()
        found[f"written {name}"] = f"{squashed(name)} {prepared(path.read_bytes())}"
        kind = f"{path.parent}{path.suffix}"
        kinds[kind] += 1
        if not name.startswith("assets/") and kinds[kind] <= LIVE:
            found[f"live {name}"] = prepared(got(client, f"/public/{quote(name)}"))
    return found


def _outside(world: World) -> dict[str, str]:
    """Return what people outside see where something is planted, and on pages of every kind."""
    planted = {each.path for each in world.planted.values()}
    found = {}
    for key in OUTSIDE:
        user = world.people[key]
        client = site_walk.client_of(user)
        for path in sorted(planted | paths_of(user.role)):
            found[f"{path} as {key}"] = prepared(got(client, path))
    return found


def _inside(world: World) -> dict[str, str]:
    clients = {key: site_walk.client_of(user) for key, user in world.people.items()}
    return {
        f"{path} as {who}": prepared(got(clients[who], path))
        for who, path in sorted({(each.who, each.path) for each in world.planted.values()})
    }


def found_in(world: World, outputs: dict[str, str]) -> list[tuple[str, str]]:
    """Return which planted words stand in which outputs."""
    words = {name: squashed(each.text) for name, each in world.planted.items()}
    words |= {text: squashed(text) for text in world.unseen}
    return [
        (name, where) for where, text in outputs.items() for name, word in words.items()
        if word in text
    ]  # fmt: skip


def test_everything_planted_is_seen_inside_by_whoever_may(made: Made) -> None:
    """Guard of the tests below: they do not pass by planting nothing."""
    missing = [
        (name, each.who, each.path)
        for name, each in made.world.planted.items()
        if squashed(each.text) not in made.inside[f"{each.path} as {each.who}"]
    ]
    assert missing == []
    kept = str(list(ComputedFigure.objects.values_list("rows", flat=True)))
    assert [text for text in made.world.unseen if text not in kept] == []
    assert len(made.world.planted) > 80


def test_what_was_chosen_for_the_public_is_public(made: Made) -> None:
    """Guard: the search reads what it is given, and publishing did publish."""
    whole = " ".join(text for where, text in made.public.items() if where.startswith("written"))
    assert [word for word in planted_world.SHOWN if squashed(word) not in whole] == []
    kinds = {Path(where).suffix for where in made.public}
    assert kinds >= {".html", ".json", ".csv", ".atom", ".pdf", ".svg", ".txt"}


def test_done_3_nothing_planted_is_in_any_public_file_page_or_feed(made: Made) -> None:
    assert found_in(made.world, made.public) == []


def test_done_3_nothing_planted_is_on_any_page_or_answer_for_people_outside(made: Made) -> None:
    assert found_in(made.world, made.outside) == []
    assert len(made.outside) > 200


def test_what_is_written_after_sending_is_its_organisations_alone(made: Made) -> None:
    """Neither the collator nor the authorities read a draft before it is sent or published."""
    world = made.world
    names = ("unsent plan", "after sending", "rewritten plan", "plan introduction")
    pages = sorted({each.path for each in world.planted.values() if "answer" in each.path})
    for key in ("chief", "chiefs"):
        client = site_walk.client_of(world.people[key])
        seen = {
            path: prepared(got(client, path))
            for path in (*pages, reverse("recommendations:matrix", args=[world.complaint.ref]))
        }
        words = {name: squashed(world.planted[name].text) for name in names}
        assert [(n, p) for p, text in seen.items() for n, w in words.items() if w in text] == []


@pytest.mark.slow
def test_done_3_nothing_planted_is_in_any_answer_about_any_record(made: Made) -> None:
    """Every path and every record, for people outside and for nobody."""
    clients = {key: site_walk.client_of(made.world.people[key]) for key in OUTSIDE}
    outputs = {
        f"{path} as {key}": prepared(got(client, path))
        for key, client in {**clients, "nobody": Client()}.items()
        for path in sorted(paths_of())
    }
    assert found_in(made.world, outputs) == []
    assert len(outputs) > 900


@pytest.mark.parametrize(
    "data",
    [
        b"ADA  <b>Quillon</b>ZQ", b"Ada&nbsp;&#81;uillonzq", b'"Ada\\u0020Quillon\\u007aq"',
        b"?q=Ada%20Quillonzq", b"?q=Ada+Quillonzq", "Ada Quillonzq".encode("utf-16-be"),
        base64.b64encode(b"Ada Quillonzq"), b"x" + base64.b64encode(b"!!Ada Quillonzq??"),
    ],
)  # fmt: skip
def test_the_search_finds_a_word_however_it_is_written(data: bytes) -> None:
    assert squashed(planted_world.QUOTE) in prepared(data)
