"""Every form of every page, filled with what no person would type: an error, never a fault.

SQLite takes NUL; PostgreSQL refuses it. A guard stands in for PostgreSQL, so that the everyday run
finds what would be a fault there.
"""

from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from fourfold.web.users.models import Role
from fourfold.web.users.permissions import may
from lib import site_walk
from lib.as_postgresql import as_on_postgresql
from lib.hostile_world import World
from lib.site_walk import Address, Form

ROLES = (
    Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.COMPLAINTS_OFFICER, Role.RESPONDER,
    Role.COMPLAINANT,
)  # fmt: skip
MULTIPART = "multipart/form-data; boundary=cut"
FEWEST = {
    Role.SUPERVISOR: 30, Role.AUDITOR: 1, Role.ADMINISTRATOR: 4, Role.COMPLAINTS_OFFICER: 25,
    Role.RESPONDER: 10, Role.COMPLAINANT: 4,
}  # fmt: skip
KEPT = ("csrfmiddlewaretoken",)
NUL = "a%00b"
FREE = ("text", "textarea", "search", "email", "tel", "url", "number", "date", "time", "")
JUNK = {
    "nul": NUL,
    "half_letters": "%ED%A0%80%FF%FE",
    "long": "a" * 200_000,
    "huge_number": "9" * 30,
    "first_moment": "1",
    "last_moment": "31 12 9999 23:59",
    "not_a_number": "NaN",
    "other_digits": quote("١٢٣"),
    "letters_that_turn": quote("\u202e\u200b\ufeff\U0001f9ff\u0301"),
    "empty": "",
    "spaces": "%20%0A%09",
    "lines": "a%0D%0ASet-Cookie:%20x=1",
}


def is_asked_by(address: Address, role: str) -> bool:
    """Say whether a role is the first that may ask for a URL: every day one role fills its forms."""
    permission = getattr(address.view, "permission", "")
    return role == next((each for each in ROLES if not permission or may(each, permission)), "")


def forms_of(world: World, role: str, *, is_whole: bool = False) -> tuple[Client, list[Form]]:
    """Return the forms that a role meets, each once, with a client of the role."""
    client = site_walk.client_of(world.people[role])
    met: dict[tuple[str, str, tuple[str, ...]], Form] = {}
    for address in site_walk.addresses():
        if not (is_whole or is_asked_by(address, role)):
            continue
        path = address.path(world)
        answer = client.get(path)
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        if answer.status_code >= 400:
            continue
        for form in site_walk.Page(answer.content.decode()).forms:
            form.action = urlsplit(form.action).path or path
            if "sign-out" not in form.action:
                met.setdefault((form.action, form.method, tuple(form.fields)), form)
    return client, list(met.values())


def filled(form: Form, junk: str, *, only_free: bool) -> str:
    """Return the body of a form: junk in what is typed, or in everything."""
    typed = {
        name: quote(value) if name in KEPT or (only_free and kind not in FREE) else junk
        for name, (kind, value) in form.fields.items()
        if kind != "file"
    }
    if junk == JUNK["last_moment"]:  # dates are typed into three boxes, times into one
        parts = {"day": "31", "month": "12", "year": "9999", "time": "23:59"}
        typed |= {n: part for n in typed for end, part in parts.items() if n.endswith(end)}
    return "&".join(f"{quote(name)}={value}" for name, value in typed.items())


def send(client: Client, form: Form, body: str) -> int:
    """Send a form; return the status."""
    return int(answer_of(client, form, body).status_code)


def answer_of(client: Client, form: Form, body: str) -> Any:
    """Send a form as a browser would, and undo what it did: it may end the very session."""
    with transaction.atomic():
        answer = _sent(client, form, body)
        transaction.set_rollback(True)
    return answer


def _sent(client: Client, form: Form, body: str) -> Any:
    if form.method != "post":
        return client.get(f"{form.action}?{body[:4_000]}")
    if form.kind == "multipart/form-data":
        return client.generic("POST", form.action, multipart(body), MULTIPART)
    return client.post(form.action, body, "application/x-www-form-urlencoded")


def multipart(body: str) -> bytes:
    """Return a form as browsers send it with files."""
    parts = [pair.partition("=") for pair in body.split("&") if pair]
    lines = [
        b'--cut\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (unquote_to_bytes(name), unquote_to_bytes(value))
        for name, _, value in parts
    ]
    return b"".join(lines) + b"--cut--\r\n"


@pytest.mark.parametrize("role", ROLES)
def test_no_form_fails_on_junk(world: World, role: str) -> None:
    client, forms = forms_of(world, role)
    assert len(forms) >= FEWEST[role]
    kinds = list(JUNK.items())
    faults = []
    with as_on_postgresql():
        for number, form in enumerate(forms):
            name, junk = kinds[number % len(kinds)]  # all forms together meet all kinds
            body = filled(form, junk, only_free=number % 2 == 0)
            if send(client, form, body) >= 500:
                faults.append((form.action, form.method, name))
            if number % 3 == 0 and send(client, form, filled(form, NUL, only_free=True)) >= 500:
                faults.append((form.action, form.method, "nul"))
    assert (faults, client.get("/users/me/").status_code) == ([], 200)


@pytest.mark.slow
@pytest.mark.parametrize("kind", JUNK)
@pytest.mark.parametrize("role", ROLES)
def test_no_form_fails_on_any_junk(world: World, role: str, kind: str) -> None:
    client, forms = forms_of(world, role, is_whole=True)
    with as_on_postgresql():
        faults = [
            (form.action, only_free)
            for form in forms
            for only_free in (True, False)
            if send(client, form, filled(form, JUNK[kind], only_free=only_free)) >= 500
        ]
    assert faults == []


def test_no_list_fails_on_a_strange_question(world: World) -> None:
    """Every URL asked with strange pages, orders and filters."""
    clients = {role: site_walk.client_of(user) for role, user in world.people.items()}
    names = ("page", "sort", "order", "q", "state", "kind", "from", "to", "role", "run", "team")
    faults = []
    with as_on_postgresql():
        for number, address in enumerate(site_walk.addresses()):
            junk = list(JUNK.values())[number % len(JUNK)][:2_000]
            client = clients[site_walk.asking(address, number)[0] or Role.SUPERVISOR]
            for value in (junk,) if number % 5 else (junk, NUL):
                asked = "&".join(f"{name}={value}" for name in names)
                if client.get(f"{address.path(world)}?{asked}").status_code >= 500:
                    faults.append((address.name, value))
    assert faults == []


def test_no_address_fails_on_a_strange_reference(world: World) -> None:
    """Every reference in every URL replaced by what is none."""
    client = site_walk.client_of(world.people[Role.SUPERVISOR])
    strange = ("%00", "C-%00", "9" * 30, "%ED%A0%80", "..%2f..%2fetc", "é" * 40, "-1", "1%27--")
    faults = []
    with as_on_postgresql():
        for address in site_walk.addresses():
            for number, (name, kind) in enumerate(address.arguments):
                text = "9" * 30 if kind == "int" else strange[number % len(strange)]
                for junk in (text, "0" if kind == "int" else "a%00b"):
                    path = address.path(world).replace(site_walk.value_of(world, name, kind), junk)
                    answers = [client.get(path), client.post(path)]
                    faults += [(address.name, junk) for a in answers if a.status_code >= 500]
    assert faults == []
