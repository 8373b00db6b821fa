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

ROLE_MAY: dict[str, frozenset[str]] = {
    Role.INVESTIGATOR: frozenset(_OWN | _SEE_CASES | _SEE_INSIDE | _CARRY_CASE | _REPORTS),
    Role.SUPERVISOR: frozenset(
        _OWN | _SEE_CASES | _SEE_INSIDE | _CARRY_CASE | _REPORTS | _SUPERVISE
        | {"signal.list", "user.list", "team.list", "case.looks"}
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
           "case.looks"}
    ),
    Role.ADMINISTRATOR: frozenset(
        _OWN
        | {"user.list", "user.open", "user.invite", "user.change_role", "user.close",
           "team.list", "team.add", "team.change", "ledger.head"}
    ),
}  # fmt: skip


def may(role: str, action: str) -> bool:
    """Return whether a role includes an action at all."""
    return action in ROLE_MAY.get(role, frozenset())
