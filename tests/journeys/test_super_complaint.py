"""A super-complaint from its draft to the progress report, and one refused, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.chromium import chromium
from lib.workspace import Workspace, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

WORLD = """
from fourfold.web.supercomplaints.models import Designation, Organisation
from fourfold.web.users.models import Force, Role, User
Kind = Organisation.Kind

def organisation(name, kind, role="", who="", **more):
    tenant = Force.objects.create(name=name) if role else None
    made = Organisation.objects.create(name=name, kind=kind, tenant=tenant, is_invented=True, **more)
    if role:
        address = who.split()[0].lower() + "@example.org"
        print(User.objects.create_user(email=address, name=who, role=role, force=tenant).ref)
    return made

trust = organisation("Larchwood Trust", Kind.CHARITY, Role.COMPLAINANT, "Wren Alder")
Designation.objects.create(organisation=trust, designated_on="2018-06-20", instrument="Invented")
for office, who in (("chief_inspector", "Moss Heather"), ("director_general", "Fern Bracken"),
                    ("college", "Linden Rowe")):
    organisation(f"Office of the {office}", Kind.AUTHORITY, Role.COMPLAINTS_OFFICER, who,
                 authority=office)
organisation("Teaseldale Constabulary", Kind.TERRITORIAL_FORCE, Role.RESPONDER, "Hazel Thorn")
for number in range(2, 44):
    organisation(f"Force {number:02d}", Kind.TERRITORIAL_FORCE)
"""
LATE = """
from datetime import timedelta
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.rules.clocks import acknowledge_by
made = SuperComplaint.objects.get(ref="{ref}")
made.received_at -= timedelta(days=21)
made.made_on -= timedelta(days=21)
made.acknowledge_by_on = acknowledge_by(made.made_on)
made.save()
"""
REPLIES = """
from django.utils import timezone
from fourfold.web.surveys.models import Question, ReplyAnswer, SurveyReply
question = Question.objects.get()
for number, reply in enumerate(SurveyReply.objects.exclude(state="signed").order_by("pk")):
    ReplyAnswer.objects.create(
        reply=reply, question=question, value="Yes" if number % 3 else "No",
        changed_by=reply.asked_by,
    )
    reply.state, reply.signed_at = "signed", timezone.now()
    reply.save()
print(SurveyReply.objects.filter(state="signed").count())
"""
WHY = "People are not believed, and it goes on."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with serving(tmp_path_factory.mktemp("super-complaint") / "home") as running:
        yield running


class People:
    """Who is signed in, each in a browser of their own."""

    def __init__(self, browser: Browser, workspace: Workspace) -> None:
        names = ("trust", "inspector", "director", "college", "force")
        refs = workspace.python(WORLD).split()
        contexts = workspace.all_signed_in(browser, refs)
        self.pages: dict[str, Page] = {}
        for name, context in zip(names, contexts, strict=True):
            page = context.new_page()
            page.set_default_timeout(8_000)
            self.pages[name] = page

    def __getattr__(self, name: str) -> Page:
        return self.pages[name]


@pytest.fixture(scope="module")
def people(browser: Browser, workspace: Workspace) -> People:
    return People(browser, workspace)


def press(page: Page, name: str) -> None:
    """Press what does it: a button, or a link that looks like one."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def send(page: Page) -> None:
    """Send the form of the page."""
    with page.expect_navigation():
        page.locator("main form[method=post] button.govuk-button").last.click()


def follow(page: Page, name: str) -> None:
    """Follow a link of the page."""
    page.locator("main").get_by_role("link", name=name).first.click()


def choose(page: Page, group: str, answer: str) -> None:
    """Choose one of several answers."""
    page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()


def draft(page: Page, title: str, *, evidence: bool = True) -> str:
    """Draft a complaint with one feature and evidence; return its reference."""
    page.goto("/super-complaints/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("What it is about").fill("How forces answer reports of stalking.")
    page.get_by_label("Contact person").fill("Wren Alder")
    page.get_by_label("How to reach that person").fill("01632 960188")
    send(page)
    found = re.search(r"/super-complaints/(SC-[0-9A-Z]{10})/", page.url)
    assert found, page.url
    page.goto(f"/super-complaints/{found.group(1)}/features/new/")
    page.get_by_label("The feature of policing").fill("Single incidents are not joined up.")
    page.get_by_label("Why is it, or does it appear").fill(WHY)
    page.get_by_label("Forces responsible, in words").fill("All forces.")
    send(page)
    if evidence:
        page.goto(f"/super-complaints/{found.group(1)}/documents/give/")
        page.locator("input[type=file]").set_input_files(
            {"name": "survey.txt", "mimeType": "text/plain", "buffer": b"43 accounts of victims"}
        )
        page.get_by_label("From whom").fill("Our helpline")
        send(page)
        expect(page.get_by_text("SHA-256").first).to_be_visible()
    return found.group(1)


def submit(page: Page, ref: str) -> None:
    """Submit it, with the receipt that follows."""
    page.goto(f"/super-complaints/{ref}/submit/")
    page.locator("input[name=is_sure]").check()
    press(page, "Submit the super-complaint")
    expect(page.get_by_text("SHA-256").first).to_be_visible()


def acknowledge_late(page: Page, ref: str) -> None:
    """Acknowledge it after the law's limit: the page says so before and afterwards."""
    page.goto(f"/super-complaints/{ref}/acknowledge/")
    expect(page.get_by_text("ACK_LATE")).to_be_visible()
    press(page, "Acknowledge it")
    page.goto(f"/super-complaints/{ref}/procedure/")
    expect(page.locator(".govuk-tag--red", has_text="Late")).to_be_visible()


def hold(page: Page, ref: str, *, is_form_met: bool, reasons: str) -> None:
    """Record what an authority holds on eligibility."""
    page.goto(f"/super-complaints/{ref}/eligibility/view/")
    choose(page, "Is regulation 4 fulfilled", "Yes" if is_form_met else "No")
    choose(page, "Does a bar of regulation 6", "No bar applies")
    page.get_by_label("Reasons, in writing").fill(reasons)
    send(page)


def decide(page: Page, ref: str) -> None:
    """Make the joint decision."""
    page.goto(f"/super-complaints/{ref}/eligibility/")
    press(page, "Decide on eligibility")
    send(page)


def ask_forces(page: Page, ref: str) -> str:
    """Make a survey of one question and open it to all 43 forces; return its address."""
    page.goto(f"/super-complaints/{ref}/surveys/new/")
    page.get_by_label("Title").fill("How forces answer stalking")
    closes = page.get_by_role("group", name="Closes on")
    for part, value in (("Day", "4"), ("Month", "9"), ("Year", "2027")):
        closes.get_by_label(part).fill(value)
    send(page)
    address = re.sub(r"(/surveys/[A-Z]+-[0-9A-Z]{10}/).*", r"\1", page.url)
    page.goto(f"{address}sections/new/")
    page.get_by_label("Heading").fill("Training")
    send(page)
    page.goto(address)
    follow(page, "Add a question")
    page.get_by_label("Question", exact=True).fill("Is there a stalking lead?")
    page.locator("input[name=kind][value=yes_no]").check()
    send(page)
    page.goto(f"{address}asked/")
    page.get_by_label("All 43 territorial forces").check()
    press(page, "Add")
    press(page, "Open the survey")
    press(page, "Open it to the forces")
    return address


def reply(page: Page) -> None:
    """Answer the survey for the force and sign the reply off."""
    page.goto("/surveys/")
    follow(page, "How forces answer stalking")
    address = page.url
    page.goto(f"{address}respondent/")
    page.get_by_label("Name").fill("Hazel Thorn")
    page.get_by_label("Rank or post").fill("Superintendent")
    send(page)
    page.goto(address)
    follow(page, "Training")
    page.get_by_label("Yes", exact=True).check()
    send(page)
    page.goto(f"{address}sign/")
    page.get_by_label("Name of the senior officer").fill("Rowan Ashe")
    page.get_by_label("Rank and post").fill("Assistant Chief Constable")
    page.get_by_label("This officer has read the reply").check()
    send(page)
    expect(page.get_by_text("Signed off by")).to_be_visible()


def find(page: Page, ref: str, text: str) -> None:
    """Record a finding that stands on the survey and speaks to the feature."""
    page.goto(f"/super-complaints/{ref}/findings/new/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.locator("textarea[name=text]").fill(text)
    page.locator("textarea[name=reasons]").fill("14 of 43 forces name no stalking lead.")
    send(page)
    expect(page.get_by_text(text)).to_be_visible()


SECRET = "the refuge in Quarry Lane"


def report(page: Page, ref: str) -> None:
    """Build the report, with words in it that must not be published, and conclude."""
    page.goto(f"/super-complaints/{ref}/report/")
    page.get_by_label("Title of the report").fill("The response to stalking")
    send(page)
    for number, text in ((2, f"We met staff of {SECRET}."), (3, "A national lead is named.")):
        page.locator("main").get_by_role("link", name=re.compile("^Change (?!the title)")).nth(
            number
        ).click()
        page.locator("textarea[name=text]").fill(text)
        send(page)
    page.goto(f"/super-complaints/{ref}/report/conclude/")
    send(page)
    page.goto(f"/super-complaints/{ref}/report/redactions/")
    page.get_by_label("Words to withhold").fill(SECRET)
    page.locator("input[name=ground][value=safety]").check()
    page.get_by_label("Reason").fill("People live there.")
    press(page, "Withhold these words")
    expect(page.locator("mark.ff-withheld", has_text=SECRET)).to_be_visible()


def agree(page: Page, ref: str) -> None:
    """Let one authority agree the report."""
    page.goto(f"/super-complaints/{ref}/report/agree/")
    page.locator("main input[type=checkbox]").check()
    send(page)
    expect(page.get_by_text("agrees the report as it stands")).to_be_visible()


def publish_report(page: Page, ref: str) -> None:
    """Check every output, then publish."""
    page.goto(f"/super-complaints/{ref}/report/check/")
    expect(page.get_by_text("No withheld words stand in any of")).to_be_visible()
    press(page, "Go on to publishing")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    send(page)
    expect(page.get_by_text("Published on").first).to_be_visible()


def recommend(page: Page, ref: str) -> None:
    """Draft a recommendation to all forces and issue it."""
    page.goto(f"/super-complaints/{ref}/recommendations/new/")
    page.get_by_label("Number").fill("1")
    page.get_by_label("Theme").fill("Training")
    page.get_by_label("Text", exact=True).fill("Name a stalking lead.")
    page.locator("input[name=confidence][value=own]").check()
    page.locator("input[name=addressee_kinds][value=territorial_force]").check()
    page.locator("input[name=due_basis][value=after_publication]").check()
    send(page)
    page.goto(f"/super-complaints/{ref}/recommendations/issue/")
    send(page)


def answer(page: Page) -> None:
    """Answer for the force, send it, and publish it within the plan."""
    page.goto("/answers/")
    page.locator("main table").get_by_role("link").first.click()
    address = page.url
    page.goto(f"{address}change/")
    page.locator("input[name=position][value=accepted]").check()
    page.locator("input[name=status][value=planned]").check()
    page.get_by_label("Initial response").fill("We accept it.")
    page.get_by_label("What will be done").fill("A lead is named in spring.")
    by_when = page.get_by_role("group", name="By when")
    for part, value in (("Day", "1"), ("Month", "4"), ("Year", "2027")):
        by_when.get_by_label(part).fill(value)
    page.get_by_label("Owner").fill("Head of crime")
    send(page)
    page.goto(f"{address}submit/")
    send(page)


def publish_plan(page: Page) -> None:
    """Publish the force's plan; the files for its own website stand ready."""
    page.goto("/plans/")
    press(page, "Start the plan")
    press(page, "Publish the plan")
    for box in page.locator("main input[name=answers]").all():
        box.check()
    send(page)
    page.goto("/plans/")
    follow(page, "Files for your website")
    with page.expect_download() as download:
        follow(page, "CSV")
    assert "A lead is named in spring." in download.value.path().read_text(encoding="utf-8-sig")


def report_progress(page: Page, ref: str) -> None:
    """Write a progress report from what is published, and publish it."""
    page.goto(f"/super-complaints/{ref}/progress-reports/new/")
    page.get_by_label("Title").fill("Two months on")
    send(page)
    page.goto(re.sub(r"(/PR-[0-9A-Z]{10}/).*", r"\1publish/", page.url))
    send(page)
    expect(page.get_by_text("Published").first).to_be_visible()


def test_from_a_draft_to_the_progress_report(
    people: People, workspace: Workspace, browser: Browser
) -> None:
    ref = draft(people.trust, "Stalking is not recognised")
    submit(people.trust, ref)
    workspace.python(LATE.format(ref=ref))
    acknowledge_late(people.inspector, ref)
    for officer in (people.inspector, people.director, people.college):
        hold(officer, ref, is_form_met=True, reasons="All items are there.")
    decide(people.college, ref)

    survey = ask_forces(people.director, ref)
    reply(people.force)
    assert workspace.python(REPLIES) == "43"
    people.director.goto(f"{survey}close/")
    send(people.director)
    people.director.goto(f"{survey}analysis/")
    expect(people.director.get_by_text("14").first).to_be_visible()
    find(people.director, ref, "Forces do not join incidents up.")

    report(people.director, ref)
    for officer in (people.inspector, people.director, people.college):
        agree(officer, ref)
    publish_report(people.inspector, ref)
    recommend(people.director, ref)

    answer(people.force)
    publish_plan(people.force)
    people.trust.goto(f"/super-complaints/{ref}/matrix/")
    cells = people.trust.locator("main table").first
    expect(cells).to_contain_text("Planned")
    expect(cells).to_contain_text("Not answered")
    report_progress(people.director, ref)

    stranger = browser.new_context(base_url=workspace.url).new_page()
    stranger.goto("/public/")
    follow(stranger, "Stalking is not recognised")
    expect(stranger.locator("main")).not_to_contain_text(SECRET)


def test_one_that_does_not_meet_the_form_is_refused_with_reasons(
    people: People, workspace: Workspace
) -> None:
    ref = draft(people.trust, "A matter without evidence", evidence=False)
    submit(people.trust, ref)
    people.inspector.goto(f"/super-complaints/{ref}/acknowledge/")
    press(people.inspector, "Acknowledge it")
    expect(people.inspector.get_by_text("acknowledged").first).to_be_visible()
    for officer in (people.inspector, people.director):
        hold(officer, ref, is_form_met=False, reasons="No evidence is relied on.")
    hold(people.college, ref, is_form_met=True, reasons="The form is met.")
    people.college.goto(f"/super-complaints/{ref}/eligibility/")
    expect(people.college.get_by_text("The authorities do not agree").first).to_be_visible()
    hold(people.college, ref, is_form_met=False, reasons="No evidence is relied on.")
    decide(people.inspector, ref)
    people.trust.goto(f"/super-complaints/{ref}/procedure/")
    expect(people.trust.get_by_text("Not eligible").first).to_be_visible()
