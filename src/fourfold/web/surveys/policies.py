"""The policies of surveys: the authorities make them; a force sees its own reply.

The draft of a reply is the force's own until it is signed off; the authorities see how far it is,
not what it says. The body that complained sees nothing here: what is published is public.
"""

from typing import Any, Final

from django.db.models import Q

from fourfold.web.supercomplaints.policies import OfComplaint
from fourfold.web.supercomplaints.rules.parties import OFFICER, hidden
from fourfold.web.surveys import models
from fourfold.web.surveys.models import Survey, SurveyReply
from fourfold.web.users import policy
from fourfold.web.users.models import Role, User
from fourfold.web.users.policy import Decision

NOTHING: Final = Q(pk__in=[])
WRITING: Final = frozenset({"surveyreply.change", "surveyreply.sign"})
AMENDING: Final = "surveyreply.amend"
AUTHORITY: Final = Decision(True, "authority", "The authorities investigate together.")
OWN: Final = Decision(True, "own-reply", "It is your own organisation's reply.")
ASKED: Final = Decision(True, "asked", "Your organisation is asked.")
DRAFT: Final = Decision(
    False, "draft-of-force", "The force has not signed off its reply. Until then it is its own."
)
NOT_ENTERED: Final = Decision(
    False, "reply-of-force", "Only the force writes in its reply, unless it came on paper."
)
ENTERED: Final = Decision(
    False, "entered-by-authority", "The authority enters this reply for you. Ask it for a change."
)


def _path(*parts: str) -> str:
    return "__".join(filter(None, parts))


class OfSurvey:
    """A survey and its questions: the authorities, and who is asked once it is open."""

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.complaint = OfComplaint(_path(path, "supercomplaint"))

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide by who asks and who is asked."""
        if actor.role == OFFICER:
            return AUTHORITY if self.complaint.decide(actor, action, subject, purpose) else hidden()
        survey = subject
        for name in filter(None, self.path.split("__")):
            survey = getattr(survey, name)
        if actor.role != Role.RESPONDER or survey.state == Survey.State.DRAFT:
            return hidden()
        is_asked = survey.replies.filter(organisation__tenant=actor.force_id).exists()
        return ASKED if is_asked else hidden()

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        if actor.role == OFFICER:
            return self.complaint.permitted(actor, action, purpose)
        if actor.role != Role.RESPONDER:
            return NOTHING
        own = SurveyReply.objects.filter(organisation__tenant=actor.force_id)
        asked = own.exclude(survey__state=Survey.State.DRAFT).values("survey")
        return Q(**{f"{_path(self.path, 'pk')}__in": asked})


class OfReply:
    """A reply and what belongs to it."""

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.complaint = OfComplaint(_path(path, "survey__supercomplaint"))

    def decide(self, actor: User, action: str, subject: Any, purpose: str) -> Decision:
        """Decide by whose reply it is, and how far it is."""
        reply: SurveyReply = getattr(subject, self.path) if self.path else subject
        if actor.role == OFFICER:
            if not self.complaint.decide(actor, action, subject, purpose):
                return hidden()
            return self._officer(action, reply)
        is_own = reply.organisation.tenant_id == actor.force_id
        if actor.role != Role.RESPONDER or not is_own or reply.survey.state == Survey.State.DRAFT:
            return hidden()
        return ENTERED if action in WRITING and reply.is_entered_by_authority else OWN

    def _officer(self, action: str, reply: SurveyReply) -> Decision:
        if reply.is_entered_by_authority:
            return AUTHORITY
        if action in WRITING or action == AMENDING:
            return NOT_ENTERED
        return AUTHORITY if reply.state == SurveyReply.State.SIGNED else DRAFT

    def permitted(self, actor: User, action: str, purpose: str) -> Q:
        """Return the same as a condition."""
        entered = Q(**{_path(self.path, "is_entered_by_authority"): True})
        if actor.role == OFFICER:
            found = self.complaint.permitted(actor, action, purpose)
            if action in WRITING or action == AMENDING:
                return found & entered
            return found & (entered | Q(**{_path(self.path, "state"): SurveyReply.State.SIGNED}))
        if actor.role != Role.RESPONDER:
            return NOTHING
        own = Q(**{_path(self.path, "organisation__tenant"): actor.force_id})
        own &= ~Q(**{_path(self.path, "survey__state"): Survey.State.DRAFT})
        return own & ~entered if action in WRITING else own


policy.register(models.Survey, OfSurvey())
policy.register(models.SurveySection, OfSurvey("survey"))
policy.register(models.Question, OfSurvey("section__survey"))
policy.register(models.SurveyReply, OfReply())
policy.register(models.ReplyAnswer, OfReply("reply"))
policy.register(models.ReplyFile, OfReply("reply"))
