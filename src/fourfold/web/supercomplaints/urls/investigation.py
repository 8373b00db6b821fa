"""The investigation: evidence log, progress reports to the body, findings, the report: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.supercomplaints.views import evidence, findings, letters, redactions, reports

OF = "super-complaints/<str:supercomplaint_ref>/"
LETTER = OF + "progress/<str:progressletter_ref>/"
FINDING = OF + "findings/<str:finding_ref>/"
REPORT = OF + "report/"
SECTION = REPORT + "sections/<str:section_ref>/"
ENTRY = OF + "evidence/<str:evidenceentry_ref>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(OF + "evidence/", evidence.evidence_list, name="evidence"),
    path(OF + "evidence.csv", evidence.evidence_csv, name="evidence_csv"),
    path(OF + "evidence/new/", evidence.evidence_new, name="evidence_new"),
    path(ENTRY, evidence.evidence_entry, name="evidence_entry"),
    path(ENTRY + "change/", evidence.evidence_change, name="evidence_change"),
    path(OF + "progress/", letters.progress, name="progress"),
    path(OF + "progress/lead/", letters.lead, name="lead"),
    path(OF + "progress/collator/", letters.collator, name="collator"),
    path(OF + "progress/interval/", letters.interval, name="interval"),
    path(OF + "progress/new/", letters.letter_new, name="letter_new"),
    path(LETTER, letters.letter, name="letter"),
    path(LETTER + "change/", letters.letter_change, name="letter_change"),
    path(LETTER + "send/", letters.letter_send, name="letter_send"),
    path(OF + "findings/", findings.finding_list, name="findings"),
    path(OF + "findings/new/", findings.finding_new, name="finding_new"),
    path(FINDING + "change/", findings.finding_change, name="finding_change"),
    path(FINDING + "remove/", findings.finding_remove, name="finding_remove"),
    path(REPORT, reports.report, name="report"),
    path(REPORT + "begin/", reports.report_begin, name="report_begin"),
    path(REPORT + "title/", reports.title, name="report_title"),
    path(REPORT + "sections/new/", reports.section_new, name="section_new"),
    path(SECTION + "change/", reports.section_change, name="section_change"),
    path(SECTION + "fill/", reports.section_fill, name="section_fill"),
    path(SECTION + "move/", reports.section_move, name="section_move"),
    path(SECTION + "remove/", reports.section_remove, name="section_remove"),
    path(SECTION + "versions/", reports.section_versions, name="section_versions"),
    path(REPORT + "agree/", reports.agree, name="report_agree"),
    path(REPORT + "send/", reports.send_full, name="report_send"),
    path(REPORT + "full.pdf", reports.full_pdf, name="report_full"),
    path(REPORT + "conclude/", reports.conclude, name="conclude"),
    path(REPORT + "redactions/", redactions.redaction_list, name="redactions"),
    path(
        REPORT + "redactions/<str:redaction_ref>/remove/",
        redactions.redaction_remove,
        name="redaction_remove",
    ),
    path(REPORT + "check/", redactions.check, name="report_check"),
    path(REPORT + "publish/", redactions.publish, name="report_publish"),
]
