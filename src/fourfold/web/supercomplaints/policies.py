"""The policies of super-complaints: `rules/parties.py`, asked of objects and as conditions."""

from typing import Any, Final

from django.db.models import Q

from fourfold.web.publication.policies import Open
from fourfold.web.supercomplaints import models
from fourfold.web.supercomplaints.models import Document, SuperComplaint
from fourfold.web.supercomplaints.rules.parties import (
    OFFICER,
    PREPARING,
    PUBLIC_ROLES,
    Standing,
    hidden,
    judge,
)
from fourfold.web.users import policy
from fourfold.web.users.models import Role, User
from fourfold.web.users.policy import Decision

NOTHING: Final = Q(pk__in=[])
OF_THE_BODY: Final = frozenset(
    {
        "supercomplaint.change", "supercomplaint.share", "supercomplaint.submit",
        "supercomplaint.receipt", "document.give", "talk.add",
    }
)  # fmt: skip


class OfComplaint:
    """The policy of a super-complaint and of what belongs to it, by the path that leads to it."""

    def __init__(self, path: str = "") -> None:
        self.path = path

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide by how the actor stands to the super-complaint; what is public is to be read."""
        decision = judge(standing_of(actor, self.complaint_of(subject)))
        is_public = decision.rule == "published"
        return hidden() if is_public and action in OF_THE_BODY else decision

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        before = f"{self.path}__" if self.path else ""
        published = Q(**{f"{before}published_on__isnull": False})
        published = NOTHING if action in OF_THE_BODY else published
        if actor.role == Role.COMPLAINANT:
            return Q(**{f"{before}body__tenant": actor.force_id}) | published
        if actor.role == OFFICER:
            preparing = Q(**{f"{before}state": PREPARING})
            return ~preparing | Q(**{f"{before}is_shared_with_authorities": True})
        return published if actor.role in PUBLIC_ROLES else NOTHING

    def complaint_of(self, subject: Any) -> SuperComplaint:
        """Return the super-complaint that a record belongs to."""
        found = subject
        for name in filter(None, self.path.split("__")):
            found = getattr(found, name)
        return found  # type: ignore[no-any-return]


class PartiesOnly(OfComplaint):
    """As above, but publishing the report opens nothing: for drafts, talks and material."""

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide as for the super-complaint; what is public does not count."""
        decision = super().decide(actor, action, subject, purpose)
        return hidden() if decision.rule == "published" else decision

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        if actor.role == Role.COMPLAINANT:
            return Q(**{f"{self.path}__body__tenant": actor.force_id})
        if actor.role == OFFICER:
            return super().permitted(actor, action, purpose)
        return NOTHING


class AuthoritiesOnly(PartiesOnly):
    """Material of the authorities: the body sees it only where it is marked for the parties.

    Material marked for the lead is the lead authority's alone; a file that somebody gave is open
    to the giver as well.
    """

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide as for the parties, then by who may see this one."""
        seen, complaint = getattr(subject, "seen_by", Document.Seen.AUTHORITIES), None
        giver = getattr(subject, "given_by", None)
        if giver is not None and giver.tenant_id == actor.force_id:
            return Decision(True, "giver", "Your organisation gave it.")
        decision = super().decide(actor, action, subject, purpose)
        if not decision:
            return decision
        complaint = self.complaint_of(subject)
        if seen == Document.Seen.OWN:
            return hidden()
        if actor.role == Role.COMPLAINANT and seen != Document.Seen.PARTIES:
            return hidden()
        if actor.role == OFFICER and seen == Document.Seen.LEAD:
            lead = complaint.lead
            return decision if lead and lead.tenant_id == actor.force_id else _lead_only()
        return decision

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        found = super().permitted(actor, action, purpose)
        if not self.has_marks:
            return NOTHING if actor.role == Role.COMPLAINANT else found
        if actor.role == Role.COMPLAINANT:
            found &= Q(seen_by=Document.Seen.PARTIES)
        if actor.role == OFFICER:
            is_lead = Q(**{f"{self.path}__lead__tenant": actor.force_id})
            found &= ~Q(seen_by=Document.Seen.LEAD) | is_lead
            found &= ~Q(seen_by=Document.Seen.OWN)
        return found | Q(given_by__tenant=actor.force_id) if self.has_givers else found

    def __init__(self, path: str, *, has_marks: bool = False, has_givers: bool = False) -> None:
        super().__init__(path)
        self.has_marks, self.has_givers = has_marks, has_givers


class WhenSent(PartiesOnly):
    """Letters and the full report: the body sees them from the moment they were sent to it."""

    def __init__(self, path: str, sent: str) -> None:
        super().__init__(path)
        self.sent = sent

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide as for the parties; to the body, what was not sent does not exist."""
        decision = super().decide(actor, action, subject, purpose)
        if decision and actor.role == Role.COMPLAINANT and getattr(subject, self.sent) is None:
            return hidden()
        return decision

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        found = super().permitted(actor, action, purpose)
        if actor.role == Role.COMPLAINANT:
            found &= Q(**{f"{self.sent}__isnull": False})
        return found


def _lead_only() -> Decision:
    return Decision(False, "lead-only", "It is kept for the lead authority.")


def standing_of(actor: User, complaint: SuperComplaint) -> Standing:
    """Return how a user stands to a super-complaint."""
    return Standing(
        role=actor.role,
        is_body=complaint.body.tenant_id == actor.force_id,
        state=complaint.state,
        is_shared=complaint.is_shared_with_authorities,
        is_published=complaint.published_on is not None,
    )


OF = "supercomplaint"
policy.register(models.Organisation, Open())
policy.register(models.Designation, Open())
policy.register(SuperComplaint, OfComplaint())
policy.register(models.Feature, OfComplaint(OF))
policy.register(models.Harm, OfComplaint(f"feature__{OF}"))
policy.register(models.Fact, PartiesOnly(f"feature__{OF}"))
policy.register(models.Talk, PartiesOnly(OF))
policy.register(models.EligibilityView, AuthoritiesOnly(OF))
policy.register(models.ProgressLetter, WhenSent(OF, "sent_at"))
policy.register(models.Document, AuthoritiesOnly(OF, has_marks=True, has_givers=True))
policy.register(models.EvidenceEntry, AuthoritiesOnly(OF, has_marks=True))
policy.register(models.Finding, AuthoritiesOnly(OF))
policy.register(models.InvestigationReport, WhenSent(OF, "sent_to_body_on"))
policy.register(models.Section, AuthoritiesOnly(f"report__{OF}"))
policy.register(models.Redaction, AuthoritiesOnly(f"report__{OF}"))
