"""Which stored text is an address of the web that a page may lead to."""

import re
from typing import Final
from urllib.parse import urlsplit

WEB: Final = ("http", "https")
NOT_OF_AN_ADDRESS: Final = re.compile(r"[\x00-\x20\x7f-\xa0<>\"`\\\u2028\u2029\u202a-\u202e]")


def web_address(text: str) -> str:
    """Return an address that a page may lead to: of the web, with a host; else nothing.

    One that names a user before its host looks like another host, and is not taken.
    """
    given = text.strip()
    if NOT_OF_AN_ADDRESS.search(given):
        return ""
    try:
        parts = urlsplit(given)
    except ValueError:
        return ""
    is_led_to = parts.scheme in WEB and parts.hostname and "@" not in parts.netloc
    return given if is_led_to else ""
