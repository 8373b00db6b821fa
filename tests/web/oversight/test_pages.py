"""The pages of oversight: who may, what they show, what they record, how many queries."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fourfold.web.accountability.ledger import record, record_all
from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.base.models import WrittenOnceError
from fourfold.web.cases.models import BreakGlass, Case, Identifier
from fourfold.web.oversight.models import CaseLooks, SignalReview
from fourfold.web.users import access, policy
from fourfold.web.users.actions import declare_interest
from fourfold.web.users.models import Force, Role, User
from lib.ledgers import entry
from web.oversight.test_misuse import signals, standing

SignIn = Callable[[User], Client]
QUERIES_MAX = 15


def attempts(user: User, case: Case, times: int = 5) -> None:
    """Let somebody who is not assigned try to open a case."""
    for _ in range(times):
        with pytest.raises(access.Refused):
            access.require(user, "case.open", case)


@pytest.fixture
def refused(make_user: Callable[..., User], make_case: Callable[..., Case]) -> User:
    """An investigator of the team who was refused five times in a row."""
    user = make_user(Role.INVESTIGATOR)
    attempts(user, make_case())
    return user


def where(user: User) -> str:
    return reverse("oversight:signal", kwargs={"rule": "refusals", "user_ref": user.ref})


def review(client: Client, user: User, **more: str) -> int:
    page = client.get(where(user)).content.decode()
    (last_seq,) = re.findall(r'name="last_seq"[^>]*value="(\d+)"', page) or re.findall(
        r'value="(\d+)"[^>]*name="last_seq"', page
    )
    facts = {
        "outcome": "explained",
        "words": "The team changed this morning and the list was late.",
        "last_seq": last_seq,
    }
    return client.post(where(user), {**facts, **more}).status_code


def test_reviewed_signal_moves_and_a_new_occurrence_raises_it_anew(
    refused: User, auditor: User, make_case: Callable[..., Case], signed_in: SignIn
) -> None:
    client = signed_in(auditor)

    assert review(client, refused) == 302
    assert standing(signals(client)) == []
    assert SignalReview.objects.get().about_ref == refused.ref
    attempts(refused, make_case(), times=1)
    assert standing(signals(client)) == ["Refused again and again"]


def test_review_is_recorded_without_its_words(
    refused: User, auditor: User, signed_in: SignIn
) -> None:
    review(signed_in(auditor), refused)

    kept = LedgerEntry.objects.get(act="signal.review")
    assert kept.actor_ref == auditor.ref
    assert kept.detail["about"] == refused.ref
    assert "morning" not in json.dumps(kept.detail)


@pytest.mark.parametrize("more", [{"words": "Fine."}, {"outcome": ""}, {"last_seq": "0"}])
def test_review_that_is_not_whole_is_not_kept(
    refused: User, auditor: User, signed_in: SignIn, more: dict[str, str]
) -> None:
    assert review(signed_in(auditor), refused, **more) == 400
    assert not SignalReview.objects.exists()


def test_review_is_written_once(refused: User, auditor: User, signed_in: SignIn) -> None:
    review(signed_in(auditor), refused)
    kept = SignalReview.objects.get()
    kept.words = "Something else altogether, written later."
    with pytest.raises(WrittenOnceError):
        kept.save()


def test_nobody_reviews_what_is_about_themselves(
    auditor: User, make_case: Callable[..., Case], signed_in: SignIn
) -> None:
    attempts(auditor, make_case())
    client = signed_in(auditor)

    assert standing(signals(client)) == []
    assert client.get(where(auditor)).status_code == 403


def test_supervisor_sees_the_own_team_without_content(
    refused: User, supervisor: User, signed_in: SignIn
) -> None:
    html = signals(signed_in(supervisor))

    assert standing(html) == ["Refused again and again"]
    assert refused.name in html
    assert "/oversight/ledger/" not in html
    assert re.findall(r"C-\w{10}", html) == []


def test_supervisor_of_another_team_sees_nothing(
    refused: User, make_user: Callable[..., User], signed_in: SignIn
) -> None:
    assert standing(signals(signed_in(make_user(Role.SUPERVISOR, team=None)))) == []


def test_supervisor_does_not_review(refused: User, supervisor: User, signed_in: SignIn) -> None:
    assert signed_in(supervisor).get(where(refused)).status_code == 403


def test_interest_withdrawn_before_the_case_is_opened_stands(
    case: Case, investigator: User, auditor: User, signed_in: SignIn
) -> None:
    Identifier.objects.create(
        case=case, kind="phone", text="07700 900123", normalised="+447700900123"
    )
    interest = declare_interest(
        actor=investigator, kind="phone", text="07700 900123", relation="friend"
    )
    interest.delete()
    signed_in(investigator).get(reverse("cases:case", kwargs={"case_ref": case.ref}))

    html = signals(signed_in(auditor))
    assert "A case was opened after an interest was withdrawn" in standing(html)


def test_break_glass_stands_until_it_is_reviewed(
    case: Case, supervisor: User, auditor: User, signed_in: SignIn
) -> None:
    opening = BreakGlass.objects.create(
        case=case, user=supervisor, reason="Somebody rang at night.",
        from_at=case.opened_at, until_at=case.opened_at,
    )  # fmt: skip
    client = signed_in(auditor)

    assert standing(signals(client)) == ["Emergency openings not reviewed"]
    assert opening.ref in client.get(reverse("oversight:exceptions")).content.decode()


@pytest.fixture
def other_entry(other_force: Force) -> LedgerEntry:
    """An entry of another force."""
    return record(entry(force_ref=other_force.ref, case_ref="C-ZZZZZZZZZZ"))


def test_ledger_shows_the_own_force_in_sentences(
    case: Case, investigator: User, auditor: User, other_entry: LedgerEntry, signed_in: SignIn
) -> None:
    signed_in(investigator).get(reverse("cases:case", kwargs={"case_ref": case.ref}))

    html = signed_in(auditor).get(reverse("oversight:ledger")).content.decode()

    assert "opened the case: <a" in html
    assert case.ref in html
    assert investigator.name in html
    assert "C-ZZZZZZZZZZ" not in html


@pytest.mark.parametrize("query", ["?case=C-ZZZZZZZZZZ", "?first=1&last=9999", "?act=case.open"])
def test_no_filter_reaches_another_force(
    auditor: User, other_entry: LedgerEntry, signed_in: SignIn, query: str
) -> None:
    html = signed_in(auditor).get(reverse("oversight:ledger") + query).content.decode()

    assert f'id="entry-{other_entry.seq}"' not in html


@pytest.fixture
def hundred_and_twenty(auditor: User) -> list[int]:
    """Entries enough for three pages, all about one case."""
    force = auditor.force.ref
    record_all(entry(force_ref=force, case_ref="C-0000000007") for _ in range(120))
    found = LedgerEntry.objects.filter(case_ref="C-0000000007")
    return list(found.order_by("-seq").values_list("seq", flat=True))


def test_pages_hold_every_entry_once_in_both_directions(
    hundred_and_twenty: list[int], auditor: User, signed_in: SignIn
) -> None:
    client, url = signed_in(auditor), "?case=C-0000000007"
    forth: list[int] = []
    back: list[int] = []
    while url:
        html = client.get(reverse("oversight:ledger") + url).content.decode()
        forth += [int(seq) for seq in re.findall(r'id="entry-(\d+)"', html)]
        last, url = url, _turn(html, "next")
    url = last
    while url:
        html = client.get(reverse("oversight:ledger") + url).content.decode()
        back = [int(seq) for seq in re.findall(r'id="entry-(\d+)"', html)] + back
        url = _turn(html, "prev")

    assert forth == back == hundred_and_twenty


def _turn(html: str, way: str) -> str:
    found = re.search(rf'rel="{way}" href="([^"]+)"', html)
    return found[1].replace("&amp;", "&") if found else ""


def test_table_is_whole_safe_for_spreadsheets_and_recorded(
    auditor: User, confirmed: SignIn
) -> None:
    record(entry(force_ref=auditor.force.ref, purpose="=HYPERLINK(1)", actor_ref=""))

    answer = confirmed(auditor).get(reverse("oversight:ledger_table"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["purpose"] for row in rows if row["act"] == "case.open"] == ["'=HYPERLINK(1)"]
    assert rows[-1]["act"] == "ledger.export"


def test_table_asks_to_confirm_first(auditor: User, signed_in: SignIn) -> None:
    answer = signed_in(auditor).get(reverse("oversight:ledger_table"))

    assert answer.status_code == 302
    assert not LedgerEntry.objects.filter(act="ledger.export").exists()


def test_head_is_signed_and_recorded(auditor: User, signed_in: SignIn) -> None:
    from fourfold.web.accountability import heads

    answer = signed_in(auditor).get(reverse("oversight:ledger_head"))

    last = LedgerEntry.objects.order_by("-seq").first()
    assert last is not None
    assert last.act == "ledger.head"
    assert heads.read(answer.content.decode()).hash == last.hash


def test_check_says_up_to_which_entry(auditor: User, signed_in: SignIn) -> None:
    html = signed_in(auditor).get(reverse("oversight:ledger_check")).content.decode()

    last = LedgerEntry.objects.count()
    assert f"Verified up to entry {last}" in html
    assert "fourfold verify-ledger" in html


@pytest.mark.parametrize(
    ("role", "sealed", "status"),
    [
        (Role.AUDITOR, True, 200),
        (Role.SUPERVISOR, False, 200),
        (Role.SUPERVISOR, True, 403),
        (Role.SINGLE_POINT_OF_CONTACT, False, 200),
        (Role.INVESTIGATOR, False, 403),
        (Role.ADMINISTRATOR, False, 403),
    ],
)
def test_who_may_read_who_looked(
    make_case: Callable[..., Case],
    make_user: Callable[..., User],
    signed_in: SignIn,
    role: str,
    sealed: bool,
    status: int,
) -> None:
    case, user = make_case(is_sealed=sealed), make_user(role)
    address = reverse("oversight:case_looks", kwargs={"case_ref": case.ref})

    assert signed_in(user).get(address).status_code == status
    listed = policy.permitted(user, "case.looks", CaseLooks.objects.all())
    assert listed.exists() is (status == 200)


def test_looks_name_who_role_rule_and_what(
    case: Case, investigator: User, auditor: User, signed_in: SignIn
) -> None:
    signed_in(investigator).get(reverse("cases:case", kwargs={"case_ref": case.ref}))
    address = reverse("oversight:case_looks", kwargs={"case_ref": case.ref})

    html = signed_in(auditor).get(address).content.decode()

    for said in (investigator.name, "Investigator", "assigned", "opened the case"):
        assert said in html
    assert LedgerEntry.objects.filter(act="case.looks", case_ref=case.ref).exists()


@pytest.mark.parametrize("name", ["signals", "ledger", "exceptions", "ledger_check"])
def test_page_answers_in_few_queries(
    refused: User, investigator: User, auditor: User, case: Case, signed_in: SignIn, name: str
) -> None:
    declare_interest(actor=investigator, kind="name", text="Ada Okafor", relation="friend")
    client = signed_in(auditor)
    client.get("/healthz")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(f"oversight:{name}")).status_code == 200

    asked = [one["sql"] for one in queries.captured_queries]
    kept = [sql for sql in asked if not re.search(r"SAVEPOINT|django_session|usersessions_", sql)]
    assert len(kept) <= QUERIES_MAX, kept


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.ADVOCATE, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", ["signals", "ledger", "exceptions", "ledger_check"])
def test_other_roles_are_refused(
    make_user: Callable[..., User], signed_in: SignIn, role: str, name: str
) -> None:
    assert signed_in(make_user(role)).get(reverse(f"oversight:{name}")).status_code == 403


def test_entry_policy_and_queryset_agree(auditor: User, other_entry: LedgerEntry) -> None:
    record(entry(force_ref=auditor.force.ref))
    record(entry(force_ref="", actor_ref="", act="sign_in.failed", case_ref=""))
    listed = set(policy.permitted(auditor, "ledger.read", LedgerEntry.objects.all()))

    decided = {one for one in LedgerEntry.objects.all() if access.see(auditor, "ledger.read", one)}

    assert listed == decided
    assert other_entry not in decided
