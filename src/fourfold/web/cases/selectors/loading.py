"""Records of cases by the references in a URL."""

from typing import Any

from fourfold.web.base.loading import by_ref
from fourfold.web.cases.models import (
    Act,
    Attribution,
    BreakGlass,
    Case,
    Identifier,
    KnowledgeEvent,
    Occasion,
    Person,
    Place,
    RecordedCrime,
    Report,
)


def case_by_ref(*, case_ref: str, **_: Any) -> Case:
    """Return the case of a URL."""
    return by_ref(Case, case_ref, "force", "team")


def report_by_ref(*, report_ref: str, **_: Any) -> Report:
    """Return the report of a URL."""
    return by_ref(Report, report_ref, "force", "case", "taken_by")


def act_by_ref(*, case_ref: str, act_ref: str, **_: Any) -> Act:
    """Return the act of a URL."""
    related = ("case__team", "occasion", "joined_into", "known_unwelcome", "added_by")
    people = ("actor_person", "target_person")
    return by_ref(Act, act_ref, *related, *people, case__ref=case_ref)


def occasion_by_ref(*, case_ref: str, occasion_ref: str, **_: Any) -> Occasion:
    """Return the occasion of a URL."""
    related = ("case__team", "grouped_by", "confirmed_by")
    return by_ref(Occasion, occasion_ref, *related, case__ref=case_ref)


def knowledge_by_ref(*, case_ref: str, knowledge_ref: str, **_: Any) -> KnowledgeEvent:
    """Return the knowledge event of a URL."""
    return by_ref(KnowledgeEvent, knowledge_ref, "case__team", "person", case__ref=case_ref)


def person_by_ref(*, case_ref: str, person_ref: str, **_: Any) -> Person:
    """Return the person of a URL."""
    return by_ref(Person, person_ref, "case__team", case__ref=case_ref)


def identifier_by_ref(*, case_ref: str, identifier_ref: str, **_: Any) -> Identifier:
    """Return the identifier of a URL."""
    return by_ref(Identifier, identifier_ref, "case__team", case__ref=case_ref)


def attribution_by_ref(*, case_ref: str, attribution_ref: str, **_: Any) -> Attribution:
    """Return the attribution of a URL."""
    related = ("identifier__case__team", "person")
    return by_ref(Attribution, attribution_ref, *related, identifier__case__ref=case_ref)


def place_by_ref(*, case_ref: str, place_ref: str, **_: Any) -> Place:
    """Return the place of a URL."""
    return by_ref(Place, place_ref, "case__team", "whose", case__ref=case_ref)


def crime_by_ref(*, case_ref: str, crime_ref: str, **_: Any) -> RecordedCrime:
    """Return the recorded crime of a URL."""
    return by_ref(RecordedCrime, crime_ref, "case__team", "principal", case__ref=case_ref)


def break_glass_by_ref(*, case_ref: str, glass_ref: str, **_: Any) -> BreakGlass:
    """Return the break-glass opening of a URL."""
    related = ("case__team", "user__team", "reviewed_by")
    return by_ref(BreakGlass, glass_ref, *related, case__ref=case_ref)
