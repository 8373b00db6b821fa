"""The bank: its list, an entry, and keeping both."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fourfold.web.base.jinja import query_with, url_if_routed
from fourfold.web.practices.actions import entries as actions
from fourfold.web.practices.forms.bank import FilterForm, PracticeForm, initial_of
from fourfold.web.practices.models import Practice
from fourfold.web.practices.rules.publishing import missing_of_entry
from fourfold.web.practices.rules.serving import Part, parts_of
from fourfold.web.practices.selectors import bank, contents
from fourfold.web.practices.selectors.loading import organisation_of, practice_by_ref
from fourfold.web.publication import content
from fourfold.web.publication.selectors import standing
from fourfold.web.users.access import actor_of, needs, see
from fourfold.web.users.models import User
from fourfold.web.users.permissions import may
from fourfold.web.users.step_up import grave


@needs("practice.list")
def practice_list(request: HttpRequest) -> HttpResponse:
    """List the entries that the reader may open."""
    actor = actor_of(request)
    found = bank.visible_to(actor)
    names = ("focus", "topic", "stage")
    form = FilterForm(request.GET, words={name: bank.words_of(found, name) for name in names})
    form.is_valid()
    told = {name: form.cleaned_data.get(name) or "" for name in form.fields}
    wanted = bank.Wanted(**told)
    counted: dict[str, int] = {}
    for adoption in bank.published_adoptions():
        counted[adoption.practice_ref] = counted.get(adoption.practice_ref, 0) + 1
    labels = dict(Practice.Rating.choices) | {"": ""}
    chosen = [
        (labels[word] if name == "rating" else word, query_with(request, **{name: None}))
        for name, word in told.items()
        if word
    ]
    context = {
        "form": form,
        "practices": [practice for practice in found if wanted.fits(practice)],
        "counted": counted,
        "chosen": chosen,
        "may_add": may(actor.role, "practice.add"),
    }
    return render(request, "practices/list.html", context)


@needs("practice.open", practice_by_ref)
def practice(request: HttpRequest, practice: Practice, **_: str) -> HttpResponse:
    """Show an entry, what serves it here, and who has adopted it."""
    actor = actor_of(request)
    stands = standing.one(content.Practice, practice.ref)
    context = {
        "practice": practice,
        "parts": _links(actor, practice),
        "adoptions": bank.published_adoptions(practice),
        "day_words": bank.day_words,
        "own": bank.own_adoption(actor, practice),
        "may_adopt": _may_adopt(actor),
        "may_change": bool(see(actor, "practice.change", practice)),
        "missing": missing_of_entry(practice),
        "stands": stands,
        "is_behind": stands is not None and stands != contents.of_practice(practice),
    }
    return render(request, "practices/practice.html", context)


def _may_adopt(actor: User) -> bool:
    return may(actor.role, "adoption.change") and organisation_of(actor) is not None


def _links(actor: User, practice: Practice) -> list[tuple[Part, str]]:
    """Return the parts that serve an entry, each with the page that the reader may open."""
    return [
        (part, url_if_routed(part.url_name) if part.act and may(actor.role, part.act) else "")
        for part in parts_of(practice.served_by)
    ]


@needs("practice.add")
def practice_new(request: HttpRequest) -> HttpResponse:
    """Add an entry."""
    form = PracticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_practice(actor=actor_of(request), facts=form.cleaned_data)
        messages.success(request, "The entry is saved as a draft.")
        return redirect("practices:practice", practice_ref=made.ref)
    return _form(request, form, None)


@needs("practice.change", practice_by_ref)
def practice_change(request: HttpRequest, practice: Practice, **_: str) -> HttpResponse:
    """Change an entry."""
    initial = initial_of(practice, PracticeForm)
    form = PracticeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_practice(actor=actor_of(request), practice=practice, facts=form.cleaned_data)
        messages.success(request, "The entry is saved. What is published stands as it was.")
        return redirect("practices:practice", practice_ref=practice.ref)
    return _form(request, form, practice)


def _form(request: HttpRequest, form: PracticeForm, practice: Practice | None) -> HttpResponse:
    status = 400 if form.errors else 200
    context = {"form": form, "practice": practice}
    return render(request, "practices/form.html", context, status=status)


@needs("practice.publish", practice_by_ref)
@grave
def practice_publish(request: HttpRequest, practice: Practice, **_: str) -> HttpResponse:
    """Publish an entry: first a page that says what becomes public."""
    if request.method != "POST":
        context = {
            "title": practice.title,
            "back": ("practices:practice", {"practice_ref": practice.ref}),
            "missing": missing_of_entry(practice),
            "fields": vars_of(contents.of_practice(practice)),
        }
        return render(request, "practices/publish.html", context)
    try:
        actions.publish_practice(actor=actor_of(request), practice=practice)
        messages.success(request, "The entry is published.")
    except actions.NotReadyError as error:
        messages.error(request, f"Not published. Still missing: {error}")
    return redirect("practices:practice", practice_ref=practice.ref)


@needs("practice.publish", practice_by_ref)
@grave
@require_POST
def practice_withdraw(request: HttpRequest, practice: Practice, **_: str) -> HttpResponse:
    """Take an entry off the public site."""
    actions.withdraw_practice(actor=actor_of(request), practice=practice)
    messages.success(request, "The entry is off the public site.")
    return redirect("practices:practice", practice_ref=practice.ref)


HIDDEN = ("ref", "practice_ref", "organisation_ref", "does_it_work")


def vars_of(made: content.Practice | content.Adoption) -> list[tuple[str, str]]:
    """Return what becomes public, as label and text."""
    told = []
    for name, value in vars(made).items():
        text = "\n".join(value) if isinstance(value, tuple) else value
        if name not in HIDDEN:
            label = name.removesuffix("_words").replace("_", " ").capitalize()
            told.append((label, text))
    return told
