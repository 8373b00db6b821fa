"""The letters of the first steps, built from the record: acknowledgement and decision."""

from dataclasses import dataclass
from datetime import date

from fourfold.web.base.words import uk_date

NOT_NAMED = "the person named as contact"


@dataclass(frozen=True)
class About:
    """What every letter says of the super-complaint."""

    ref: str
    title: str
    body: str
    contact: str
    received_on: date | None
    regime: str = "police"


@dataclass(frozen=True)
class Reasons:
    """What one authority holds, in its own words."""

    authority: str
    bar_words: str
    is_form_met: bool
    text: str


def acknowledgement(about: About, on: date) -> str:
    """Return the letter that acknowledges a super-complaint (regulation 5)."""
    return _letter(
        about, on,
        f"I acknowledge the super-complaint “{about.title}” of {about.body}, received on"
        f" {uk_date(about.received_on)}.",
        f"{_who(about)} will decide together whether it is eligible for consideration. You will be"
        " told the decision in writing.",
    )  # fmt: skip


def eligible(about: About, on: date) -> str:
    """Return the letter of regulation 6(5): both things that it must say."""
    return _letter(
        about, on,
        f"The super-complaint “{about.title}” of {about.body} is eligible for consideration.",
        "It will be investigated.",
        "You will be given reports on the progress of the investigation.",
    )  # fmt: skip


def ineligible(about: About, on: date, reasons: tuple[Reasons, ...]) -> str:
    """Return the letter of regulation 6(6): the decision, with the reasons in writing."""
    return _letter(
        about, on,
        f"The super-complaint “{about.title}” of {about.body} is not eligible for consideration.",
        "The reasons:",
        *(_reason(each) for each in reasons),
    )  # fmt: skip


def _reason(each: Reasons) -> str:
    form = "fulfilled" if each.is_form_met else "not fulfilled"
    return f"{each.authority}: Regulation 4 is {form}. {each.bar_words}. {each.text.strip()}"


def _who(about: About) -> str:
    if about.regime == "police":
        return (
            "The Chief Inspector of Constabulary, the Director General of the IOPC and the College"
            " of Policing"
        )
    return "The Chief Inspector of Constabulary and the Service Police Complaints Commissioner"


def _letter(about: About, on: date, *paragraphs: str) -> str:
    head = [
        uk_date(on), "", f"To {about.body}", f"For {about.contact or NOT_NAMED}",
        f"Our reference: {about.ref}", "",
    ]  # fmt: skip
    return "\n".join([*head, *(line + "\n" for line in paragraphs)]).rstrip() + "\n"
