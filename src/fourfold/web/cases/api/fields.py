"""Types of fields that programs send: answers, and text that a database can keep."""

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from fourfold.web.cases.rules.act_codes import by_code

Answer = Literal["yes", "no", "not_known", "not_asked"]
JurisdictionCode = Literal["england-and-wales", "northern-ireland", "scotland"]

TEXT_MAX = 100_000


def storable(text: str) -> str:
    """Refuse what no database keeps: NUL, half a surrogate pair, more than anybody reads."""
    if "\x00" in text:
        raise ValueError("a NUL character cannot be kept")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("half a surrogate pair cannot be kept")
    if len(text) > TEXT_MAX:
        raise ValueError(f"the text is longer than {TEXT_MAX} characters")
    return text


def known_code(code: str) -> str:
    """Refuse a code that stands in no list of acts."""
    if code not in by_code():
        raise ValueError("no list of acts has this code")
    return code


ActCode = Annotated[str, StringConstraints(max_length=20), AfterValidator(known_code)]
Text = Annotated[str, AfterValidator(storable)]
Words = Annotated[str, AfterValidator(storable), StringConstraints(max_length=100)]
