"""Nothing forgotten among the models: kept in versions, written once, or excused by name."""

from django.apps import apps

from fourfold.web.base.models import Referenced, WrittenOnce
from fourfold.web.users.policy import registered

OURS = (
    "base", "accountability", "users", "cases", "exhibits", "oversight", "publication",
    "supercomplaints", "surveys", "measures", "practices", "recommendations", "demonstration",
)  # fmt: skip
NO_VERSIONS = {
    "base.Instance": "one row that says what the database is",
    "users.Force": "made by the operator's command; a change is an act of the ledger",
    "users.Team": "made by an administrator; a change is an act of the ledger",
    "users.SignInToken": "used up once; only its hash is kept",
    "users.ApiToken": "ended, never changed; making and ending are acts of the ledger",
    "cases.Offence": "reference data, loaded from a dated file",
    "cases.IncludedOffence": "added or removed; the crime keeps the versions",
    "cases.Notice": "read or not read",
    "cases.SearchDocument": "a copy for search, made again from the records",
    "publication.Current": "points to the version that stands; versions are written once",
    "exhibits.Upload": "a file on its way; the exhibit keeps the versions",
    "exhibits.EngineRun": "a job; each step is an act of the ledger",
    "exhibits.Proposal": "decided once; the act that comes of it keeps the versions",
}
NO_POLICY = {
    "users.DeclaredInterest": "reached through its own user only",
    "users.SignInToken": "never shown",
    "users.ApiToken": "reached through its own user only",
    "base.Instance": "not a record about anybody",
}


def ours() -> dict[str, type]:
    """Return our models by label, without the tables of versions and of relations."""
    return {
        model._meta.label: model
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and not model.__name__.startswith("Historical")
        and not model._meta.auto_created
        and not model._meta.proxy
    }


def test_every_model_keeps_versions_or_is_written_once_or_says_why_not() -> None:
    bare = {
        label
        for label, model in ours().items()
        if not issubclass(model, WrittenOnce) and not hasattr(model, "history")
    }
    assert bare - set(NO_VERSIONS) == set()


def test_no_excuse_is_left_over() -> None:
    assert set(NO_VERSIONS) - set(ours()) == set()


def test_every_record_with_a_reference_has_a_policy() -> None:
    known = {model._meta.label for model in registered()}
    referenced = {label for label, model in ours().items() if issubclass(model, Referenced)}
    assert referenced - known - set(NO_POLICY) == set()


def test_references_of_different_models_begin_differently() -> None:
    prefixes: dict[str, str] = {}
    for label, model in ours().items():
        if issubclass(model, Referenced):
            assert prefixes.setdefault(model.PREFIX, label) == label


def test_a_record_is_named_by_its_reference_never_by_a_person() -> None:
    for label, model in ours().items():
        if issubclass(model, Referenced):
            assert str(model()).startswith(model.PREFIX + "-"), label
