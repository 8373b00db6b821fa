"""People and roles for administrators; one's own account for everybody."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fourfold.web.users import actions, forms, passkeys, selectors, sessions
from fourfold.web.users.access import actor_of, needs, see
from fourfold.web.users.models import User
from fourfold.web.users.step_up import grave

PAGE = 50


@needs("user.list")
def people(request: HttpRequest) -> HttpResponse:
    """List people, roles and teams of the force."""
    actor = actor_of(request)
    page = Paginator(selectors.people(actor), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "users/people.html",
        {
            "page": page,
            "teams": selectors.teams(actor),
            "may_invite": see(actor, "user.invite", actor.force),
            "team_form": forms.TeamForm(force=actor.force),
        },
    )


@grave
@needs("user.invite")
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person; the enrolment link is shown once."""
    actor = actor_of(request)
    form = forms.InvitationForm(request.POST or None, force=actor.force)
    if request.method == "POST" and form.is_valid():
        user, secret = actions.invite_user(
            actor=actor, invitation=actions.Invitation(**form.cleaned_data)
        )
        return _link_page(request, user, secret)
    return render(request, "users/invite.html", {"form": form})


def _link_page(request: HttpRequest, user: User, secret: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("enrol", kwargs={"token": secret}))
    return render(request, "users/enrolment_link.html", {"person": user, "link": link})


@needs("user.open", selectors.user_by_ref)
def person(request: HttpRequest, user: User, user_ref: str) -> HttpResponse:
    """Show a person: role, team, passkeys, sessions, versions."""
    actor = actor_of(request)
    return render(
        request,
        "users/person.html",
        {
            "person": user,
            "passkeys": passkeys.of(user).count(),
            "sessions": len(sessions.of(user)),
            "versions": user.history.select_related("history_user")[:50],
            "may_change": see(actor, "user.change_role", user),
        },
    )


@grave
@needs("user.change_role", selectors.user_by_ref)
def change(request: HttpRequest, user: User, user_ref: str) -> HttpResponse:
    """Change role and team."""
    form = forms.RoleForm(
        request.POST or None, force=user.force, initial={"role": user.role, "team": user.team}
    )
    if request.method == "POST" and form.is_valid():
        actions.change_role(actor=actor_of(request), user=user, **form.cleaned_data)
        messages.success(request, "Role and team are changed. Open sessions were ended.")
        return redirect("users:person", user_ref=user.ref)
    return render(request, "users/change.html", {"form": form, "person": user})


@grave
@needs("user.close", selectors.user_by_ref)
def close(request: HttpRequest, user: User, user_ref: str) -> HttpResponse:
    """Close an account, after a page that says what that does."""
    if request.method == "POST":
        actions.close_user(actor=actor_of(request), user=user)
        messages.success(request, "The account is closed.")
        return redirect("users:person", user_ref=user.ref)
    return render(request, "users/close.html", {"person": user})


@grave
@needs("user.invite", selectors.user_by_ref)
def invite_again(request: HttpRequest, user: User, user_ref: str) -> HttpResponse:
    """Make a new enrolment link for somebody who lost a passkey."""
    if request.method == "POST":
        return _link_page(request, user, actions.invite_again(actor=actor_of(request), user=user))
    return render(request, "users/invite_again.html", {"person": user})


@needs("team.add")
@require_POST
def add_team(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    actor = actor_of(request)
    form = forms.TeamForm(request.POST, force=actor.force)
    if form.is_valid():
        actions.add_team(actor=actor, name=form.cleaned_data["team_name"])
        messages.success(request, "The team is added.")
        return redirect("users:list")
    context = {
        "page": Paginator(selectors.people(actor), PAGE).get_page(1),
        "teams": selectors.teams(actor),
        "may_invite": see(actor, "user.invite", actor.force),
        "team_form": form,
    }
    return render(request, "users/people.html", context, status=400)


@needs("account.open")
def me(request: HttpRequest) -> HttpResponse:
    """Show one's own account: passkeys, sessions, register of interests."""
    return _me(request, forms.InterestForm(), 200)


def _me(request: HttpRequest, form: forms.InterestForm, status: int) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "passkeys": passkeys.of(actor),
        "sessions": sessions.of(actor),
        "session_key": request.session.session_key,
        "api_tokens": actor.api_tokens.filter(ended_at=None),
        "interests": actor.declared_interests.order_by("kind", "pk"),
        "form": form,
    }
    return render(request, "users/me.html", context, status=status)


@needs("conflict.add")
@require_POST
def declare(request: HttpRequest) -> HttpResponse:
    """Declare an interest."""
    form = forms.InterestForm(request.POST)
    if not form.is_valid():
        return _me(request, form, 400)
    actions.declare_interest(actor=actor_of(request), **form.cleaned_data)
    messages.success(request, "It is in the register. Cases that meet it stay closed to you.")
    return redirect("users:me")


@needs("conflict.remove")
@require_POST
def withdraw(request: HttpRequest, interest_ref: str) -> HttpResponse:
    """Take an interest out of one's own register."""
    actor = actor_of(request)
    interest = get_object_or_404(actor.declared_interests, ref=interest_ref)
    actions.remove_interest(actor=actor, interest=interest)
    return redirect("users:me")


@grave
@needs("passkey.remove")
@require_POST
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Remove one of one's own passkeys."""
    actor = actor_of(request)
    passkey = get_object_or_404(passkeys.of(actor), pk=passkey_id)
    try:
        actions.remove_passkey(actor=actor, passkey=passkey)
    except actions.LastPasskeyError as error:
        messages.error(request, str(error))
    return redirect("users:me")


@needs("session.end")
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions."""
    actor = actor_of(request)
    session = get_object_or_404(UserSession, pk=session_id, user=actor)
    actions.end_session(actor=actor, session=session)
    return redirect("users:me")


@grave
@needs("api_token.make")
def make_api_token(request: HttpRequest) -> HttpResponse:
    """Make a key for a program; it is shown once."""
    form = forms.ApiTokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = actions.make_api_token(actor=actor_of(request), name=form.cleaned_data["name"])
        return render(request, "users/api_token.html", {"secret": secret})
    return render(request, "users/api_token_new.html", {"form": form})


@needs("api_token.end")
@require_POST
def end_api_token(request: HttpRequest, token_ref: str) -> HttpResponse:
    """End one of one's own keys."""
    actor = actor_of(request)
    token = get_object_or_404(actor.api_tokens, ref=token_ref)
    actions.end_api_token(actor=actor, token=token)
    return redirect("users:me")
