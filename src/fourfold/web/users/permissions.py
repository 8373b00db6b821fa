"""Which role may do what at all. On which objects, the policies say."""

from fourfold.web.users.models import Role

_SEE_CASES = {"case.list", "case.find", "case.open", "search.case", "offence.search"}
_SEE_INSIDE = {
    "act.list", "act.open", "occasion.list", "course.open", "exhibit.list", "exhibit.open",
    "expiry.list", "run.list", "run.open", "finding.list", "finding.open", "finding.trace",
    "workbook.open", "proposal.list", "export.csv",
}  # fmt: skip
_CARRY_CASE = {
    "case.change", "case.open_contact", "case.close", "case.break_glass",
    "person.add", "person.change", "identifier.add", "identifier.change",
    "attribution.add", "attribution.change", "place.add", "place.change",
    "act.add", "act.change", "act.withdraw", "act.join", "act.accept", "act.decline",
    "occasion.propose", "occasion.confirm", "occasion.change", "occasion.dissolve",
    "course.change", "knowledge.add", "knowledge.change", "crime.add", "crime.change",
    "exhibit.change", "exhibit.move", "exhibit.download", "upload.start", "upload.part",
    "upload.finish", "upload.abandon", "authority.add", "authority.change",
    "expiry.add", "expiry.ask", "expiry.receive", "expiry.waive", "run.start", "run.cancel",
    "package.download", "proposal.make",
}  # fmt: skip
_REPORTS = {
    "report.take", "report.list", "report.open", "report.change", "report.match",
    "report.join", "report.open_case",
}  # fmt: skip
_OWN = {
    "conflict.list", "conflict.add", "conflict.remove", "passkey.add", "passkey.remove",
    "session.end", "account.open", "api_token.make", "api_token.end", "notice.list", "notice.close",
}  # fmt: skip
_SUPERVISE = {
    "case.assign", "case.unassign", "case.seal", "case.break_glass_review", "conflict.clear",
}  # fmt: skip
_READ_RECORD = {
    "organisation.list", "designation.list", "supercomplaint.list", "supercomplaint.open",
    "recommendation.list", "recommendation.open", "matrix.open", "measure.list", "measure.open",
    "figure.list",
    "practice.list", "practice.open", "progressreport.list", "progressreport.open", "export.csv",
}  # fmt: skip
_COMPLAIN = {
    "supercomplaint.draft", "supercomplaint.change", "supercomplaint.share",
    "supercomplaint.submit", "supercomplaint.receipt", "document.give", "document.open",
    "document.download", "talk.add", "progressletter.open",
    "evidenceentry.list", "evidenceentry.open", "investigationreport.open",
}  # fmt: skip
_DECIDE = {
    "organisation.add", "organisation.change", "designation.add", "designation.change",
    "designation.revoke", "talk.add", "supercomplaint.record", "supercomplaint.acknowledge",
    "supercomplaint.receipt", "eligibilityview.record", "eligibilityview.list",
    "supercomplaint.decide", "supercomplaint.lead", "supercomplaint.collator",
    "supercomplaint.interval",
    "progressletter.write", "investigationreport.send",
    "progressletter.send", "progressletter.open", "evidenceentry.list", "evidenceentry.open",
    "evidenceentry.add", "evidenceentry.change", "document.add", "document.open",
    "document.download", "document.move", "finding.record", "finding.list_of_complaint",
    "supercomplaint.conclude", "investigationreport.open", "investigationreport.change",
    "investigationreport.agree", "investigationreport.publish", "redaction.add",
    "redaction.remove", "supercomplaint.publish", "supercomplaint.move_on",
    "survey.list", "survey.open", "survey.change", "survey.start", "survey.remind",
    "survey.close", "survey.analyse", "survey.publish", "surveyreply.open",
    "surveyreply.change", "surveyreply.sign", "surveyreply.amend",
    "recommendation.draft", "recommendation.change", "recommendation.issue", "answer.list",
    "answer.open", "answer.record", "answer.publish_record", "answer.remind", "letter.make",
    "progressreport.write",
    "progressreport.publish", "practice.add", "practice.change", "practice.publish",
    "adoption.open", "service.list", "service.change", "service.publish",
    "publication.check",
}  # fmt: skip
_RESPOND = {
    "survey.list", "surveyreply.open", "surveyreply.change", "surveyreply.sign",
    "surveyreply.amend", "answer.list", "answer.open", "answer.change", "answer.submit",
    "answer.publish", "update.add", "update.change", "answerevidence.add", "document.open",
    "document.download", "plan.open", "plan.change", "plan.publish", "plan.export",
    "plan.import", "letter.make", "adoption.open", "adoption.change", "adoption.publish",
    "measure.compute", "figure.open", "figure.sign", "figure.publish", "progressreport.write",
    "progressreport.publish",
}  # fmt: skip

ROLE_MAY: dict[str, frozenset[str]] = {
    Role.INVESTIGATOR: frozenset(_OWN | _SEE_CASES | _SEE_INSIDE | _CARRY_CASE | _REPORTS),
    Role.SUPERVISOR: frozenset(
        _OWN | _SEE_CASES | _SEE_INSIDE | _CARRY_CASE | _REPORTS | _SUPERVISE
        | {"signal.list", "user.list", "team.list", "case.looks"}
        | _READ_RECORD
        | {"measure.compute", "figure.open", "figure.sign"}
    ),
    Role.SINGLE_POINT_OF_CONTACT: frozenset(
        _OWN | _SEE_CASES | _SEE_INSIDE | _CARRY_CASE | _REPORTS | {"case.assign", "case.looks"}
    ),
    Role.ADVOCATE: frozenset(
        _OWN
        | {"case.list", "case.open", "case.open_contact", "act.list", "act.open", "act.add",
           "occasion.list", "course.open", "expiry.list", "export.csv"}
    ),
    Role.ANALYST: frozenset(
        _OWN | _SEE_CASES | _SEE_INSIDE
        | {"attribution.add", "attribution.change", "identifier.add", "upload.start",
           "upload.part", "upload.finish", "upload.abandon", "exhibit.change", "run.start",
           "run.cancel", "proposal.make", "occasion.propose", "package.download",
           "case.break_glass"}
    ),
    Role.AUDITOR: frozenset(
        _OWN
        | {"ledger.read", "ledger.export", "ledger.head", "signal.list", "signal.review",
           "user.list", "user.open", "team.list", "case.break_glass_review", "export.csv",
           "case.looks", "figure.open"}
        | _READ_RECORD
    ),
    Role.ADMINISTRATOR: frozenset(
        _OWN
        | {"user.list", "user.open", "user.invite", "user.change_role", "user.close",
           "team.list", "team.add", "team.change", "ledger.head"}
    ),
    Role.COMPLAINANT: frozenset(_OWN | _READ_RECORD | _COMPLAIN),
    Role.COMPLAINTS_OFFICER: frozenset(_OWN | _READ_RECORD | _DECIDE),
    Role.RESPONDER: frozenset(_OWN | _READ_RECORD | _RESPOND),
}  # fmt: skip


def may(role: str, action: str) -> bool:
    """Return whether a role includes an action at all."""
    return action in ROLE_MAY.get(role, frozenset())
