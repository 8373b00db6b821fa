"""The vocabulary of acts and looks: one for the policy, the ledger and the pages.

A new act is one line here: its name (`thing.verb`), its operation under section 62 of the Data
Protection Act 2018, what the ledger says when it was done, and when it was refused ("was not
allowed to ..."). A line never names anybody or anything; the entry's references do.
"""

from dataclasses import dataclass
from typing import Final, Protocol

OPERATIONS: Final = (
    "collect", "alter", "consult", "disclose", "combine", "erase", "export", "login",
)  # fmt: skip


@dataclass(frozen=True)
class ActKind:
    """The operation of an act, and its wording: done, and asked for but refused."""

    op: str
    sentence: str
    attempt: str

    def __post_init__(self) -> None:
        if self.op not in OPERATIONS:
            raise ValueError(f"{self.op} is not an operation of section 62")


class UnknownActError(ValueError):
    """The act has no line in ACTS."""


class Described(Protocol):
    """What `describe` reads of an entry."""

    act: str
    outcome: str


ACTS: Final[dict[str, ActKind]] = {
    # signing in
    "sign_in.done": ActKind("login", "signed in", "sign in"),
    "sign_in.failed": ActKind("login", "tried to sign in and failed", "sign in"),
    "sign_in.demo": ActKind("login", "signed in by a demonstration link", "sign in by a link"),
    "sign_out.done": ActKind("login", "signed out", "sign out"),
    "session.end": ActKind("login", "ended a session", "end a session"),
    "step_up.done": ActKind("login", "confirmed who they are", "confirm who they are"),
    "step_up.failed": ActKind(
        "login", "tried to confirm who they are and failed", "confirm who they are"
    ),
    "passkey.add": ActKind("login", "added a passkey", "add a passkey"),
    "passkey.remove": ActKind("login", "removed a passkey", "remove a passkey"),
    "api_token.make": ActKind("login", "made a key for a program", "make a key for a program"),
    "api_token.end": ActKind("login", "ended a key of a program", "end a key of a program"),
    "account.open": ActKind("consult", "opened their own account", "open the account"),
    # people who sign in
    "user.list": ActKind("consult", "listed users", "list users"),
    "user.open": ActKind("consult", "opened a user", "open a user"),
    "user.invite": ActKind("collect", "invited a user", "invite a user"),
    "user.change_role": ActKind("alter", "changed a user's role", "change a user's role"),
    "user.close": ActKind("alter", "closed a user's account", "close a user's account"),
    "team.list": ActKind("consult", "listed teams", "list teams"),
    "team.add": ActKind("collect", "added a team", "add a team"),
    "team.change": ActKind("alter", "changed a team", "change a team"),
    "conflict.list": ActKind(
        "consult", "listed declared conflicts of interest", "list conflicts of interest"
    ),
    "conflict.add": ActKind(
        "collect", "declared a conflict of interest", "declare a conflict of interest"
    ),
    "conflict.remove": ActKind(
        "alter", "ended a conflict of interest", "end a conflict of interest"
    ),
    "conflict.clear": ActKind(
        "alter", "cleared a match of a declared interest", "clear a match of a declared interest"
    ),
    "notice.list": ActKind("consult", "listed their own notices", "list their own notices"),
    "notice.close": ActKind("alter", "marked notices as read", "mark notices as read"),
    # reports
    "report.take": ActKind("collect", "took a report", "take a report"),
    "report.list": ActKind("consult", "listed reports", "list reports"),
    "report.open": ActKind("consult", "opened a report", "open a report"),
    "report.change": ActKind("alter", "changed a report", "change a report"),
    "report.match": ActKind(
        "combine", "compared a report with earlier ones", "compare a report with earlier ones"
    ),
    "report.join": ActKind("combine", "joined a report to a case", "join a report to a case"),
    "report.open_case": ActKind(
        "collect", "opened a new case from a report", "open a new case from a report"
    ),
    # the case
    "case.list": ActKind("consult", "listed cases", "list cases"),
    "case.find": ActKind("consult", "looked for a case", "look for a case"),
    "case.open": ActKind("consult", "opened the case", "open the case"),
    "case.open_contact": ActKind(
        "consult", "opened the contact details", "open the contact details"
    ),
    "case.change": ActKind("alter", "changed the case", "change the case"),
    "case.assign": ActKind("alter", "assigned somebody to the case", "assign somebody to the case"),
    "case.unassign": ActKind(
        "alter", "ended an assignment to the case", "end an assignment to the case"
    ),
    "case.seal": ActKind("alter", "sealed or unsealed the case", "seal or unseal the case"),
    "case.break_glass": ActKind(
        "consult",
        "opened the case in an emergency, without an assignment",
        "open the case in an emergency",
    ),
    "case.break_glass_review": ActKind(
        "alter", "reviewed an emergency opening", "review an emergency opening"
    ),
    "case.close": ActKind("alter", "closed or reopened the case", "close or reopen the case"),
    "search.open": ActKind("consult", "opened the search page", "open the search page"),
    "case.looks": ActKind("consult", "read who looked at the case", "read who looked at the case"),
    "search.case": ActKind("consult", "searched the cases", "search the cases"),
    # people and identifiers
    "person.add": ActKind("collect", "added a person", "add a person"),
    "person.change": ActKind("alter", "changed a person", "change a person"),
    "identifier.add": ActKind("collect", "added an identifier", "add an identifier"),
    "identifier.change": ActKind("alter", "changed an identifier", "change an identifier"),
    "attribution.add": ActKind(
        "combine", "attributed an identifier to a person", "attribute an identifier"
    ),
    "attribution.change": ActKind("alter", "changed an attribution", "change an attribution"),
    "place.add": ActKind("collect", "added a place", "add a place"),
    "place.change": ActKind("alter", "changed a place", "change a place"),
    # acts, occasions, course of conduct
    "act.list": ActKind("consult", "listed acts", "list acts"),
    "act.open": ActKind("consult", "opened an act", "open an act"),
    "act.add": ActKind("collect", "recorded an act", "record an act"),
    "act.change": ActKind("alter", "changed an act", "change an act"),
    "act.withdraw": ActKind("alter", "withdrew an act", "withdraw an act"),
    "act.join": ActKind(
        "combine", "joined two accounts of one act", "join two accounts of one act"
    ),
    "act.accept": ActKind("collect", "accepted a proposed act", "accept a proposed act"),
    "act.decline": ActKind("alter", "declined a proposed act", "decline a proposed act"),
    "occasion.list": ActKind("consult", "listed occasions", "list occasions"),
    "occasion.propose": ActKind("combine", "had occasions proposed", "have occasions proposed"),
    "occasion.confirm": ActKind("combine", "confirmed an occasion", "confirm an occasion"),
    "occasion.change": ActKind("alter", "changed an occasion", "change an occasion"),
    "occasion.dissolve": ActKind("alter", "dissolved an occasion", "dissolve an occasion"),
    "course.open": ActKind("consult", "opened the course of conduct", "open the course of conduct"),
    "course.change": ActKind(
        "alter", "changed the course of conduct", "change the course of conduct"
    ),
    "knowledge.add": ActKind("collect", "recorded a knowledge event", "record a knowledge event"),
    "knowledge.change": ActKind("alter", "changed a knowledge event", "change a knowledge event"),
    "crime.add": ActKind("collect", "added a recorded crime", "add a recorded crime"),
    "crime.change": ActKind("alter", "changed a recorded crime", "change a recorded crime"),
    "offence.search": ActKind("consult", "searched by offence", "search by offence"),
    # exhibits and uploads
    "exhibit.list": ActKind("consult", "listed exhibits", "list exhibits"),
    "exhibit.open": ActKind("consult", "opened an exhibit", "open an exhibit"),
    "exhibit.change": ActKind("alter", "changed the record of an exhibit", "change an exhibit"),
    "exhibit.move": ActKind("alter", "recorded a hand-over of an exhibit", "record a hand-over"),
    "exhibit.download": ActKind("export", "downloaded an exhibit", "download an exhibit"),
    "upload.start": ActKind("collect", "started an upload", "start an upload"),
    "upload.part": ActKind("collect", "sent part of an upload", "send part of an upload"),
    "upload.finish": ActKind("collect", "finished an upload", "finish an upload"),
    "upload.abandon": ActKind(
        "erase", "abandoned an unfinished upload", "abandon an unfinished upload"
    ),
    "upload.refuse": ActKind("collect", "had an upload refused", "have an upload refused"),
    "authority.add": ActKind("collect", "recorded an authority", "record an authority"),
    "authority.change": ActKind("alter", "changed an authority", "change an authority"),
    "expiry.list": ActKind(
        "consult", "listed evidence that may expire", "list evidence that may expire"
    ),
    "expiry.add": ActKind("collect", "recorded evidence that may expire", "record a clock"),
    "expiry.ask": ActKind("alter", "recorded that evidence was asked for", "record a request"),
    "expiry.receive": ActKind("alter", "recorded that evidence was received", "record a receipt"),
    "expiry.waive": ActKind(
        "alter", "recorded why evidence is not asked for", "record why evidence is not asked for"
    ),
    # runs of the engine, findings, packages
    "run.list": ActKind("consult", "listed runs", "list runs"),
    "run.open": ActKind("consult", "opened a run", "open a run"),
    "run.start": ActKind("combine", "started a run", "start a run"),
    "run.cancel": ActKind("alter", "cancelled a run", "cancel a run"),
    "run.finish": ActKind("combine", "finished a run", "finish a run"),
    "run.fail": ActKind("combine", "had a run fail", "have a run fail"),
    "finding.list": ActKind("consult", "listed findings", "list findings"),
    "finding.open": ActKind("consult", "opened a finding", "open a finding"),
    "finding.trace": ActKind(
        "consult", "traced a finding to its rows", "trace a finding to its rows"
    ),
    "workbook.open": ActKind("consult", "opened the workbook", "open the workbook"),
    "package.download": ActKind("export", "downloaded a package", "download a package"),
    "proposal.list": ActKind("consult", "listed proposed acts", "list proposed acts"),
    "proposal.make": ActKind("combine", "had acts proposed", "have acts proposed"),
    # oversight
    "ledger.read": ActKind("consult", "read the ledger", "read the ledger"),
    "ledger.export": ActKind("export", "exported the ledger", "export the ledger"),
    "ledger.head": ActKind("export", "exported the head of the ledger", "export the head"),
    "signal.list": ActKind("consult", "listed signs of misuse", "list signs of misuse"),
    "signal.review": ActKind("alter", "reviewed a sign of misuse", "review a sign of misuse"),
    "export.csv": ActKind("export", "exported a table", "export a table"),
    # super-complaints: who may complain
    "organisation.list": ActKind(
        "consult", "read the register of organisations", "read the register of organisations"
    ),
    "organisation.add": ActKind("collect", "added an organisation", "add an organisation"),
    "organisation.change": ActKind("alter", "changed an organisation", "change an organisation"),
    "designation.list": ActKind("consult", "read who is designated", "read who is designated"),
    "designation.add": ActKind("collect", "recorded a designation", "record a designation"),
    "designation.change": ActKind("alter", "changed a designation", "change a designation"),
    "designation.revoke": ActKind(
        "alter", "recorded that a designation was revoked", "record a revocation"
    ),
    # super-complaints: the complaint and the decision
    "supercomplaint.list": ActKind("consult", "listed super-complaints", "list super-complaints"),
    "supercomplaint.open": ActKind("consult", "opened a super-complaint", "open a super-complaint"),
    "supercomplaint.draft": ActKind(
        "collect", "began to draft a super-complaint", "draft a super-complaint"
    ),
    "supercomplaint.record": ActKind(
        "collect", "recorded a super-complaint from public sources", "record a super-complaint"
    ),
    "supercomplaint.change": ActKind(
        "alter", "changed a super-complaint", "change a super-complaint"
    ),
    "supercomplaint.share": ActKind(
        "disclose", "shared a draft with the authorities, or took it back", "share a draft"
    ),
    "supercomplaint.submit": ActKind(
        "disclose", "submitted a super-complaint", "submit a super-complaint"
    ),
    "supercomplaint.receipt": ActKind(
        "export", "took the receipt of a super-complaint", "take the receipt"
    ),
    "talk.add": ActKind("collect", "recorded a talk before submission", "record a talk"),
    "supercomplaint.acknowledge": ActKind(
        "alter", "acknowledged a super-complaint", "acknowledge a super-complaint"
    ),
    "eligibilityview.list": ActKind(
        "consult", "read the authorities' views on eligibility", "read the authorities' views"
    ),
    "eligibilityview.record": ActKind(
        "collect", "recorded an authority's view on eligibility", "record a view on eligibility"
    ),
    "supercomplaint.decide": ActKind(
        "alter", "recorded the joint decision on eligibility", "record the decision on eligibility"
    ),
    # super-complaints: the investigation and its report
    "supercomplaint.lead": ActKind("alter", "named the lead authority", "name the lead authority"),
    "supercomplaint.collator": ActKind(
        "disclose", "named who collates the answers", "name who collates the answers"
    ),
    "supercomplaint.interval": ActKind(
        "alter", "set how often progress is reported", "set how often progress is reported"
    ),
    "progressletter.open": ActKind(
        "consult", "read a progress report to the body", "read a progress report"
    ),
    "progressletter.write": ActKind(
        "alter", "wrote a draft of a progress report", "write a progress report"
    ),
    "progressletter.send": ActKind(
        "disclose", "sent a progress report to the body", "send a progress report"
    ),
    "evidenceentry.list": ActKind("consult", "read the evidence log", "read the evidence log"),
    "evidenceentry.open": ActKind(
        "consult", "opened a line of the evidence log", "open the evidence log"
    ),
    "evidenceentry.add": ActKind(
        "collect", "added a line to the evidence log", "add to the evidence log"
    ),
    "evidenceentry.change": ActKind(
        "alter", "changed a line of the evidence log", "change the evidence log"
    ),
    "document.give": ActKind("collect", "gave a document as evidence", "give a document"),
    "document.add": ActKind("collect", "added a document", "add a document"),
    "document.open": ActKind("consult", "opened the record of a document", "open a document"),
    "document.download": ActKind("export", "downloaded a document", "download a document"),
    "document.move": ActKind("alter", "recorded a hand-over of a document", "record a hand-over"),
    "finding.record": ActKind(
        "collect", "recorded a finding of the investigation", "record a finding"
    ),
    "finding.list_of_complaint": ActKind(
        "consult", "read the findings of the investigation", "read the findings"
    ),
    "supercomplaint.conclude": ActKind(
        "alter", "concluded an investigation", "conclude an investigation"
    ),
    "investigationreport.open": ActKind(
        "consult", "opened the full report", "open the full report"
    ),
    "investigationreport.change": ActKind("alter", "changed the report", "change the report"),
    "investigationreport.agree": ActKind(
        "alter", "recorded that the authorities agree the report", "agree the report"
    ),
    "investigationreport.send": ActKind(
        "disclose", "sent the full report to the body", "send the full report to the body"
    ),
    "redaction.add": ActKind("alter", "marked words to be withheld", "mark words to be withheld"),
    "redaction.remove": ActKind(
        "alter", "unmarked words to be withheld", "unmark words to be withheld"
    ),
    "publication.check": ActKind(
        "consult", "checked what would be published", "check what would be published"
    ),
    "investigationreport.publish": ActKind(
        "disclose", "published the report", "publish the report"
    ),
    "supercomplaint.publish": ActKind(
        "disclose", "published the record of a super-complaint", "publish the record"
    ),
    "supercomplaint.move_on": ActKind(
        "alter", "moved a super-complaint to its next state", "move a super-complaint on"
    ),
    # surveys of forces
    "survey.list": ActKind("consult", "listed surveys", "list surveys"),
    "survey.open": ActKind("consult", "opened a survey", "open a survey"),
    "survey.change": ActKind("alter", "changed a survey", "change a survey"),
    "survey.start": ActKind("disclose", "opened a survey to forces", "open a survey to forces"),
    "survey.remind": ActKind(
        "disclose", "reminded forces of a survey", "remind forces of a survey"
    ),
    "survey.close": ActKind("alter", "closed a survey", "close a survey"),
    "survey.analyse": ActKind(
        "combine", "read the analysis of a survey", "read the analysis of a survey"
    ),
    "survey.publish": ActKind("disclose", "published a survey", "publish a survey"),
    "surveyreply.open": ActKind(
        "consult", "opened a reply to a survey", "open a reply to a survey"
    ),
    "surveyreply.change": ActKind(
        "alter", "wrote in a reply to a survey", "write in a reply to a survey"
    ),
    "surveyreply.sign": ActKind(
        "alter", "signed off a reply to a survey", "sign off a reply to a survey"
    ),
    "surveyreply.amend": ActKind(
        "alter", "amended a reply after the survey closed", "amend a reply"
    ),
    # recommendations, answers, plans
    "recommendation.list": ActKind("consult", "listed recommendations", "list recommendations"),
    "recommendation.open": ActKind("consult", "opened a recommendation", "open a recommendation"),
    "recommendation.draft": ActKind(
        "collect", "drafted a recommendation", "draft a recommendation"
    ),
    "recommendation.change": ActKind(
        "alter", "changed a recommendation", "change a recommendation"
    ),
    "recommendation.issue": ActKind("disclose", "issued recommendations", "issue recommendations"),
    "matrix.open": ActKind("consult", "opened the matrix", "open the matrix"),
    "answer.list": ActKind("consult", "listed answers", "list answers"),
    "answer.open": ActKind("consult", "opened an answer", "open an answer"),
    "answer.change": ActKind("alter", "changed an answer", "change an answer"),
    "answer.submit": ActKind("disclose", "sent an answer", "send an answer"),
    "answer.publish": ActKind("disclose", "published an answer", "publish an answer"),
    "answer.record": ActKind(
        "collect", "recorded a public answer of an addressee", "record a public answer"
    ),
    "answer.publish_record": ActKind(
        "disclose", "published the record of a public answer", "publish the record of an answer"
    ),
    "answer.remind": ActKind("disclose", "reminded an addressee", "remind an addressee"),
    "update.add": ActKind("collect", "added an update to an answer", "add an update"),
    "update.change": ActKind("alter", "changed an update of an answer", "change an update"),
    "answerevidence.add": ActKind(
        "collect", "attached evidence to an answer", "attach evidence to an answer"
    ),
    "letter.make": ActKind("export", "built a letter from the record", "build a letter"),
    "plan.open": ActKind("consult", "opened an action plan", "open an action plan"),
    "plan.change": ActKind("alter", "changed an action plan", "change an action plan"),
    "plan.publish": ActKind("disclose", "published an action plan", "publish an action plan"),
    "plan.export": ActKind("export", "exported an action plan", "export an action plan"),
    "plan.import": ActKind(
        "collect", "took an action plan in from a table", "take in an action plan"
    ),
    "progressreport.list": ActKind("consult", "listed progress reports", "list progress reports"),
    "progressreport.open": ActKind("consult", "opened a progress report", "open a progress report"),
    "progressreport.write": ActKind(
        "combine", "wrote a progress report", "write a progress report"
    ),
    "progressreport.publish": ActKind(
        "disclose", "published a progress report", "publish a progress report"
    ),
    # measures, practices, services
    "measure.list": ActKind("consult", "listed measures", "list measures"),
    "measure.open": ActKind("consult", "opened a measure", "open a measure"),
    "measure.compute": ActKind("combine", "computed a measure", "compute a measure"),
    "figure.list": ActKind("consult", "listed figures", "list figures"),
    "figure.open": ActKind("consult", "opened a figure with its rows", "open a figure with rows"),
    "figure.sign": ActKind("alter", "signed a figure", "sign a figure"),
    "figure.publish": ActKind("disclose", "published a figure", "publish a figure"),
    "practice.list": ActKind("consult", "read the practice bank", "read the practice bank"),
    "practice.open": ActKind("consult", "opened a practice", "open a practice"),
    "practice.add": ActKind("collect", "added a practice", "add a practice"),
    "practice.change": ActKind("alter", "changed a practice", "change a practice"),
    "practice.publish": ActKind("disclose", "published a practice", "publish a practice"),
    "adoption.open": ActKind("consult", "opened the adoption of a practice", "open an adoption"),
    "adoption.change": ActKind(
        "alter", "recorded the adoption of a practice", "record an adoption"
    ),
    "adoption.publish": ActKind(
        "disclose", "published the adoption of a practice", "publish an adoption"
    ),
    "service.list": ActKind("consult", "listed support services", "list support services"),
    "service.change": ActKind(
        "alter", "changed the directory of support services", "change the directory"
    ),
    "service.publish": ActKind(
        "disclose", "published the directory of support services", "publish the directory"
    ),
    "site.publish": ActKind("disclose", "wrote the public site", "write the public site"),
    # the instance
    "backup.make": ActKind("export", "made a backup", "make a backup"),
    "backup.restore": ActKind("alter", "restored a backup", "restore a backup"),
    "instance.prepare": ActKind("alter", "prepared this instance", "prepare this instance"),
}


def kind_of(act: str) -> ActKind:
    """Return the line of an act.

    Raises:
        UnknownActError: there is none.
    """
    try:
        return ACTS[act]
    except KeyError:
        raise UnknownActError("this act has no line in accountability/acts.py") from None


def describe(entry: Described) -> str:
    """Return what an entry says, to stand after who: "opened the case"."""
    kind = ACTS.get(entry.act)
    if kind is None:  # a word of an older version, kept in the ledger
        return f"did what was then called {entry.act}"
    if entry.outcome == "refused":
        return f"was not allowed to {kind.attempt}"
    return kind.sentence
