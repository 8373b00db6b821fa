"""Features, harms and documented facts of a draft."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fourfold.web.supercomplaints.actions import complaints as actions
from fourfold.web.supercomplaints.forms.complaints import (
    FactForm,
    FeatureForm,
    HarmForm,
    SureForm,
)
from fourfold.web.supercomplaints.models import Fact, Feature, Harm, SuperComplaint
from fourfold.web.supercomplaints.selectors import complaints as selectors
from fourfold.web.supercomplaints.selectors.controls import controls
from fourfold.web.supercomplaints.selectors.loading import (
    fact_by_ref,
    feature_by_ref,
    harm_by_ref,
    supercomplaint_by_ref,
)
from fourfold.web.supercomplaints.selectors.reading import as_read_by
from fourfold.web.supercomplaints.views.showing import Shown, sent, show_form, tried
from fourfold.web.users.access import actor_of, needs

CHANGE = "supercomplaint.change"


@needs("supercomplaint.open", supercomplaint_by_ref)
def feature_list(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Show the features with their harms and facts."""
    actor = actor_of(request)
    as_read_by(actor, [supercomplaint])
    context = {
        "supercomplaint": supercomplaint,
        "tab": "features",
        "features": selectors.features_of(actor, supercomplaint),
        "facts": selectors.facts_of(actor, supercomplaint),
        "may": controls(actor, supercomplaint, CHANGE),
    }
    return render(request, "supercomplaints/complaints/features.html", context)


@needs(CHANGE, supercomplaint_by_ref)
def feature_new(request: HttpRequest, supercomplaint: SuperComplaint, **_: str) -> HttpResponse:
    """Add a feature."""
    form = FeatureForm(sent(request), forces=selectors.forces_in_scope(supercomplaint))
    return _saved(
        request, supercomplaint, form, "Add a feature",
        lambda: actions.keep_feature(
            actor=actor_of(request), supercomplaint=supercomplaint, facts=form.facts()
        ),
    )  # fmt: skip


@needs(CHANGE, feature_by_ref)
def feature_change(request: HttpRequest, feature: Feature, **_: str) -> HttpResponse:
    """Change a feature."""
    initial = {
        "text": feature.text,
        "why_harmful": feature.why_harmful,
        "forces_words": feature.forces_words,
        "forces": [force.ref for force in feature.forces.all()],
    }
    offered = selectors.forces_in_scope(feature.supercomplaint)
    form = FeatureForm(sent(request), forces=offered, initial=initial)
    return _saved(
        request, feature.supercomplaint, form, f"Change feature {feature.number}",
        lambda: actions.keep_feature(
            actor=actor_of(request),
            supercomplaint=feature.supercomplaint,
            facts=form.facts(),
            feature=feature,
        ),
    )  # fmt: skip


@needs(CHANGE, feature_by_ref)
def harm_new(request: HttpRequest, feature: Feature, **_: str) -> HttpResponse:
    """Add a harm to a feature."""
    form = HarmForm(sent(request))
    return _saved(
        request, feature.supercomplaint, form, f"Add a harm to feature {feature.number}",
        lambda: actions.keep_harm(actor=actor_of(request), feature=feature, facts=form.facts()),
    )  # fmt: skip


@needs(CHANGE, harm_by_ref)
def harm_change(request: HttpRequest, harm: Harm, **_: str) -> HttpResponse:
    """Change a harm."""
    initial = {name: getattr(harm, name) for name in HarmForm.base_fields}
    form = HarmForm(sent(request), initial=initial)
    return _saved(
        request, harm.feature.supercomplaint, form, "Change a harm",
        lambda: actions.keep_harm(
            actor=actor_of(request), feature=harm.feature, facts=form.facts(), harm=harm
        ),
    )  # fmt: skip


@needs(CHANGE, feature_by_ref)
def fact_new(request: HttpRequest, feature: Feature, **_: str) -> HttpResponse:
    """Add a documented fact to a feature."""
    documents = list(selectors.evidence_of(feature.supercomplaint))
    form = FactForm(sent(request), documents=documents)
    return _saved(
        request, feature.supercomplaint, form, f"Add a fact to feature {feature.number}",
        lambda: actions.keep_fact(actor=actor_of(request), feature=feature, facts=form.facts()),
    )  # fmt: skip


@needs(CHANGE, fact_by_ref)
def fact_change(request: HttpRequest, fact: Fact, **_: str) -> HttpResponse:
    """Change a documented fact."""
    initial = {
        "text": fact.text,
        "source": fact.source,
        "document": fact.document.ref if fact.document else None,
    }
    documents = list(selectors.evidence_of(fact.feature.supercomplaint))
    form = FactForm(sent(request), documents=documents, initial=initial)
    return _saved(
        request, fact.feature.supercomplaint, form, "Change a fact",
        lambda: actions.keep_fact(
            actor=actor_of(request), feature=fact.feature, facts=form.facts(), fact=fact
        ),
    )  # fmt: skip


@needs(CHANGE, feature_by_ref)
def feature_remove(request: HttpRequest, feature: Feature, **_: str) -> HttpResponse:
    """Take a feature out of the draft, with its harms and facts."""
    return _removed(request, feature.supercomplaint, feature, f"Remove feature {feature.number}")


@needs(CHANGE, harm_by_ref)
def harm_remove(request: HttpRequest, harm: Harm, **_: str) -> HttpResponse:
    """Take a harm out of the draft."""
    return _removed(request, harm.feature.supercomplaint, harm, "Remove a harm")


@needs(CHANGE, fact_by_ref)
def fact_remove(request: HttpRequest, fact: Fact, **_: str) -> HttpResponse:
    """Take a documented fact out of the draft."""
    return _removed(request, fact.feature.supercomplaint, fact, "Remove a fact")


def _removed(
    request: HttpRequest, supercomplaint: SuperComplaint, part: Feature | Harm | Fact, title: str
) -> HttpResponse:
    form = SureForm(sent(request))
    here = reverse("supercomplaints:features", args=[supercomplaint.ref])
    if form.is_valid() and tried(form, lambda: actions.remove(actor=actor_of(request), part=part)):
        messages.success(request, "It is removed from the draft.")
        return redirect(here)
    quote = part.nature if isinstance(part, Harm) else part.text
    shown = Shown(
        title, "Remove it", here, ("What stood there is kept in the versions of the draft.",),
        "features", (("Features and harms", here),), quote=quote,
    )  # fmt: skip
    return show_form(request, form, shown, supercomplaint)


def _saved(
    request: HttpRequest,
    supercomplaint: SuperComplaint,
    form: forms.Form,
    title: str,
    act: Callable[[], object],
) -> HttpResponse:
    here = reverse("supercomplaints:features", args=[supercomplaint.ref])
    if form.is_valid() and tried(form, act):
        messages.success(request, "It is saved.")
        return redirect(here)
    shown = Shown(title, "Save", here, (), "features", (("Features and harms", here),))
    return show_form(request, form, shown, supercomplaint)
