"""Orders from case files that were taken over, passed on to the engine as they were written."""

import tomllib
from dataclasses import dataclass
from typing import Any

from fourfold.web.cases.models import Case, Person
from fourfold.web.exhibits.models import CaseFileTaken


@dataclass(frozen=True)
class Orders:
    """The text for the engine, and the keys of orders that cannot be passed on.

    taken: keys of the case files of which something was taken over.
    """

    toml: str
    keys: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    taken: frozenset[int] = frozenset()


def orders_of(case: Case) -> Orders:
    """Return the orders of a case; one that names a person the case does not have is left out.

    An order is passed on with the whole text it came in, so that one fault leaves out its file.
    """
    texts, kept, left_out = list[str](), list[str](), list[str]()
    found = CaseFileTaken.objects.filter(case=case).order_by("id")
    files = list(found.values_list("exhibit", "orders_toml"))
    every = [toml for _, toml in files if toml]
    people = set(Person.objects.filter(case=case).values_list("key", flat=True)) if every else set()
    for toml in every:
        tables = tomllib.loads(toml).get("order", [])
        keys = [str(order.get("key", "")) for order in tables]
        if set(keys) & set(kept):
            continue  # the same file came twice
        if all(people_of(order) <= people for order in tables):
            texts.append(toml.strip())
            kept += keys
        else:
            left_out += keys
    taken = frozenset(exhibit for exhibit, _ in files)
    return Orders("\n\n".join(texts), tuple(kept), tuple(left_out), taken)


def people_of(order: dict[str, Any]) -> set[str]:
    """Return the keys of the people that an order names."""
    exceptions = [e for term in order.get("term", []) for e in term.get("exception", [])]
    return {
        str(order.get("defendant", "")),
        *map(str, order.get("protected", [])),
        *(str(e["person"]) for e in exceptions if "person" in e),
    }
