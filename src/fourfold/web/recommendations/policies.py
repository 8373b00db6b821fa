"""The policies of recommendations and answers: what is issued, one's own, and the collator's."""

from typing import Any, Final

from django.db.models import F, Q

from fourfold.web.recommendations import models
from fourfold.web.supercomplaints.rules.parties import OFFICER, hidden
from fourfold.web.users import policy
from fourfold.web.users.models import User
from fourfold.web.users.policy import Decision

NOTHING: Final = Q(pk__in=[])


class Issued:
    """A recommendation: a draft is the authorities' alone; once issued it is open."""

    def __init__(self, path: str = "") -> None:
        self.path = path

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide by whether it is issued."""
        if actor.role == OFFICER:
            return Decision(True, "authority", "The authorities make recommendations together.")
        found = getattr(subject, self.path) if self.path else subject
        if found.issued_on is None:
            return hidden()
        return Decision(True, "published", "The recommendation is issued.")

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        if actor.role == OFFICER:
            return Q()
        before = f"{self.path}__" if self.path else ""
        return Q(**{f"{before}issued_on__isnull": False})


class Answering:
    """An answer: its own organisation's; sent answers are the collator's and the authorities' too.

    What is published stands on the public site, and other addressees read it there. Where nobody
    signs in for an organisation, the authorities record what it answered in public.
    """

    WRITING: Final = frozenset(
        {"answer.change", "answer.submit", "update.add", "update.change", "answerevidence.add",
         "answer.publish", "plan.change", "plan.publish", "plan.import"}
    )  # fmt: skip
    RECORDING: Final = frozenset({"answer.record", "answer.publish_record"})

    def __init__(self, path: str = "", *, is_plan: bool = False) -> None:
        self.path, self.is_plan = path, is_plan

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide by whose it is and whether it was sent."""
        answer = getattr(subject, self.path) if self.path else subject
        if action in self.RECORDING:
            return self._recording(actor, answer)
        if answer.organisation.tenant_id == actor.force_id:
            return Decision(True, "own-organisation", "It is your own organisation's.")
        if action in self.WRITING:
            return hidden()
        if not self.is_plan and answer.submitted_at is not None and self._may_read(actor, answer):
            return Decision(True, "sent", "It was sent to those who collate the answers.")
        if actor.role == OFFICER and not self.is_plan and answer.organisation.tenant_id is None:
            return Decision(True, "recorded", "The authorities record what it answers in public.")
        return hidden()

    def _recording(self, actor: User, answer: Any) -> Decision:
        if self.is_plan or actor.role != OFFICER:
            return hidden()
        if answer.organisation.tenant_id is None:
            return Decision(True, "recorded", "The authorities record what it answers in public.")
        return Decision(False, "own-people", "Its own people sign in and answer here.")

    def _may_read(self, actor: User, answer: Any) -> bool:
        collator = answer.recommendation.supercomplaint.collator
        return actor.role == OFFICER or bool(collator and collator.tenant_id == actor.force_id)

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        before = f"{self.path}__" if self.path else ""
        unsigned = Q(**{f"{before}organisation__tenant__isnull": True})
        if action in self.RECORDING:
            return NOTHING if self.is_plan or actor.role != OFFICER else unsigned
        own = Q(**{f"{before}organisation__tenant": actor.force_id})
        if action in self.WRITING or self.is_plan:
            return own
        sent = Q(**{f"{before}submitted_at__isnull": False})
        if actor.role == OFFICER:
            return own | sent | unsigned
        collated = {f"{before}recommendation__supercomplaint__collator__tenant": actor.force_id}
        return own | (sent & Q(**collated))


class Reporting:
    """A progress report: the collator or an authority writes it; once published it is open."""

    WRITING: Final = frozenset({"progressreport.write", "progressreport.publish"})

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide by whose it is, who collates, and whether it is published."""
        is_own = subject.organisation.tenant_id == actor.force_id
        is_collator = subject.supercomplaint.collator_id == subject.organisation_id
        if is_own and action in self.WRITING and not (is_collator or actor.role == OFFICER):
            return Decision(False, "not-collator", "The collator or an authority writes it.")
        if is_own:
            return Decision(True, "own-organisation", "It is your own organisation's.")
        if action in self.WRITING or subject.published_at is None:
            return hidden()
        return Decision(True, "published", "The progress report is published.")

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        own = Q(organisation__tenant=actor.force_id)
        if action not in self.WRITING:
            return own | Q(published_at__isnull=False)
        collates = Q(supercomplaint__collator=F("organisation"))
        return own if actor.role == OFFICER else own & collates


policy.register(models.Recommendation, Issued())
policy.register(models.Part, Issued("recommendation"))
policy.register(models.Answer, Answering())
policy.register(models.SentAnswer, Answering("answer"))
policy.register(models.Update, Answering("answer"))
policy.register(models.AnswerEvidence, Answering("answer"))
policy.register(models.Plan, Answering(is_plan=True))
policy.register(models.PlanImport, Answering("plan", is_plan=True))
policy.register(models.ProgressReport, Reporting())
