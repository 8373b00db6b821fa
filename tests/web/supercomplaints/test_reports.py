"""super-complaints.md section 4, report: four contents, agreed by all, withheld everywhere."""

import io
import json
import warnings
import zlib
from datetime import date
from typing import Any

import pypdf
import pytest
from django.http import Http404
from django.utils import timezone

from fourfold.web.publication.content import Section as Public
from fourfold.web.publication.models import Current, PublicFile, Published
from fourfold.web.supercomplaints import reports as hook
from fourfold.web.supercomplaints.actions import findings, publishing_report, redactions, reports
from fourfold.web.supercomplaints.actions.evidence import EntryFacts, add_entry
from fourfold.web.supercomplaints.actions.findings import FindingFacts
from fourfold.web.supercomplaints.actions.redactions import RedactionFacts
from fourfold.web.supercomplaints.actions.reports import SectionFacts
from fourfold.web.supercomplaints.errors import (
    GuardError,
    NotFromHereError,
    NotNowError,
    ReportError,
    WithheldFoundError,
)
from fourfold.web.supercomplaints.models import InvestigationReport, Section, Step
from fourfold.web.supercomplaints.rules.report import checklist
from fourfold.web.supercomplaints.selectors import contents, withholding
from fourfold.web.supercomplaints.selectors import reports as selectors
from fourfold.web.users import access
from lib.investigations import Investigation, make

pytestmark = pytest.mark.django_db
SECRETS = ("Ada Quillon", "07700 900 461", "safe house at Wren Lodge")


@pytest.fixture
def world() -> Investigation:
    return make()


@pytest.fixture
def report(world: Investigation) -> InvestigationReport:
    """A report with its four contents and three secrets in every kind of place."""
    actor, complaint = world.chief, world.complaint
    feature = complaint.features.get(number=1)
    feature.text = f"{feature.text} {SECRETS[0]} wrote twice."
    feature.save()
    entry = add_entry(
        actor=actor,
        supercomplaint=complaint,
        facts=EntryFacts("interview", date(2024, 4, 2), f"Interview with {SECRETS[0]}"),
    )
    findings.keep_finding(
        actor=actor,
        supercomplaint=complaint,
        facts=FindingFacts(
            f"Nobody rang {SECRETS[1]}.", "ADA  QUILLON’s file says so.", [feature], [entry]
        ),
    )
    kept = reports.begin_report(
        actor=actor, supercomplaint=complaint, title="What became of Ada Quillon’s reports"
    )
    for kind, text in (
        ("action", "We will visit the safe\nhouse at Wren Lodge.\n\nIt was Ada\n\nQuillon again."),
        ("recommendations", "Forces should answer. Call 07700900461."),
    ):
        section = kept.sections.get(kind=kind)
        reports.keep_section(
            actor=actor,
            report=kept,
            section=section,
            facts=SectionFacts(kind, section.heading, text),
        )
    for quote in SECRETS:
        redactions.add_redaction(
            actor=actor, report=kept, facts=RedactionFacts(quote, "safety", "She may be found.")
        )
    return kept


def agree(world: Investigation, report: InvestigationReport) -> None:
    for officer in world.officers.values():
        reports.agree_report(actor=officer, report=report)


def publish(world: Investigation, report: InvestigationReport) -> None:
    reports.conclude(actor=world.chief, supercomplaint=world.complaint, on=timezone.localdate())
    agree(world, report)
    publishing_report.publish_report(actor=world.chief, report=report)


def plain(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


def text_of(pdf: bytes) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        kept = [str(reader.metadata), *(page.extract_text() for page in reader.pages)]
        return "\n".join([*kept, str(reader.outline)])


def streams(pdf: bytes) -> list[bytes]:
    found = [pdf]
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            found.append(part)
    return found


def test_reg_8_a_report_has_four_contents() -> None:
    items = checklist([("steps", "We met."), ("conclusions", " "), ("other", "x")])
    assert [(item.kind, item.is_there) for item in items] == [
        ("steps", True),
        ("conclusions", False),
        ("action", False),
        ("recommendations", False),
    ]
    assert {item.said.basis for item in items} == {"law"}


def test_reg_8_the_record_fills_steps_and_conclusions(report: InvestigationReport) -> None:
    texts = dict(report.sections.values_list("kind", "text"))
    assert "8 January 2024: Made." in texts["steps"]
    assert "Interview, 2 April 2024: Interview with Ada Quillon" in texts["steps"]
    assert "1 finding" in texts["conclusions"]


def test_reg_8_a_report_that_lacks_a_content_is_not_agreed(
    world: Investigation, report: InvestigationReport
) -> None:
    section = report.sections.get(kind="action")
    facts = SectionFacts("action", section.heading)
    reports.keep_section(actor=world.chief, report=report, section=section, facts=facts)
    with pytest.raises(ReportError, match="Further action"):
        reports.agree_report(actor=world.chief, report=report)


def test_reg_8_all_authorities_agree_the_same_words(
    world: Investigation, report: InvestigationReport
) -> None:
    chief, general, college = world.officers.values()
    reports.agree_report(actor=chief, report=report)
    with pytest.raises(ReportError, match="already"):
        reports.agree_report(actor=chief, report=report)
    reports.agree_report(actor=general, report=report)
    assert report.state == "draft"
    reports.agree_report(actor=college, report=report)
    assert report.state == "agreed"
    reports.change_title(actor=chief, report=report, title="Other words")
    report.refresh_from_db()
    assert (report.state, selectors.is_agreed(report)) == ("draft", False)
    assert all(each.is_of_other_words for each in selectors.agreements_of(report))


def test_a_part_of_an_app_above_stands_in_the_report_and_is_withheld_from(
    report: InvestigationReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "_BUILDERS", {})
    hook.register_part("recommendations", lambda _: (Public("1", ("To Ada Quillon.",)),))
    assert Public("1", ("To Ada Quillon.",)) in selectors.full(report).sections
    assert (
        Public("1", ("To [withheld].",)) in selectors.published(report, date(2026, 1, 1)).sections
    )
    with pytest.raises(ValueError, match="nonsense"):
        hook.register_part("nonsense", lambda _: ())


def test_sections_change_places(world: Investigation, report: InvestigationReport) -> None:
    last = reports.keep_section(
        actor=world.chief, report=report, facts=SectionFacts("other", "Foreword", "x")
    )
    for _ in range(5):
        reports.move_section(actor=world.chief, section=last, is_up=True)
    assert report.sections.all()[0].heading == "Foreword"
    reports.remove_section(actor=world.chief, section=last)
    assert report.sections.count() == 4
    assert Section.history.filter(ref=last.ref).count() >= 1


def test_4_publish_needs_a_conclusion_an_agreement_and_the_chief_inspector(
    world: Investigation, report: InvestigationReport
) -> None:
    with pytest.raises(ReportError, match="agreed"):
        publishing_report.publish_report(actor=world.chief, report=report)
    agree(world, report)
    with pytest.raises(NotFromHereError):
        publishing_report.publish_report(actor=world.chief, report=report)
    reports.conclude(actor=world.chief, supercomplaint=world.complaint, on=date(2024, 8, 1))
    with pytest.raises(GuardError, match="Chief Inspector"):
        publishing_report.publish_report(actor=world.officers["college"], report=report)
    assert not Published.objects.exists()


def test_4_publish_moves_on_and_counts_56_days(
    world: Investigation, report: InvestigationReport
) -> None:
    publish(world, report)
    complaint, today = world.complaint, timezone.localdate()
    complaint.refresh_from_db()
    assert complaint.state == "awaiting_responses"
    assert complaint.published_on == today
    assert (complaint.responses_due_on - today).days == 56
    assert complaint.report_title == "What became of [withheld]’s reports"
    events = list(Step.objects.filter(supercomplaint=complaint).values_list("event", flat=True))
    assert events[-3:] == ["conclude", "publish", "await_responses"]
    with pytest.raises(NotNowError):
        reports.change_title(actor=world.chief, report=report, title="x")


def test_4_redact_planted_words_stand_in_no_output(
    world: Investigation, report: InvestigationReport
) -> None:
    assert any(plain(SECRETS[0]) in plain(each) for each in [text_of(selectors.full_pdf(report))])
    publish(world, report)
    outputs: list[str] = [json.dumps(row.content) for row in Published.objects.all()]
    for file in PublicFile.objects.all():
        body = bytes(file.content)
        outputs += [text_of(body), file.title, file.name]
        outputs += [part.decode("latin-1") for part in streams(body)]
        outputs += [part.decode("utf-16-be", "ignore") for part in streams(body)]
    assert len(outputs) > 10
    for secret in SECRETS:
        for text in outputs:
            assert plain(secret) not in plain(text)
    made = Published.objects.get(kind="report")
    assert made.content["withheld_count"] >= 6
    assert made.content["title"] == "What became of [withheld]’s reports"
    assert "It was [withheld] again." in str(made.content["sections"])
    assert made.content["sections"][3]["paragraphs"] == ["Forces should answer. Call [withheld]."]
    record = Published.objects.get(kind="super_complaint").content
    assert record["features"][0]["text"] == "Reports are not read. [withheld] wrote twice."
    assert "Nobody answers." in str(record)


def test_4_redact_the_check_names_where_words_would_stand(
    world: Investigation, report: InvestigationReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = publishing_report.check_publication(actor=world.chief, report=report)
    assert clean.is_clean, clean
    assert f"reports/{report.ref}.html" in clean.outputs
    assert f"files/report/{report.ref}/report.pdf" in clean.outputs
    assert not Current.objects.exists()
    slip = RedactionFacts("Ada Quilon", "safety", "A slip of the pen.")
    redactions.add_redaction(actor=world.chief, report=report, facts=slip)
    checked = publishing_report.check_publication(actor=world.chief, report=report)
    assert not checked.is_clean
    assert len(checked.nowhere) == 1


def test_4_redact_a_rule_that_fails_is_stopped_by_the_check(
    world: Investigation, report: InvestigationReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports.conclude(actor=world.chief, supercomplaint=world.complaint, on=date(2024, 8, 1))
    agree(world, report)
    monkeypatch.setattr(
        "fourfold.web.supercomplaints.rules.redaction.apply", lambda made, _quotes: made
    )
    checked = publishing_report.check_publication(actor=world.chief, report=report)
    paths = {each.path for each in checked.found}
    assert {f"reports/{report.ref}.html", f"files/report/{report.ref}/report.pdf"} <= paths
    with pytest.raises(WithheldFoundError):
        publishing_report.publish_report(actor=world.chief, report=report)
    assert not Published.objects.exists()
    world.complaint.refresh_from_db()
    assert world.complaint.state == "concluded"


def test_4_redact_a_quote_that_stands_nowhere_stops_publishing(
    world: Investigation, report: InvestigationReport
) -> None:
    slip = RedactionFacts("Ada Quilon", "safety", "A slip of the pen.")
    kept = redactions.add_redaction(actor=world.chief, report=report, facts=slip)
    with pytest.raises(ReportError, match=kept.ref):
        publish(world, report)
    assert [each.ref for each in withholding.nowhere(report)] == [kept.ref]
    redactions.remove_redaction(actor=world.chief, kept=kept)
    publishing_report.publish_report(actor=world.chief, report=report)


def test_4_redact_words_marked_after_publishing_are_withheld_by_publishing_again(
    world: Investigation, report: InvestigationReport
) -> None:
    publish(world, report)
    facts = RedactionFacts("Forces should answer", "national_security", "Found later.")
    kept = redactions.add_redaction(actor=world.chief, report=report, facts=facts)
    with pytest.raises(ReportError):
        redactions.remove_redaction(actor=world.chief, kept=kept)
    publishing_report.publish_report(actor=world.chief, report=report)
    stands = Current.objects.get(kind="report").published
    assert stands.version == 2
    assert "Forces should answer" not in json.dumps(stands.content)


def test_4_redact_holds_for_whatever_else_is_published_of_the_complaint(
    world: Investigation, report: InvestigationReport
) -> None:
    from fourfold.web.publication import content
    from fourfold.web.publication.actions.publishing import publish as hand_over

    made = hand_over(
        actor=world.chief,
        content=content.Recommendation(
            "RC-1", world.complaint.ref, 1, "", "Ring Ada Quillon.", True, ""
        ),
        within_ref=world.complaint.ref,
    )
    assert made.content["text"] == "Ring [withheld]."
    with pytest.raises(WithheldFoundError):
        hand_over(
            actor=world.chief,
            content=contents.super_complaint(world.complaint),
            within_ref=world.complaint.ref,
            files=[content.Attachment("a.csv", "A", "text/csv", b"name\nada quillon\n")],
        )


@pytest.mark.parametrize("is_published", [False, True])
def test_the_full_report_is_open_to_authorities_alone_until_it_is_sent(
    world: Investigation, report: InvestigationReport, is_published: bool
) -> None:
    if is_published:
        publish(world, report)
    for person in (world.complainant, *world.others.values()):
        assert not access.see(person, "investigationreport.open", report), person.role
        for row in (*report.sections.all(), *report.redactions.all()):
            assert not access.see(person, "investigationreport.open", row)
    for officer in world.officers.values():
        assert access.see(officer, "investigationreport.open", report)


def test_the_body_opens_the_full_report_when_it_was_sent(
    world: Investigation, report: InvestigationReport
) -> None:
    actor: Any = world.complainant
    with pytest.raises(ReportError):
        reports.send_full_report(actor=world.chief, report=report, on=date(2024, 8, 2))
    agree(world, report)
    with pytest.raises(NotNowError):
        reports.send_full_report(
            actor=world.officers["college"], report=report, on=date(2024, 8, 2)
        )
    reports.send_full_report(actor=world.chief, report=report, on=date(2024, 8, 2))
    assert access.see(actor, "investigationreport.open", report)
    assert not access.see(world.others["other_body"], "investigationreport.open", report)
    with pytest.raises(Http404):
        access.require(actor, "investigationreport.open", report.redactions.first())
    with pytest.raises(NotNowError):
        reports.change_title(actor=world.chief, report=report, title="x")
    with pytest.raises(NotNowError):
        findings.keep_finding(
            actor=world.chief, supercomplaint=world.complaint, facts=FindingFacts("Later.")
        )
