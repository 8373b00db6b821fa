"""Proposed labels after the examples of s.2A(3) Protection from Harassment Act 1997.

A label says under which example a person may want to look at an entry. It says neither
that the act happened nor that it amounts to anything; a person confirms or strikes it.
"""

import re
from typing import Final

CONFIRM: Final = "proposed label, for a person to confirm"

# The wording of the Act, shortened; the list in the Act is of examples and not closed.
ACT_CODES: Final[dict[str, str]] = {
    "a": "following a person",
    "b": "contacting, or attempting to contact, a person by any means",
    "c": "publishing a statement or other material about, or claiming to be from, a person",
    "d": "monitoring the use of internet, e-mail or other electronic communication",
    "e": "loitering in any place (whether public or private)",
    "f": "interfering with property in the possession of a person",
    "g": "watching or spying on a person",
}

# Words of a diary or statement entry, whole words, in small letters. Labels b and c come
# from records only: from contacts and posts, never from an entry's words.
STATEMENT_WORDS: Final[dict[str, str]] = {
    "a": r"follow(?:ed|ing|s) (?:me|us|her|him)|(?:right )?behind me|tailed|tailing",
    "d": r"track(?:er|ers|ing)|airtag|spyware|stalkerware|hacked|logged in(?:to)?|my passwords?"
    r"|read(?:ing)? my (?:messages|e-?mails?)",
    "e": r"loiter(?:ed|ing|s)?|hanging (?:about|around)|waiting (?:for me|outside)|waited"
    r"|(?:stood|standing|sat|sitting|parked|was) (?:outside|across the road|opposite)"
    r"|outside (?:my|our|the) \w+",
    "f": r"keyed|slashed|scratched|smashed|broke(?:n)? (?:my|the)|damaged|let down|vandali[sz]ed"
    r"|went through my|took my|stole|paint(?:ed)? on",
    "g": r"watch(?:ed|ing|es) (?:me|us|my|the)|spying|spied|star(?:ed|ing) (?:at|in)"
    r"|looking (?:in|at my|through)|film(?:ed|ing) me|photograph(?:ed|ing) me|binoculars",
}
_PATTERNS: Final = {
    code: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for code, words in STATEMENT_WORDS.items()
}


def labels_of_statement(text: str) -> list[str]:
    """Return the codes whose words occur in an entry's own words, in the order of the Act."""
    plain = text.replace("’", "'")
    return [code for code, pattern in _PATTERNS.items() if pattern.search(plain)]


def rules_printed() -> dict[str, str]:
    """Return the rule behind each label, as findings print it."""
    rules = {
        "b": "a call or message from a suspect's identifier to a victim's, answered or not",
        "c": "a post from a suspect's identifier",
    }
    for code, words in STATEMENT_WORDS.items():
        rules[code] = f"words in a diary or statement entry that is not private: {words}"
    return dict(sorted(rules.items()))
