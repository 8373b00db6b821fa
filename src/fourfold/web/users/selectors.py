"""Reads about people."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404

from fourfold.web.users.models import Team, User
from fourfold.web.users.policy import permitted


def user_by_ref(*, user_ref: str, **_: Any) -> User:
    """Return the user of a URL, or answer 404."""
    user = User.objects.filter(ref=user_ref).select_related("force", "team").first()
    if user is None:
        raise Http404("There is no such record.")
    return user


def people(actor: User) -> QuerySet[User]:
    """Return the people whom the actor may list, with their number of passkeys."""
    return (
        permitted(actor, "user.list", User.objects.select_related("team"))
        .annotate(passkeys=Count("authenticator"))
        .order_by("-is_active", "name", "pk")
    )


def teams(actor: User) -> QuerySet[Team]:
    """Return the teams whom the actor may list, with their number of members."""
    return permitted(
        actor, "team.list", Team.objects.annotate(member_count=Count("members"))
    ).order_by("name")
