"""Records of super-complaints that a page can be opened with: looked for, by asking the page.

Which record fits depends on states and on who asks, so each role's person asks for the page with
one record after another, until one is answered. Runs inside a served instance.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from fourfold.web.accountability import context
from fourfold.web.recommendations.actions import imports
from fourfold.web.recommendations.models import Plan
from fourfold.web.recommendations.rules import letters
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.users.models import Role, User
from fourfold.web.users.permissions import may
from lib.site_walk import Address, client_of

ROOMS = (
    "supercomplaints:", "surveys:", "recommendations:", "measures:", "practices:", "publication:",
)  # fmt: skip
LABELS = tuple(room.removesuffix(":") for room in ROOMS)
COLLATOR = "responder who collates"
TABLE = b"Recommendation,Initial response,Status,Weather\r\n1,We agree.,In progress,Rain\r\n"
MANY = 30  # records tried for a page and a person
WORDS = {
    "name": ("four-asked", "progress-report.pdf"), "kind": tuple(letters.TITLES),
    "format": ("csv",), "file_format": ("json",),
}  # fmt: skip
UP = (  # from a record to what stands above it
    "supercomplaint", "survey", "reply", "section", "feature", "report", "document", "plan",
    "answer", "recommendation", "organisation", "practice", "question",
)  # fmt: skip


def make() -> None:
    """Add what the invented world has none of: a table of a plan, just handed in."""
    plan = Plan.objects.select_related("organisation", "supercomplaint").order_by("pk")[0]
    responder = User.objects.filter(role=Role.RESPONDER, force=plan.organisation.tenant_id)[0]
    with context.running(channel="command"):
        imports.read_table(actor=responder, plan=plan, file_name="plan.csv", content=TABLE)


def collator() -> User:
    """Return one of the people who collate what others answer."""
    held = SuperComplaint.objects.exclude(collator=None).order_by("pk")
    tenants = [each.collator.tenant_id for each in held.select_related("collator")]
    return User.objects.select_related("force").filter(force__in=tenants)[0]


def found(address: Address, people: dict[str, User]) -> Iterator[tuple[str, str]]:
    """Yield who opens a page, and where: nobody where no record of the world fits."""
    permission = getattr(address.view, "permission", "")
    for role, user in people.items():
        known = role in Role.values or role == COLLATOR
        if known and may(user.role, permission):
            client = client_of(user, SERVER_NAME="localhost")
            for path in _paths(address):
                if _is_page(client, path):
                    yield role, path
                    break


def _is_page(client: Client, path: str) -> bool:
    answer: Any = client.get(path)
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code == 200 and kind.startswith("text/html")


def _paths(address: Address) -> Iterator[str]:
    names = [name for name, _ in address.arguments]
    refs = [name for name in names if name.endswith("_ref")]
    words = {name: WORDS.get(name, ("none",)) for name in names if name not in refs}
    for subject in _subjects(refs):
        values = _above(subject, refs) if subject else {}
        missing = [name for name in refs if name not in values]
        for more in _beside(missing):
            given = {**{name: each[0] for name, each in words.items()}, **values, **more}
            if set(given) == set(names):
                yield reverse(address.name, kwargs=given)


def _model(name: str) -> type[Model]:
    word = name.removesuffix("_ref")
    return next(
        model
        for label in LABELS
        for model in apps.get_app_config(label).get_models()
        if model.__name__.lower() == word
    )


def _subjects(refs: list[str]) -> Iterator[Model | None]:
    """Yield records of the last thing that an address names; those in different states first."""
    if not refs:
        yield None
        return
    rows = list(_model(refs[-1])._default_manager.order_by("pk"))
    rows.sort(key=lambda row: getattr(row, "tenant_id", 0) is None)  # whoever signs in, first
    seen: set[tuple[str, ...]] = set()
    first, rest = [], []
    for row in rows:
        above = _chain(row)
        key = tuple(str(getattr(each, "state", "")) for each in above)
        (rest if key in seen else first).append(row)
        seen.add(key)
    yield from [*first, *rest][:MANY]


def _chain(record: Model) -> list[Model]:
    """Return a record and what stands above it."""
    chain: list[Model] = []
    wanted: list[Any] = [record]
    while wanted:
        each = wanted.pop(0)
        if each is None or each in chain:
            continue
        chain.append(each)
        wanted += [getattr(each, name, None) for name in UP if hasattr(type(each), name)]
    return chain


def _above(record: Model, refs: list[str]) -> dict[str, str]:
    """Return the references of an address that follow from its record."""
    found: dict[str, str] = {}
    for each in _chain(record):
        found.setdefault(f"{type(each).__name__.lower()}_ref", str(getattr(each, "ref", "")))
    return {name: found[name] for name in refs if name in found}


def _beside(missing: list[str]) -> Iterator[dict[str, str]]:
    """Yield references of what does not follow from the record: one after another."""
    if not missing:
        yield {}
        return
    rows = _model(missing[0])._default_manager.order_by("pk")
    for row in rows[:MANY]:
        for more in _beside(missing[1:]):
            yield {missing[0]: str(getattr(row, "ref", "")), **more}
