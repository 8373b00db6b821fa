"""A super-complaint as it is read by who is no party: what its report withholds is left out.

Once the report is published, others open the complaint, too. What may not stand in the report may
not stand in its features, its subject or its steps either.
"""

from collections.abc import Iterable
from typing import Any, Final

from fourfold.web.supercomplaints.models import Redaction, SuperComplaint
from fourfold.web.supercomplaints.rules.redaction import Quote, withheld
from fourfold.web.supercomplaints.selectors.reports import quote_of
from fourfold.web.users.models import Role, User

TEXTS: Final = (
    "title", "subject", "with_whom", "report_title", "text", "why_harmful", "forces_words",
    "nature", "scale", "groups", "words", "source",
)  # fmt: skip


def is_party(actor: User, supercomplaint: SuperComplaint) -> bool:
    """Return whether somebody is of the body, or of the authorities."""
    is_officer = actor.role == Role.COMPLAINTS_OFFICER
    return is_officer or supercomplaint.body.tenant_id == actor.force_id


def quotes_for(actor: User, supercomplaint: SuperComplaint) -> list[Quote]:
    """Return what must be left out for an actor; nothing for the parties."""
    if is_party(actor, supercomplaint):
        return []
    found = Redaction.objects.filter(report__supercomplaint=supercomplaint)
    return [quote_of(each) for each in found]


def left_out(record: Any, quotes: list[Quote]) -> None:
    """Take what is withheld out of a record in memory. It is shown then, and never saved."""
    for name in TEXTS if quotes else ():
        if isinstance(text := record.__dict__.get(name), str):
            setattr(record, name, withheld(text, quotes))


def as_read_by(actor: User, rows: Iterable[SuperComplaint]) -> list[SuperComplaint]:
    """Return super-complaints with what is withheld from the actor left out."""
    found = list(rows)
    closed = [each.pk for each in found if not is_party(actor, each)]
    quotes: dict[int, list[Quote]] = {}
    for kept in Redaction.objects.filter(report__supercomplaint__in=closed).select_related(
        "report"
    ):
        quotes.setdefault(kept.report.supercomplaint_id, []).append(quote_of(kept))
    for each in found:
        left_out(each, quotes.get(each.pk, []))
    return found
