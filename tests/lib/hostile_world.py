"""One record of every kind, with hostile text in every field of free text, and people to look."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models

from fourfold.web.base.models import Instance
from fourfold.web.users.models import ApiToken, Force, Role, SignInToken, Team, User

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MARK = "z7q9x4"  # long enough never to stand in a random token
SUM = str(7 * 7919)
HOSTILE = f"=</script><{MARK}>\"on{MARK}=\"{{{{7*7919}}}}'on{MARK}='\u202eabc"
OUR_APPS = (
    "users", "cases", "exhibits", "publication", "supercomplaints", "surveys", "measures", "practices",
    "recommendations",
)  # fmt: skip
NO_RECORDS = ("SearchDocument", "Published", "Current", "PublicFile")  # made from records
MADE_ELSEWHERE = (Force, Team, User, SignInToken, ApiToken, Instance)
KEPT = {"display_zone", "time_zone", "media_type", "scan_state", "format_hint"}
PLAIN: tuple[tuple[type[models.Field[Any, Any]], object], ...] = (
    (models.DateTimeField, NOW),
    (models.DateField, NOW.date()),
    (models.IntegerField, 1),
    (models.FloatField, 1.0),
)
GIVEN: dict[str, dict[str, object]] = {
    "supercomplaints.SuperComplaint": {"state": "under_investigation"},
    "surveys.Survey": {"state": "open"},
    "measures.ComputedFigure": {"measure": "four-asked", "definition_version": 1, "rows": []},
    "cases.Case": {"closed_by": None, "closed_at": None, "continues": None},
    "cases.Act": {"joined_into": None, "codes": ["a"]},
    "cases.ActSource": {"trace_code": "Q01-1"},
    "cases.Assignment": {"to_at": None},
    "cases.Place": {"lat": 52.0, "lon": -1.0},
    "cases.Offence": {"code": "hostile-one", "is_stalking": True, "from_on": None, "to_on": None},
    "cases.Joining": {
        "reasons": [
            {"kind": "phone", "here": ["suspect"], "there": ["suspect"], "is_similar": False}
        ]
    },
    "exhibits.Exhibit": {"parent": None},
    "exhibits.EngineRun": {"state": "failed"},
    "exhibits.Proposal": {
        "trace_code": "Q01-1",
        "codes": ["a"],
        "act": None,
        "decided_by": None,
        "decided_at": None,
    },
    "exhibits.Upload": {"state": "receiving"},
    "exhibits.CaseFileTaken": {"orders_toml": ""},
    "recommendations.SentAnswer": {
        "content": {
            "ref": "AA-0000000000",
            "super_complaint_ref": "SC-0000000000",
            "recommendation_ref": "RC-0000000000",
            "number": 1,
            "part": "",
            "organisation_ref": "ORG-0000000000",
            "organisation": HOSTILE,
            "status": "planned",
            "status_words": HOSTILE,
            "plan": HOSTILE,
            "updates": [{"on": "2026-11-01", "text": HOSTILE}],
            "evidence": [{"title": HOSTILE, "url": "https://example.org/"}],
        }
    },
}


@dataclass
class World:
    """What was made: one user of every role, and one record of every model."""

    people: dict[str, User] = field(default_factory=dict)
    made: dict[type[models.Model], models.Model] = field(default_factory=dict)

    def one(self, name: str) -> Any:
        """Return the record of a model, by the model's name."""
        return next(row for model, row in self.made.items() if model.__name__ == name)


def make(text: str = HOSTILE, *, is_demonstration: bool = False) -> World:
    """Make the world; everybody is assigned to its one case."""
    from fourfold.web.cases.models import Assignment

    world = World()
    Instance.objects.update_or_create(pk=1, defaults={"is_demonstration": is_demonstration})
    force = Force.objects.create(name=text, contact=text)
    team = Team.objects.create(force=force, name=text)
    world.made |= {Force: force, Team: team}
    for number, role in enumerate(Role.values):
        world.people[role] = User.objects.create_user(
            email=f"{role}{number}@example.org", name=text, role=role, force=force, team=team
        )
    world.made[User] = world.people[Role.INVESTIGATOR]
    for model in _in_order():
        world.made[model] = model._default_manager.create(**_facts(world, model, text))
    case = world.one("Case")
    for user in world.people.values():
        Assignment.objects.get_or_create(
            case=case,
            user=user,
            defaults={"assigned_by": world.people[Role.SUPERVISOR], "from_at": NOW},
        )
    return world


def _in_order() -> list[type[models.Model]]:
    """Return our models, each after those it points to."""
    wanted = [
        model
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models()
        if model not in MADE_ELSEWHERE
        and not model.__name__.startswith("Historical")
        and not model._meta.auto_created
        and model.__name__ not in NO_RECORDS
    ]
    ordered: list[type[models.Model]] = []
    while wanted:
        ready = [m for m in wanted if not (_needed(m) & set(wanted) - {m})]
        ordered += ready
        wanted = [m for m in wanted if m not in ready]
    return ordered


def _needed(model: type[models.Model]) -> set[type[models.Model]]:
    given = GIVEN.get(model._meta.label, {})
    return {
        f.related_model
        for f in model._meta.get_fields()
        if isinstance(f, models.ForeignKey) and f.name not in given
    }  # type: ignore[return-value]


def _facts(world: World, model: type[models.Model], text: str) -> dict[str, object]:
    given = GIVEN.get(model._meta.label, {})
    facts: dict[str, object] = dict(given)
    for each in model._meta.fields:
        if each.name in given or each.primary_key or each.name in ("ref", "created_at"):
            continue
        if isinstance(each, models.ForeignKey):
            facts[each.name] = world.made.get(each.related_model)  # type: ignore[arg-type]
            continue
        value = _value(each, text)
        if value is not None:
            facts[each.name] = value
    return facts


def _value(each: models.Field[Any, Any], text: str) -> object:
    """Return what a field is given; None leaves it as it would be."""
    if each.choices or each.name in KEPT or isinstance(each, models.BooleanField):
        return None if each.has_default() or each.null or each.blank else _first(each)
    if "sha256" in each.name or each.name == "same_as":
        return "a" * 64
    if isinstance(each, models.EmailField) or each.name.endswith("_ref"):
        return None
    if isinstance(each, models.CharField | models.TextField):
        return text[: each.max_length] if each.max_length else text
    if getattr(each, "auto_now", False) or getattr(each, "auto_now_add", False):
        return None
    return next((value for kind, value in PLAIN if isinstance(each, kind)), None)


def _first(each: models.Field[Any, Any]) -> object:
    return next(iter(each.flatchoices))[0] if each.choices else False
