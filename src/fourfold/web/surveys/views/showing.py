"""What the pages of surveys share: today, the pages of a survey, what the actor may do."""

from datetime import date

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from fourfold.web.base.words import UK
from fourfold.web.surveys.models import Survey
from fourfold.web.users import access
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

PAGES = (
    ("survey", "Questions", "surveys:survey"),
    ("asked", "Who is asked", "surveys:asked"),
    ("completeness", "Completeness", "surveys:completeness"),
    ("reminders", "Reminders", "surveys:reminders"),
    ("analysis", "Analysis", "surveys:analysis"),
    ("annex", "Published annex", "surveys:annex"),
)


def today() -> date:
    """Return the day as a clock in the United Kingdom has it."""
    return timezone.now().astimezone(UK).date()


def frame(request: HttpRequest, survey: Survey, page: str) -> dict[str, object]:
    """Return what every page of a survey needs."""
    pages = [
        (label, reverse(url_name, kwargs={"survey_ref": survey.ref}), name == page)
        for name, label, url_name in PAGES
    ]
    return {
        "survey": survey,
        "supercomplaint": survey.supercomplaint,
        "tab": "surveys",
        "pages": pages,
        "page": page,
    }


def may(actor: User, subject: Model, *acts: str) -> dict[str, Decision]:
    """Decide several acts about one record, for the controls of a page."""
    return {act: access.see(actor, act, subject) for act in acts}
