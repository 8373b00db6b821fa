"""The table that `start.py demo` prints: every role with a link that signs in once."""

from django.urls import reverse

from fourfold.web.demonstration import selectors
from fourfold.web.users import tokens
from fourfold.web.users.models import SignInToken

HEADINGS = ("Role", "Name", "Force", "Sign-in link (works once)")


def link(address: str, part: selectors.Part) -> str:
    """Make a new link for a person; the one before ends."""
    secret = tokens.make(part.user, SignInToken.Purpose.DEMONSTRATION)
    return address + reverse("demonstration:sign_in", kwargs={"token": secret})


def table(address: str) -> str:
    """Return the table of everybody with a new link each."""
    rows = [
        (part.role, part.user.name, part.force, link(address, part)) for part in selectors.parts()
    ]
    widths = [max(len(row[at]) for row in (HEADINGS, *rows)) for at in range(3)]
    lines = []
    for row in (HEADINGS, tuple("-" * width for width in (*widths, 25)), *rows):
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[3]]))
    return "\n".join(lines)
