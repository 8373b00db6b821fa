"""Letters to forces that have not replied, built from the record. The program sends nothing."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from fourfold.web.base.words import plural, uk_date
from fourfold.web.surveys.models import Survey
from fourfold.web.surveys.selectors.completeness import Line


def letter(survey: Survey, line: Line, today: date) -> str:
    """Return the words of a reminder to one force."""
    reply = line.reply
    until = reply.more_time_until_on or survey.closes_on
    paragraphs = [
        f"To the chief officer, {reply.organisation.name}",
        f"{survey.title} (survey {survey.ref}, reply {reply.ref})",
        f"We ask you to answer this survey. It is part of the investigation of the super-complaint"
        f" “{survey.supercomplaint.title}” ({survey.supercomplaint.ref}).",
        _how_far(line),
        _until(until, today),
        f"Your reply stands at {address(line)}" if line.has_people else
        "Nobody signs in for your force yet. Tell us who shall, or send your reply to us.",
        f"Questions: {survey.contact}" if survey.contact else "",
        f"Written on {uk_date(today)}.",
    ]  # fmt: skip
    return "\n\n".join(filter(None, paragraphs))


def address(line: Line) -> str:
    """Return the address of a reply."""
    path = reverse("surveys:reply", kwargs={"surveyreply_ref": line.reply.ref})
    return f"https://{settings.STAFF_HOST}{path}"


def _how_far(line: Line) -> str:
    if line.reply.state == line.reply.State.NOT_STARTED:
        return "No answer has been written yet."
    answered = plural(line.total.answered, "answer")
    missing = plural(line.total.needed, "required answer")
    return f"So far the draft has {answered}; {missing} are missing. It is not signed off."


def _until(until: date | None, today: date) -> str:
    if until is None:
        return ""
    if today > until:
        return f"The closing day, {uk_date(until)}, is past. Please sign off your reply now."
    return f"Please sign off your reply by the end of {uk_date(until)}."
