"""Who may read what the ledger holds: the own force's entries, and who looked at a case."""

from django.db.models import Q

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.cases.policies import CASE, interests_met
from fourfold.web.cases.rules.need_to_know import no, yes
from fourfold.web.oversight.models import CaseLooks, SignalReview
from fourfold.web.users import policy
from fourfold.web.users.models import Role, User
from fourfold.web.users.policy import Decision, OwnForce

NO_FORCE = ""  # failed sign-ins and commands at the server: nobody's force


class LedgerPolicy:
    """The policy of an entry: the own force's, and those of the instance that are nobody's."""

    def decide(self, actor: User, action: str, subject: LedgerEntry, purpose: str = "") -> Decision:
        """Decide by the force that the entry names."""
        if subject.force_ref == actor.force.ref:
            return Decision(True, "own-force", "It is an entry of your force.")
        if subject.force_ref == NO_FORCE:
            return Decision(True, "no-force", "Nobody was signed in, or a command was run.")
        return Decision(False, "other-force", "There is no such entry.", is_other_force=True)

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the same as a condition."""
        return Q(force_ref__in=(actor.force.ref, NO_FORCE))


class CaseLooksPolicy:
    """The policy of the looks at a case.

    An auditor reads them for every case of the force. The supervisor of its team and the single
    point of contact read them as they may open the case: not where it is sealed and they are not
    assigned by name. A declared interest closes them to everybody.
    """

    def decide(self, actor: User, action: str, subject: CaseLooks, purpose: str = "") -> Decision:
        """Decide by the first rule that speaks."""
        if subject.force_id != actor.force_id:
            return no("other-force")
        if actor.role != Role.AUDITOR:
            return CASE.decide(actor, action, subject, purpose)
        if interests_met(subject).filter(user=actor).exists():
            return no("declared-interest")
        return yes("auditor")

    def permitted(self, actor: User, action: str, purpose: str = "") -> Q:
        """Return the same as a condition."""
        if actor.role != Role.AUDITOR:
            return CASE.permitted(actor, action, purpose)
        return CASE.permitted(actor, "case.break_glass_review", purpose)


policy.register(LedgerEntry, LedgerPolicy())
policy.register(SignalReview, OwnForce("force", lambda review: review.force_id))
policy.register(CaseLooks, CaseLooksPolicy())
