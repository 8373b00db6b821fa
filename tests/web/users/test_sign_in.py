"""Links that work once, sessions that end, and step-up before grave acts."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.users import step_up, tokens
from fourfold.web.users.models import Role, SignInToken, User

ENROL = SignInToken.Purpose.ENROL


def stepped_up(client: Client) -> Client:
    session = client.session
    session[step_up.KEY] = 9_999_999_999
    session.save()
    return client


@pytest.fixture
def recent(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the person had just confirmed."""
    monkeypatch.setattr(step_up, "is_recent", lambda request, within_seconds=0: True)


@pytest.fixture
def administrator(make_user: Callable[..., User]) -> User:
    return make_user(Role.ADMINISTRATOR)


def test_sign_in_page_offers_a_passkey_and_no_password(db: None) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert "Sign in with a passkey" in page
    assert 'type="password"' not in page


def test_pages_want_a_sign_in(db: None) -> None:
    answer = Client().get("/users/me/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_looking_at_an_enrolment_link_does_not_use_it_up(investigator: User) -> None:
    secret = tokens.make(investigator, ENROL)
    assert Client().get(reverse("enrol", args=[secret])).status_code == 200
    assert tokens.find(secret, ENROL) is not None


def test_an_enrolment_link_signs_in_once_and_only_to_add_a_passkey(investigator: User) -> None:
    secret = tokens.make(investigator, ENROL)
    client = Client()
    answer = client.post(reverse("enrol", args=[secret]))
    assert answer["Location"] == reverse("add_passkey")
    assert client.get(reverse("users:me"))["Location"] == reverse("add_passkey")
    assert Client().post(reverse("enrol", args=[secret])).status_code == 410


def test_a_new_link_ends_the_one_before(investigator: User) -> None:
    first = tokens.make(investigator, ENROL)
    tokens.make(investigator, ENROL)
    assert tokens.use(first, ENROL) is None


def test_only_the_hash_of_a_link_is_kept(investigator: User) -> None:
    secret = tokens.make(investigator, ENROL)
    kept = SignInToken.objects.get(user=investigator)
    assert secret not in str(vars(kept))


def test_a_wrong_passkey_is_refused_and_recorded(db: None) -> None:
    client = Client()
    client.get(reverse("account_login"))
    answer = client.post(reverse("account_login"), {"credential": "{}"})
    assert answer.status_code == 400
    assert "not recognised" in answer.content.decode()
    assert LedgerEntry.objects.get(act="sign_in.failed").outcome == "refused"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_after_sign_in_nobody_is_sent_elsewhere(
    wanted: str, investigator: User, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(investigator).get(reverse("account_login"), {"next": wanted})
    assert answer["Location"] == "/"


def test_grave_pages_ask_to_confirm_first(
    administrator: User, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(administrator).get(reverse("users:invite"))
    assert answer["Location"].startswith(reverse("step_up"))


def test_a_confirmation_grows_old() -> None:
    asked = SimpleNamespace(session={step_up.KEY: 0})
    assert not step_up.is_recent(asked)  # type: ignore[arg-type]


def test_invite_shows_the_link_once_and_records_it(
    administrator: User, signed_in: Callable[[User], Client], recent: None
) -> None:
    answer = signed_in(administrator).post(
        reverse("users:invite"),
        {"name": "Rowan Larch", "email": "Rowan@example.org", "role": "analyst", "team": ""},
    )
    user = User.objects.get(email="rowan@example.org")
    secret = answer.content.decode().split("/enrol/")[1].split("/")[0]
    assert tokens.find(secret, ENROL) is not None
    assert not user.has_usable_password()
    assert LedgerEntry.objects.get(act="user.invite").subject_ref == user.ref


def test_changing_a_role_ends_every_session_of_the_person(
    administrator: User, investigator: User, signed_in: Callable[[User], Client], recent: None
) -> None:
    theirs = signed_in(investigator)
    assert theirs.get(reverse("users:me")).status_code == 200
    signed_in(administrator).post(
        reverse("users:change", args=[investigator.ref]), {"role": "auditor", "team": ""}
    )
    assert theirs.get(reverse("users:me")).status_code == 302
    assert User.objects.get(pk=investigator.pk).role == Role.AUDITOR


def test_a_closed_account_is_out_at_once(
    administrator: User, investigator: User, signed_in: Callable[[User], Client], recent: None
) -> None:
    theirs = signed_in(investigator)
    theirs.get(reverse("users:me"))
    signed_in(administrator).post(reverse("users:close", args=[investigator.ref]))
    assert theirs.get(reverse("users:me")).status_code == 302


def test_nobody_changes_their_own_rights(
    administrator: User, signed_in: Callable[[User], Client], recent: None
) -> None:
    answer = signed_in(administrator).get(reverse("users:change", args=[administrator.ref]))
    assert answer.status_code == 403
    assert "not-oneself" in answer.content.decode()


def test_a_session_can_be_seen_and_ended(
    investigator: User, signed_in: Callable[[User], Client]
) -> None:
    one, other = signed_in(investigator), signed_in(investigator)
    one.get(reverse("users:me"))
    page = other.get(reverse("users:me")).content.decode()
    assert page.count('name="csrfmiddlewaretoken"') >= 3
    first = investigator.usersession_set.order_by("pk").first()  # type: ignore[attr-defined]
    other.post(reverse("users:end_session", args=[first.pk]))
    assert one.get(reverse("users:me")).status_code == 302


def test_a_declared_interest_is_kept_in_its_normal_form(
    investigator: User, signed_in: Callable[[User], Client]
) -> None:
    signed_in(investigator).post(
        reverse("users:declare"),
        {"kind": "phone", "text": "07700 900123", "relation": "former partner"},
    )
    assert investigator.declared_interests.get().normalised == "+447700900123"
