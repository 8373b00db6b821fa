"""A super-complaint's whole way by the real actions, with a distinct word in every hidden place.

Each word names who may see it, and where: a test that finds it nowhere inside planted nothing.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from fourfold.web.measures.actions import computing
from fourfold.web.measures.actions import publishing as figures
from fourfold.web.measures.models import ComputedFigure
from fourfold.web.measures.rules import definitions
from fourfold.web.practices.actions import adoptions, entries
from fourfold.web.publication.actions import services
from fourfold.web.recommendations.actions import (
    answering,
    disclosing,
    drafting,
    imports,
    issuing,
    plans,
    progress,
)
from fourfold.web.recommendations.models import Answer
from fourfold.web.supercomplaints.actions import (
    complaints,
    deciding,
    documents,
    evidence,
    findings,
    letters,
    public_record,
    publishing_report,
    redactions,
    reports,
    submitting,
)
from fourfold.web.supercomplaints.models import Designation, Document, Organisation, SuperComplaint
from fourfold.web.surveys.actions import amending, asking, building, publishing, replying
from fourfold.web.surveys.models import Question, ReplyAnswer, Survey, SurveyReply
from fourfold.web.surveys.rules.answers import kept
from fourfold.web.surveys.rules.kinds import Given
from fourfold.web.surveys.rules.questions import QuestionSpec, SectionSpec
from fourfold.web.users.models import Force, Role, User

RECEIVED_AT = datetime(2022, 11, 25, 12, 0, tzinfo=UTC)
DECIDED_ON = date(2023, 1, 26)
LOG_ON = date(2024, 4, 2)
AUTHORITIES = {
    "chief": "chief_inspector", "director": "director_general", "college": "college",
}  # fmt: skip
FORCES = {"force": "Burdock Police", "other_force": "Sedge Police"}
QUOTE = "Ada Quillonzq"
SAFE_PLACE = "Wrenlodgezq, 14 Élan Lane"
CHOSEN, PUBLIC_PLAN, PUBLIC_UPDATE = "Zqchosentext", "Zqpublicplan", "Zqpublicupdate"
PUBLIC_FILE, PUBLIC_TITLE = "Zqpublicfile", "Zqpublictitle"
SHOWN = (CHOSEN, PUBLIC_PLAN, PUBLIC_UPDATE, PUBLIC_FILE, PUBLIC_TITLE)  # these must be public
SMALL, HIDDEN_NUMERATOR, HIDDEN_DENOMINATOR = 3, 98_765_428, 98_765_431
UNSIGNED, UNPUBLISHED = 87_654_321, 76_543_210
SECTIONS = (
    SectionSpec(
        "Training",
        "",
        (
            QuestionSpec("Is there training?", "yes_no", is_required=True, publish="all"),
            QuestionSpec("How many days?", "number", unit="days", publish="nothing"),
            QuestionSpec("What works?", "long", publish="counts"),
        ),
    ),
)


@dataclass(frozen=True)
class Planted:
    """A word that must stay inside: who may see it, and on which page."""

    text: str
    who: str
    path: str


@dataclass
class World:
    """The people, their organisations, and what was planted by name."""

    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    planted: dict[str, Planted] = field(default_factory=dict)
    complaint: SuperComplaint = field(default_factory=SuperComplaint)
    records: dict[str, Any] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)  # kept, and shown to nobody here

    def plant(self, name: str, who: str, page: str, *refs: str) -> str:
        """Keep a word of its own for a place; the page is known later if references are not."""
        text = f"Zq{name.replace(' ', '')}planted"
        self.keep(name, text, who, page, *refs)
        return text

    def keep(self, name: str, text: str, who: str, page: str, *refs: str) -> None:
        """Keep that a text is hidden, and where it is to be seen."""
        path = reverse(page, args=refs) if refs or page.endswith(":me") else page
        self.planted[name] = Planted(text, who, path)

    def at(self, page: str, *names: str) -> None:
        """Say the page of words whose record did not exist when they were planted."""
        for name in names:
            found = self.planted[name]
            self.planted[name] = Planted(found.text, found.who, page)


def make() -> World:
    """Take a super-complaint from the draft to published answers and figures."""
    world = World()
    _people(world)
    _draft(world)
    _decide(world)
    _investigate(world)
    _survey(world)
    _report(world)
    _recommend(world)
    _answer(world)
    _plan(world)
    _progress(world)
    _measure(world)
    _bank(world)
    public_record.publish_record(actor=world.people["chief"], supercomplaint=world.complaint)
    return world


def _people(world: World) -> None:
    whole = {
        "body": ("Teasel Trust", Role.COMPLAINANT, "charity"),
        "other_body": ("Bramble Trust", Role.COMPLAINANT, "charity"),
        **{key: (f"Office of the {key}", Role.COMPLAINTS_OFFICER, "authority") for key in AUTHORITIES},
        **{key: (name, Role.RESPONDER, "territorial_force") for key, name in FORCES.items()},
        "chiefs": ("Reed Council", Role.RESPONDER, "national_body"),
    }  # fmt: skip
    for key, (name, role, kind) in whole.items():
        force = Force.objects.create(name=name)
        short = key.replace("_", "")
        made = User.objects.create_user(
            email=f"zqmail{short}@example.org", name=f"Zqname{short}", role=role, force=force
        )
        world.people[key] = made
        world.organisations[key] = Organisation.objects.create(
            name=name, kind=kind, authority=AUTHORITIES.get(key, ""), tenant=force,
            is_invented=True,
        )  # fmt: skip
        if not key.startswith("other"):  # these two look from outside, and see themselves
            world.keep(f"name of {key}", made.name, key, "users:me")
    Designation.objects.create(organisation=world.organisations["body"], designated_words="2018")
    chief = world.people["chief"]
    world.people["admin"] = User.objects.create_user(
        email="zqmailadmin@example.org", name="Zqnameadmin", role=Role.ADMINISTRATOR,
        force=chief.force,
    )  # fmt: skip
    for what in ("email", "ref"):
        world.keep(f"{what} of chief", getattr(chief, what), "admin", "users:person", chief.ref)


def _draft(world: World) -> None:
    actor = world.people["body"]
    contact = (
        world.plant("contact name", "chief", ""),
        world.plant("contact details", "chief", ""),
    )
    world.complaint = made = complaints.draft(
        actor=actor,
        facts=complaints.DraftFacts(
            "How reports of teasels are handled",
            "police",
            f"The friends of {QUOTE}",
            f"Reports of {QUOTE} are not read.",
            *contact,
        ),
    )
    page = reverse("supercomplaints:complaint", args=[made.ref])
    world.at(page, "contact name", "contact details")
    feature = complaints.keep_feature(
        actor=actor, supercomplaint=made,
        facts=complaints.FeatureFacts(
            f"Reports are not read. {QUOTE} wrote twice.", f"It harms, as {QUOTE} says."
        ),
    )  # fmt: skip
    harm = complaints.HarmFacts(f"{QUOTE} gave up.", f"Near {SAFE_PLACE}.", QUOTE)
    complaints.keep_harm(actor=actor, feature=feature, facts=harm)
    given = documents.add_document(
        actor=actor, supercomplaint=made,
        facts=documents.DocumentFacts(
            Document.Kind.EVIDENCE, world.plant("given title", "chief", ""),
            f"{world.plant('given file name', 'chief', '')}.txt", Document.Seen.PARTIES,
            given_by=world.organisations["body"],
        ),
        chunks=[world.plant("given bytes", "chief", "").encode()],
    )  # fmt: skip
    _of_document(world, given, "given title", "given file name", "given bytes")
    features = reverse("supercomplaints:features", args=[made.ref])
    complaints.keep_fact(
        actor=actor, feature=feature,
        facts=complaints.FactFacts(
            world.plant("fact", "chief", features), world.plant("fact source", "chief", features),
            given,
        ),
    )  # fmt: skip
    complaints.add_talk(
        actor=actor, supercomplaint=made,
        facts=complaints.TalkFacts(
            date(2022, 10, 3), world.plant("talk with whom", "chief", page),
            world.plant("talk advice", "chief", page),
        ),
    )  # fmt: skip
    world.records["feature"] = feature


def _of_document(world: World, document: Document, title: str, name: str, data: str) -> None:
    refs = [world.complaint.ref, document.ref]
    world.at(reverse("supercomplaints:document", args=refs), title, name)
    world.at(reverse("supercomplaints:document_download", args=refs), data)


def _decide(world: World) -> None:
    chief, made = world.people["chief"], world.complaint
    submitting.submit(actor=world.people["body"], supercomplaint=made, at=RECEIVED_AT)
    deciding.acknowledge(actor=chief, supercomplaint=made, at=RECEIVED_AT + timedelta(days=3))
    page = reverse("supercomplaints:eligibility", args=[made.ref])
    for key in AUTHORITIES:
        reasons = world.plant(f"view of {key}", "college", page)
        facts = deciding.ViewFacts(is_form_met=True, reasons=reasons)
        deciding.record_view(actor=world.people[key], supercomplaint=made, facts=facts)
    deciding.decide(actor=chief, supercomplaint=made, on=DECIDED_ON)


def _investigate(world: World) -> None:
    chief, made = world.people["chief"], world.complaint
    letters.name_lead(actor=chief, supercomplaint=made, lead=world.organisations["director"])
    for seen, who in (("authorities", "college"), ("lead", "director"), ("parties", "body")):
        document = documents.add_document(
            actor=chief, supercomplaint=made,
            facts=documents.DocumentFacts(
                Document.Kind.MATERIAL, world.plant(f"{seen} title", who, ""),
                f"{world.plant(f'{seen} file name', who, '')}.txt", seen,
                from_whom=world.plant(f"{seen} from whom", who, ""),
            ),
            chunks=[world.plant(f"{seen} bytes", who, "").encode()],
        )  # fmt: skip
        _of_document(world, document, f"{seen} title", f"{seen} file name", f"{seen} bytes")
        world.at(world.planted[f"{seen} title"].path, f"{seen} from whom")
        entry = evidence.add_entry(
            actor=world.people["director"], supercomplaint=made,
            facts=evidence.EntryFacts(
                "interview", LOG_ON, world.plant(f"{seen} entry", who, ""), None,
                world.plant(f"{seen} summary", who, ""), seen,
            ),
        )  # fmt: skip
        path = reverse("supercomplaints:evidence_entry", args=[made.ref, entry.ref])
        world.at(path, f"{seen} entry", f"{seen} summary")
        world.records[f"{seen} entry"] = entry
    sent = letters.keep_letter(
        actor=chief, supercomplaint=made,
        facts=letters.LetterFacts(LOG_ON, world.plant("letter", "body", "")),
    )  # fmt: skip
    letters.send_letter(actor=chief, letter=sent)
    draft = letters.keep_letter(
        actor=chief, supercomplaint=made,
        facts=letters.LetterFacts(LOG_ON, world.plant("draft letter", "college", "")),
    )  # fmt: skip
    for name, letter in (("letter", sent), ("draft letter", draft)):
        world.at(reverse("supercomplaints:letter", args=[made.ref, letter.ref]), name)


def _survey(world: World) -> None:
    chief, today = world.people["chief"], timezone.localdate()
    facts = building.SurveyFacts(title="Survey of training", closes_on=today + timedelta(days=9))
    survey = building.make_survey(
        actor=chief, supercomplaint=world.complaint, facts=facts, sections=SECTIONS
    )
    asked = [world.organisations[key] for key in ("force", "other_force", "chiefs")]
    asking.ask(actor=chief, survey=survey, organisations=asked)
    asking.open_survey(actor=chief, survey=survey, today=today)
    for key in ("force", "other_force", "chiefs"):
        _reply(world, survey, key, today)
    asking.close_survey(actor=chief, survey=survey, today=today)
    reply = _reply_of(survey, world.organisations["force"])
    question = Question.objects.get(section__survey=survey, text="How many days?")
    page = reverse("surveys:reply", args=[reply.ref])
    change = amending.Change(
        Given("answered", "65432198"), world.plant("amended because", "force", page),
        world.plant("amended by", "force", page),
    )  # fmt: skip
    amending.amend(actor=world.people["force"], reply=reply, question=question, change=change)
    world.keep("amended number", "65432198", "force", page)
    chosen = ReplyAnswer.objects.get(reply=_reply_of(survey, world.organisations["other_force"]),
                                     question__text="What works?")  # fmt: skip
    publishing.choose_texts(actor=chief, survey=survey, answers=[chosen.ref], files=[])
    publishing.publish_survey(actor=chief, survey=survey, today=today)


def _reply_of(survey: Survey, organisation: Organisation) -> SurveyReply:
    replies = SurveyReply.objects.select_related("survey__supercomplaint", "organisation")
    return replies.get(survey=survey, organisation=organisation)


def _reply(world: World, survey: Survey, key: str, today: date) -> None:
    actor, reply = world.people[key], _reply_of(survey, world.organisations[key])
    page = reverse("surveys:reply", args=[reply.ref])
    who = "force" if key == "force" else key
    is_outside = key == "other_force"

    def said(name: str, where: str = page) -> str:
        return f"Zqown{name}" if is_outside else world.plant(f"{name} of {key}", who, where)

    replying.name_respondent(
        actor=actor, reply=reply, today=today,
        respondent=replying.Respondent(said("respondent"), said("respondentpost"), said("reach")),
    )  # fmt: skip
    section = reverse("surveys:reply_section", args=[reply.ref, survey.sections.all()[0].ref])
    words = CHOSEN if is_outside else said("free text", section)
    days = {"force": "54321987", "chiefs": "43219876"}.get(key, "7")
    if not is_outside:
        world.keep(f"days of {key}", days, who, page if key == "force" else section)
    given = {"Is there training?": "Yes", "How many days?": days, "What works?": words}
    questions = Question.objects.filter(section__survey=survey)
    answers = {each.pk: kept(each.shape, "", given[each.text]) for each in questions}
    replying.save_answers(actor=actor, reply=reply, given=answers, today=today)
    name = said("reply file name")
    upload = replying.Upload(
        f"{name}.txt", said("reply file title"), [said("reply file bytes").encode()]
    )
    file = replying.attach(
        actor=actor, reply=reply, question=questions[0], upload=upload, today=today
    )
    if not is_outside:
        at = reverse("surveys:file", args=[reply.ref, file.ref])
        world.at(at, f"reply file bytes of {key}")
        refs = [world.complaint.ref, file.document.ref]
        record = reverse("supercomplaints:document", args=refs)
        world.at(record, f"reply file name of {key}", f"reply file title of {key}")
    if key != "chiefs":
        reply = _reply_of(survey, world.organisations[key])
        replying.sign(
            actor=actor, reply=reply, name=said("signatory"), post=said("signatorypost"),
            today=today,
        )  # fmt: skip


def _report(world: World) -> None:
    chief, made = world.people["chief"], world.complaint
    page = reverse("supercomplaints:findings", args=[made.ref])
    findings.keep_finding(
        actor=chief, supercomplaint=made,
        facts=findings.FindingFacts(
            f"Nobody rang {QUOTE}.", f"{QUOTE.upper()} lives at {SAFE_PLACE}.",
            [world.records["feature"]], [world.records["authorities entry"]],
        ),
    )  # fmt: skip
    held = reports.begin_report(
        actor=chief, supercomplaint=made, title=f"What became of {QUOTE}’s reports"
    )
    texts = {
        "steps": f"We asked, and {QUOTE} told us.",
        "conclusions": f"Ada\n\nQuillonzq was not heard at {SAFE_PLACE}.",
        "action": f"We will visit {SAFE_PLACE}.",
        "recommendations": "Forces should answer.",
    }
    for kind, text in texts.items():
        section = held.sections.get(kind=kind)
        facts = reports.SectionFacts(kind, f"{section.heading}: {QUOTE}", text)
        reports.keep_section(actor=chief, report=held, section=section, facts=facts)
    hidden = reverse("supercomplaints:redactions", args=[made.ref])
    for name, quote in (("quote", QUOTE), ("safe place", SAFE_PLACE)):
        reason = world.plant(f"reason of {name}", "college", hidden)
        redactions.add_redaction(
            actor=chief, report=held, facts=redactions.RedactionFacts(quote, "safety", reason)
        )
        world.keep(name, quote, "chief", page)
    today = timezone.localdate()
    reports.conclude(actor=chief, supercomplaint=made, on=today)
    for key in AUTHORITIES:
        reports.agree_report(actor=world.people[key], report=held)
    publishing_report.publish_report(actor=chief, report=held)
    world.complaint.refresh_from_db()
    world.complaint.collator = world.organisations["chiefs"]
    world.complaint.save()


def _recommend(world: World) -> None:
    chief, made = world.people["chief"], world.complaint
    for number in (1, 2, 3):
        draft = drafting.Draft(
            number, f"Do the thing of number {number}.", "Calls",
            addressee_kinds=("territorial_force",),
        )  # fmt: skip
        drafting.draft_recommendation(actor=chief, supercomplaint=made, draft=draft)
    on = made.published_on
    assert on is not None
    issuing.issue_recommendations(actor=chief, supercomplaint=made, on=on)
    page = reverse("recommendations:list", args=[made.ref])
    unissued = drafting.draft_recommendation(
        actor=chief, supercomplaint=made,
        draft=drafting.Draft(9, world.plant("draft recommendation", "college", page),
                             world.plant("draft theme", "college", page),
                             note=world.plant("draft note", "college", "")),
    )  # fmt: skip
    part = world.plant("draft part", "college", "")
    drafting.add_part(actor=chief, recommendation=unissued, code="9.1", text=part)
    one = reverse("recommendations:recommendation", args=[made.ref, unissued.ref])
    world.at(one, "draft note", "draft part")


def _text(plan: str) -> answering.AnswerText:
    return answering.AnswerText("accepted", "planned", "", plan, timezone.localdate())


def _answer(world: World) -> None:
    actor, today = world.people["force"], timezone.localdate()
    answers = {
        each.recommendation.number: each
        for each in Answer.objects.filter(organisation=world.organisations["force"])
    }
    pages = {n: reverse("recommendations:answer", args=[a.ref]) for n, a in answers.items()}
    unsent = _text(world.plant("unsent plan", "force", pages[1]))
    answering.change_answer(actor=actor, answer=answers[1], text=unsent)
    sent = _text(world.plant("sent plan", "chiefs", pages[2]))
    answering.change_answer(actor=actor, answer=answers[2], text=sent)
    answering.submit_answer(actor=actor, answer=answers[2], today=today)
    later = world.plant("after sending", "force", pages[2])
    answering.add_update(actor=actor, answer=answers[2], text=answering.UpdateText(today, later))
    _published_answer(world, answers[3], pages[3], today)
    world.records["answers"] = answers


def _published_answer(world: World, answer: Answer, page: str, today: date) -> None:
    actor = world.people["force"]
    answering.change_answer(actor=actor, answer=answer, text=_text(PUBLIC_PLAN))
    public = answering.add_update(
        actor=actor, answer=answer, text=answering.UpdateText(today, PUBLIC_UPDATE)
    )
    hidden = world.plant("unpublished update", "force", page)
    answering.add_update(actor=actor, answer=answer, text=answering.UpdateText(today, hidden))
    for is_public in (True, False):
        title, name, data = (
            ("Zqpublictitle", "Zqpublicname", PUBLIC_FILE)
            if is_public
            else tuple(world.plant(f"evidence {what}", "force", page)
                       for what in ("title", "name", "bytes"))
        )  # fmt: skip
        offer = answering.EvidenceOffer(title, "", is_public, f"{name}.txt", [data.encode()])
        kept_evidence = answering.attach_evidence(actor=actor, answer=answer, offer=offer)
    document = kept_evidence.document
    assert document is not None
    _of_document(world, document, "evidence title", "evidence name", "evidence bytes")
    disclosing.publish_answer(actor=actor, answer=answer, updates=[public.ref], today=today)
    again = _text(world.plant("rewritten plan", "force", page))
    answering.change_answer(actor=actor, answer=answer, text=again)


def _plan(world: World) -> None:
    actor, today = world.people["force"], timezone.localdate()
    plan = plans.start_plan(
        actor=actor, supercomplaint=world.complaint, organisation=world.organisations["force"]
    )
    plans.change_plan(actor=actor, plan=plan, text=plans.PlanText("Our plan", "What we do."))
    plans.publish_plan(actor=actor, plan=plan, answers=[], with_updates=False, today=today)
    page = reverse("recommendations:plan", args=[plan.ref])
    later = plans.PlanText("Our plan", world.plant("plan introduction", "force", page))
    plans.change_plan(actor=actor, plan=plan, text=later)
    cell, name = world.plant("imported cell", "force", ""), world.plant("table name", "force", "")
    table = f"Recommendation,Initial response,Mystery\r\n1,{cell},{cell}\r\n"
    taken = imports.read_table(
        actor=actor, plan=plan, file_name=f"{name}.csv", content=table.encode()
    )
    world.at(
        reverse("recommendations:import", args=[plan.ref, taken.ref]), "imported cell", "table name"
    )


def _progress(world: World) -> None:
    actor, made, today = world.people["chiefs"], world.complaint, timezone.localdate()
    for is_published in (True, False):
        text = progress.ReportText("Progress", today, "How it stands.")
        report = progress.start_report(
            actor=actor, supercomplaint=made, organisation=world.organisations["chiefs"], text=text
        )
        if is_published:
            progress.publish_report(actor=actor, report=report, today=today)
    page = reverse("recommendations:progress_report", args=[made.ref, report.ref])
    words = world.plant("draft progress", "chiefs", page)
    foreword = world.plant("draft foreword", "chiefs", page)
    progress.write_report(
        actor=actor, report=report,
        text=progress.ReportText("Progress", today, words, {"1": foreword}),
    )  # fmt: skip


def _measure(world: World) -> None:
    actor = world.people["force"]
    figures_made = (
        ("suppressed", "four-asked", HIDDEN_NUMERATOR, HIDDEN_DENOMINATOR, "published"),
        ("unsigned", "danger-asked", UNSIGNED, UNSIGNED + 99_999, ""),
        ("unpublished", "reports-joined", UNPUBLISHED, UNPUBLISHED + 99_999, "signed"),
    )
    for name, measure, numerator, denominator, how in figures_made:
        definition = definitions.find(measure)
        row = f"R-ZQ{name.upper()}ROW"
        figure = ComputedFigure.objects.create(
            force=actor.force, measure=measure, definition_version=definition.version,
            sql_sha256=definition.sql_sha256, from_on=date(2026, 1, 1), to_on=date(2026, 3, 31),
            numerator=numerator, denominator=denominator, value=numerator / denominator,
            row_count=1, rows=[[row, 1]], computed_by=actor, computed_at=timezone.now(),
        )  # fmt: skip
        page = reverse("measures:figure", args=[figure.ref])
        world.keep(f"{name} numerator", str(numerator), "force", page)
        world.keep(f"{name} denominator", str(denominator), "force", page)
        world.unseen.append(row)
        if how:
            computing.sign(actor=actor, figure=figure, signing=computing.Signing("Head of unit"))
        if how == "published":
            assert figures.publish_figure(actor=actor, figure=figure).is_suppressed
        else:
            world.keep(f"{name} reference", figure.ref, "force", page)


def _bank(world: World) -> None:
    chief, actor = world.people["chief"], world.people["force"]
    facts: dict[str, Any] = {
        "title": "A morning call", "rating_reasons": "Nobody looked.", "aim": "Speak early.",
        "description": "Somebody calls.", "sources": ["Invented for a test"],
    }  # fmt: skip
    practice = entries.add_practice(actor=chief, facts=facts)
    entries.publish_practice(actor=chief, practice=practice)
    draft = {**facts, "title": "", "description": ""}
    page = reverse("practices:list")
    for name in ("title", "description"):
        draft[name] = world.plant(f"practice {name}", "college", page)
    hidden = entries.add_practice(actor=chief, facts=draft)
    world.at(
        reverse("practices:practice", args=[hidden.ref]), "practice title", "practice description"
    )
    said = world.plant("adoption change", "force", "")
    adoption = adoptions.record_adoption(
        actor=actor, practice=practice, organisation=world.organisations["force"],
        facts={"state": "adapted", "since_on": date(2026, 1, 5), "local_changes": "We call."},
    )  # fmt: skip
    adoptions.publish_adoption(actor=actor, adoption=adoption)
    adoptions.record_adoption(
        actor=actor, practice=practice, organisation=world.organisations["force"],
        facts={"local_changes": said},
    )  # fmt: skip
    world.at(reverse("practices:adoption", args=[adoption.ref]), "adoption change")
    name = world.plant("service", "chief", reverse("publication:services"))
    service = services.add_service(actor=chief, facts=services.ServiceFacts(name, "Helps."))
    services.list_service(actor=chief, service=service, is_listed=False)
    services.publish_directory(actor=chief)
