"""Numbers as dialled become identifiers of one grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.evidence.support.phone import identifier_of, imei_key


@pytest.mark.parametrize(
    ("dialled", "identifier", "hides_caller"),
    [
        ("447700900123", "tel:+447700900123", False),
        ("07700 900123", "tel:+447700900123", False),
        ("+44 7700 900123", "tel:+447700900123", False),
        ("00447700900123", "tel:+447700900123", False),
        ("14107700900123", "tel:+447700900123", True),
        ("147007700900123", "tel:+447700900123", False),
        ("01632 960123", "tel:+441632960123", False),
        ("0012025550123", "tel:+12025550123", False),
        ("222", "short:222", False),
        ("SHOPNAME", "sender:SHOPNAME", False),
        ("", "withheld", False),
        ("Private", "withheld", False),
        ("\u202a+44 7700\u00a0900123\u202c", "tel:+447700900123", False),
    ],
)
def test_identifier_of(dialled: str, identifier: str, hides_caller: bool) -> None:
    assert identifier_of(dialled) == (identifier, hides_caller)


@given(st.text(max_size=40))
def test_any_text_has_an_identifier(dialled: str) -> None:
    scheme = identifier_of(dialled).identifier.split(":")[0]
    assert scheme in {"tel", "short", "sender", "withheld"}


def test_imei_is_compared_on_fourteen_digits() -> None:
    assert imei_key("001001975253810") == imei_key("00 100197 525381 3") == "00100197525381"
    assert imei_key("12345") is None


@pytest.mark.parametrize(
    ("dialled", "identifier", "hides"),
    [
        ("7700900123", "tel:+447700900123", False),
        ("447700900123.0", "tel:+447700900123", False),
        ("'447700900123", "tel:+447700900123", False),
        ("sip:+447700900123@ims.example", "tel:+447700900123", False),
        ("447700900123@s.whatsapp.net", "tel:+447700900123", False),
        ("07700900123;phone-context=example", "tel:+447700900123", False),
        ("#31#07700900123", "tel:+447700900123", True),
        ("*31#07700900123", "tel:+447700900123", False),
        ("+44 (0) 7700 900 123", "tel:+447700900123", False),
        ("No Caller ID", "withheld", False),
        ("Number withheld", "withheld", False),
        ("-1", "withheld", False),
        ("someone@example.org", "sender:someone@example.org", False),
    ],
)
def test_numbers_as_workbooks_apps_and_handsets_write_them(
    dialled: str, identifier: str, hides: bool
) -> None:
    assert identifier_of(dialled) == (identifier, hides)
