"""Every page that somebody of the invented world can look at. Runs inside a served instance.

Imported by the code that `Workspace.python` runs, never by a test: Django is another one here.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from fourfold.web.accountability import context, ledger
from fourfold.web.cases.actions import act_joining
from fourfold.web.cases.models import (
    Act,
    Assignment,
    Attribution,
    BreakGlass,
    Case,
    Occasion,
    Place,
    RecordedCrime,
    Report,
)
from fourfold.web.demonstration import exhibits, seeding, story
from fourfold.web.exhibits.models import Authority, EngineRun, ExpiryClock, RunProgress
from fourfold.web.oversight.selectors.signals import board
from fourfold.web.users import tokens
from fourfold.web.users.models import DeclaredInterest, Role, SignInToken, User
from fourfold.web.users.permissions import may
from fourfold.web.users.sessions import BACKEND
from lib import site_records
from lib.site_records import COLLATOR
from lib.site_walk import Address, addresses

NO_PAGE = {  # answered with a file, a stream, a redirect, or by POST alone
    "home", "healthz", "readyz", "account_logout", "users:add_team", "users:declare",
    "users:withdraw", "users:remove_passkey", "users:end_session", "users:end_api_token",
    "demonstration:switch", "oversight:ledger_table", "oversight:ledger_head",
    "cases:close_notices", "cases:acts_table", "cases:occasions_table", "cases:occasions_propose",
    "cases:occasions_confirm", "cases:occasions_merge", "cases:occasions_group",
    "cases:occasion_split", "cases:offence_remove", "exhibits:upload_start",
    "exhibits:upload_part", "exhibits:upload_finish", "exhibits:upload_abandon",
    "exhibits:expiring_csv", "exhibits:run_start", "exhibits:run_live", "exhibits:run_cancel",
    "exhibits:workbook", "exhibits:package_file", "exhibits:package_bytes",
    "exhibits:proposals_decide",
    "surveys:section_step", "surveys:question_step", "surveys:ask_no_more", "surveys:file",
    "surveys:file_off", "surveys:questions_file", "surveys:reminders_file", "surveys:replies_file",
    "recommendations:part_new", "recommendations:part_remove", "recommendations:matrix_csv",
    "recommendations:remind", "recommendations:letter_text", "recommendations:letter_pdf",
    "recommendations:plan_start", "recommendations:plan_file", "recommendations:import_take_over",
    "recommendations:import_abandon", "recommendations:progress_report_file",
    "practices:adoption_withdraw", "practices:withdraw", "supercomplaints:receipt_file",
    "supercomplaints:evidence_csv", "supercomplaints:report_begin", "supercomplaints:section_move",
    "supercomplaints:report_full",
    # the public site has a look and a walk of its own: tests/journeys/test_public_site.py
    "publication:home", "publication:help", "publication:complaint", "publication:matrix",
    "publication:measure", "publication:practice", "publication:page",
}  # fmt: skip
OTHER_SUPERVISOR = "supervisor of another team"  # there stand break-glass and a match
OF_ANOTHER_TEAM = ("cases:clear_conflict", "cases:break_glass_review")
EMPTY_CASE = "Op Blank"
FAILED_SIGN_INS = 30  # more than the rule lets pass
FAILED_SIGN_IN = ledger.Entry(
    act="sign_in.failed", actor_ref="", actor_role="", force_ref="", subject_kind="user",
    subject_ref="", outcome="refused",
)  # fmt: skip
OF_A_CASE = (
    "cases:case", "cases:case_reports", "cases:people", "cases:acts", "cases:acts_same",
    "cases:occasions", "cases:course", "cases:knowledge", "cases:crimes", "cases:access",
    "exhibits:list", "exhibits:authorities", "exhibits:expiry", "exhibits:runs",
    "exhibits:proposals",
)  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """One page to look at: whose eyes, what it is called, where."""

    role: str
    name: str
    path: str


def make(case_folder: str) -> None:
    """Fill the instance, with one record of every kind in the main case."""
    seeding.seed()
    exhibits.take_in(Path(case_folder))
    main, now = main_case(), timezone.now()
    actor = carrying(main)
    with context.running(channel="command"):
        acts = list(main.acts.order_by("pk")[:2])
        act_joining.join_acts(actor=actor, act=acts[0], other=acts[1], reason="The same call.")
        ledger.record_all([FAILED_SIGN_IN] * FAILED_SIGN_INS)
    site_records.make()
    Place.objects.create(case=main, key="work", label="Workplace of V", lat=52.1, lon=-1.1)
    Authority.objects.create(case=main, reference="CD/2026/0004/S1", kind=Authority.Kind.values[0])
    blank = Case.objects.create(
        force=main.force, team=main.team, operation_name=EMPTY_CASE, opened_by=main.opened_by,
        opened_at=now,
    )  # fmt: skip
    Assignment.objects.create(
        case=blank, user=actor, assigned_by=main.opened_by, from_at=now, words="Carries it"
    )
    for state, message in (("running", ""), ("failed", "The case file has no valid time zone.")):
        run = EngineRun.objects.create(
            case=blank, state=state, started_by=actor, queued_at=now, started_at=now,
            alive_at=now + timedelta(days=1), exhibit_count=3, error_words=message,
            error_code="CaseFileError" if message else "",
        )  # fmt: skip
        RunProgress.objects.create(run=run, station="read", detail="2 of 3 files")


def wait(seconds: float) -> None:
    """Wait until the run of the main case has ended: the worker of the server does it."""
    until, ended = time.monotonic() + seconds, EngineRun.objects.filter(case=main_case())
    while not ended.filter(state=EngineRun.State.FINISHED).exists():
        if time.monotonic() > until:
            raise TimeoutError("the run of the main case did not end")
        time.sleep(0.2)


def main_case() -> Case:
    """Return the first case of the invented world."""
    return Case.objects.select_related("force", "team", "opened_by").get(operation_name=story.MAIN)


def carrying(case: Case) -> User:
    """Return the investigator who carries a case."""
    found = Assignment.objects.filter(case=case, user__role=Role.INVESTIGATOR).order_by("pk")
    return found.select_related("user__force")[0].user


def who() -> dict[str, User]:
    """Return one person of each role, those around the main case."""
    main = main_case()
    every = User.objects.select_related("force").order_by("pk")
    found = {
        role: every.filter(role=role, force=main.force).first() or every.filter(role=role)[0]
        for role in Role.values
    }
    found[COLLATOR] = site_records.collator()
    found[Role.INVESTIGATOR] = carrying(main)
    found[Role.SUPERVISOR] = User.objects.filter(role=Role.SUPERVISOR, team=main.team)[0]
    for each in Assignment.objects.filter(case=main).select_related("user"):
        if each.user.role in (Role.ADVOCATE, Role.ANALYST):
            found[each.user.role] = each.user
    elsewhere = Case.objects.get(operation_name=story.CONFLICTED).team
    found[OTHER_SUPERVISOR] = User.objects.filter(role=Role.SUPERVISOR, team=elsewhere)[0]
    return found


def session_of(user: User, *, is_confirmed: bool = True) -> str:
    """Sign somebody in; return the key of the session."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if is_confirmed:
        session["stepped_up_at"] = int(time.time())
    session.create()
    return str(session.session_key)


class Records:
    """The records that stand in addresses: of the main case unless a page wants another."""

    def __init__(self) -> None:
        self.main = main_case()
        self.people = who()
        self.blank = Case.objects.get(operation_name=EMPTY_CASE)
        self.glass = BreakGlass.objects.select_related("case").order_by("pk")[0]
        loose = Report.objects.filter(case=None, force=self.main.force)
        self.loose = loose.exclude(identifiers=None).order_by("pk").first()
        self.interest = DeclaredInterest.objects.order_by("pk")[0]
        self.run = EngineRun.objects.get(case=self.main, state=EngineRun.State.FINISHED)

    def values(self, name: str) -> dict[str, Any]:
        """Return what stands in the address of a name."""
        special = getattr(self, "_" + name.replace(":", "_"), None)
        return {**self._usual(), **(special() if special else {})}

    def _usual(self) -> dict[str, Any]:
        main = self.main
        acts = Act.objects.filter(case=main, joined_into=None).order_by("pk")
        attribution = Attribution.objects.filter(identifier__case=main).order_by("pk")[0]
        clock = ExpiryClock.objects.filter(case=main).order_by("pk")[0]
        return {
            "case_ref": main.ref,
            "act_ref": acts[0].ref,
            "other_ref": acts[1].ref,
            "person_ref": main.people.order_by("pk")[0].ref,
            "identifier_ref": attribution.identifier.ref,
            "attribution_ref": attribution.ref,
            "place_ref": main.places.all()[0].ref,
            "crime_ref": RecordedCrime.objects.filter(case=main)[0].ref,
            "occasion_ref": _largest_occasion(main).ref,
            "knowledge_ref": main.knowledge_events.all()[0].ref,
            "exhibit_ref": main.exhibits.order_by("path")[1].ref,
            "authority_ref": main.authorities.all()[0].ref,
            "clock_ref": clock.ref,
            "run_ref": self.run.ref,
            "user_ref": self.people[Role.ANALYST].ref,
            "report_ref": main.reports.order_by("pk")[0].ref,
            "code": "F1",
        }

    def _enrol(self) -> dict[str, str]:
        user = self.people[Role.ADVOCATE]
        return {"token": tokens.make(user, SignInToken.Purpose.ENROL)}

    def _demonstration_sign_in(self) -> dict[str, str]:
        user = self.people[Role.ADVOCATE]
        return {"token": tokens.make(user, SignInToken.Purpose.DEMONSTRATION)}

    def _cases_report_match(self) -> dict[str, str]:
        return {"report_ref": self.loose.ref}

    def _cases_report_join(self) -> dict[str, str]:
        return {"report_ref": self.loose.ref}

    def _cases_report_open_case(self) -> dict[str, str]:
        return {"report_ref": self.loose.ref}

    def _cases_report_change(self) -> dict[str, str]:
        return {"report_ref": self.loose.ref}

    def _cases_break_glass(self) -> dict[str, str]:
        mine = self.main.team_id
        found = Case.objects.filter(force=self.main.force, state="open", is_sealed=False)
        return {"case_ref": found.exclude(team_id=mine).order_by("pk")[0].ref}

    def _cases_break_glass_review(self) -> dict[str, str]:
        return {"case_ref": self.glass.case.ref, "glass_ref": self.glass.ref}

    def _cases_case_reopen(self) -> dict[str, str]:
        closed = Case.objects.filter(force=self.main.force, team=self.main.team, state="closed")
        return {"case_ref": closed[0].ref} if closed else {}

    def _cases_act_part(self) -> dict[str, str]:
        return {"act_ref": Act.objects.exclude(joined_into=None).filter(case=self.main)[0].ref}

    def _exhibits_facts(self) -> dict[str, str]:
        return {"exhibit_ref": self.main.exhibits.get(path="case.toml").ref}

    def _exhibits_trace(self) -> dict[str, str]:
        return {"code": "F1.1"}

    def _cases_clear_conflict(self) -> dict[str, str]:
        case = Case.objects.get(operation_name=story.CONFLICTED)
        return {"case_ref": case.ref, "interest_ref": self.interest.ref}

    def _oversight_signal(self) -> dict[str, str]:
        standing = board(self.people[Role.AUDITOR], timezone.now()).standing
        of_somebody = [each.signal for each in standing if each.signal.actor_ref]
        return {"rule": of_somebody[0].rule, "user_ref": of_somebody[0].actor_ref}

    def _oversight_signal_of_nobody(self) -> dict[str, str]:
        return {"rule": "sign_in_failures"}


def _largest_occasion(case: Case) -> Occasion:
    return Occasion.objects.filter(case=case).annotate(n=Count("acts")).order_by("-n", "pk")[0]


def stops() -> Iterator[Stop]:
    """Yield every page of every role that may open it at all."""
    records = Records()
    for address in addresses():
        if address.name in NO_PAGE or address.name.startswith("api:"):
            continue
        if address.name.startswith(site_records.ROOMS):
            for role, path in site_records.found(address, records.people):
                yield Stop(role, address.name, path)
            continue
        path = _path(address, records)
        permission = getattr(address.view, "permission", "")
        if not permission:
            is_inside = address.name == "step_up"
            yield Stop(Role.ADMINISTRATOR if is_inside else "", address.name, path)
            continue
        for role in Role.values:
            if may(role, permission):
                is_other = role == Role.SUPERVISOR and address.name in OF_ANOTHER_TEAM
                yield Stop(OTHER_SUPERVISOR if is_other else role, address.name, path)
    yield from _states(records)


def _path(address: Address, records: Records) -> str:
    wanted = {name for name, _ in address.arguments}
    values = records.values(address.name) if wanted else {}
    return reverse(address.name, kwargs={name: values[name] for name in wanted})


def _states(records: Records) -> Iterator[Stop]:
    """Yield the same pages in other states: empty, refused, not found, running, failed, sealed."""
    blank = {"case_ref": records.blank.ref}
    for name in OF_A_CASE:
        yield Stop(Role.INVESTIGATOR, f"empty {name}", reverse(name, kwargs=blank))
    for run in EngineRun.objects.filter(case=records.blank).order_by("pk"):
        address = reverse("exhibits:run", kwargs={**blank, "run_ref": run.ref})
        yield Stop(Role.INVESTIGATOR, f"{run.state} exhibits:run", address)
    refused = records.values("cases:break_glass")
    case_url = reverse("cases:case", kwargs={"case_ref": refused["case_ref"]})
    yield Stop(Role.INVESTIGATOR, "refused cases:case", case_url)
    yield Stop(Role.ADVOCATE, "refused cases:search", reverse("cases:search"))
    yield Stop(Role.INVESTIGATOR, "not found", "/cases/C-0000000000/")
    yield Stop("", "not found, not signed in", "/no-such-page/")
    spent = reverse("demonstration:sign_in", kwargs={"token": "x" * 43})
    yield Stop("", "spent demonstration:sign_in", spent)
    yield Stop("", "spent enrol", reverse("enrol", kwargs={"token": "x" * 43}))
    exhibit = records.main.exhibits.filter(path__endswith="zip").order_by("pk")[0]
    inside = {"case_ref": records.main.ref, "exhibit_ref": exhibit.ref}
    yield Stop(
        Role.INVESTIGATOR, "zip exhibits:exhibit", reverse("exhibits:exhibit", kwargs=inside)
    )
    for sealed in Case.objects.filter(is_sealed=True, force=records.main.force)[:1]:
        address = reverse("cases:case", kwargs={"case_ref": sealed.ref})
        yield Stop(Role.SINGLE_POINT_OF_CONTACT, "sealed cases:case", address)


def told() -> str:
    """Return as JSON who is signed in under which key, and the pages."""
    people = who()
    return json.dumps(
        {
            "sessions": {role: session_of(user) for role, user in people.items()},
            "unconfirmed": session_of(people[Role.ADMINISTRATOR], is_confirmed=False),
            "stops": [asdict(stop) for stop in stops()],
        }
    )
