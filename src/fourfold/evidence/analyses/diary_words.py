"""What an entry claims, by a printed keyword table: by which means, how often, where, by whom.

The table decides which kinds of record can support an entry before any record is looked
at. It knows words, not meaning: the entry itself always stands beside the outcome.
"""

import re
from dataclasses import dataclass
from typing import Final

from fourfold.evidence.model.case import Case, Place
from fourfold.evidence.support.vague_time.plain import count_in

CALL: Final = "call"
MESSAGE: Final = "message"
IN_PERSON: Final = "in_person"
VEHICLE: Final = "vehicle"
BELL: Final = "bell"

# Kind of record -> words; read from the column "how" if that names any, else from the text.
MEANS: Final[dict[str, str]] = {
    CALL: r"calls?|called|calling|(?:rang|rung|rings?|ringing)"
    r"(?! (?:at )?(?:the |my |our )?(?:door|bell|buzzer|camera))|phoned|phoning|voice ?mails?"
    r"|answer ?phone|private number|withheld"
    r"|no caller id|hung up|on the phone|phone (?:went|kept going)|face ?time|dialled",
    MESSAGE: r"texts?|texted|texting|messages?|messaged|messaging|sms|dms?|dm'd|e-?mails?|e-?mailed"
    r"|whats ?app(?:ed)?|insta(?:gram)?|facebook|messenger|telegram|snap(?:chat)?|voice notes?",
    IN_PERSON: r"in person|outside|stood|standing|saw (?:him|her|his)|seen him|behind (?:me|us)"
    r"|across the (?:road|street)|waiting|turned up|showed up|follow\w*|hanging about|parked"
    r"|(?:drove|driving|drives|walked|walking|went|came|ran) (?:\w+ )?(?:past|by|up to|round|over)"
    r"|(?:he|she) was (?:there|in|at|by|on|right|sat|sitting)|(?:his|her) (?:car|van)|knock\w*"
    r"|bang(?:ed|ing) on|door ?step|watching (?:me|us|the)|star(?:ed|ing) at|lurking|loitering"
    r"|bumped into|grabbed|shouted at|door ?bell"
    r"|rang (?:at )?(?:the |my |our )?(?:door|bell|buzzer)",
}
# Added to "in person" when the words name them.
WITH_IN_PERSON: Final[dict[str, str]] = {
    VEHICLE: r"car|van|drove|driving|vehicle|motorbike",
    BELL: r"(?:door ?)?bell|knock\w*|door ?camera",
}
CHANNELS: Final[dict[str, str]] = {
    "instagram": r"instagram|insta", "facebook": r"facebook|messenger",
    "whatsapp": r"whats ?app(?:ed)?", "telegram": r"telegram", "email": r"e-?mail\w*",
    "snapchat": r"snap ?chat(?:ted)?", "signal": r"signal message|on signal",
}  # fmt: skip
# A column "how" that says no more than this leaves the service to the text.
ANY_SERVICE: Final = r"messages?|online|social media|app|internet|dms?"
# What is brought or posted leaves no record of a message.
BROUGHT: Final = (
    r"letters?|flowers|bouquet|parcel|package|gift|present|cards?|note (?:left|on|through|under)"
)
SENT: Final = r"texts?|texted|sms|whats ?app(?:ed)?|e-?mail\w*|instagram|facebook|telegram"
WITHHELD: Final = (
    r"private (?:number|call)|withheld|no caller id|unknown (?:number|caller)|number withheld"
    r"|(?:hidden|blocked|anonymous|private) (?:number|call|caller)s?|no number|number hidden"
)
DENIES_ANSWERED: Final = (
    r"(?:have not|haven't|had not|hadn't|never) (?:once )?(?:answered|picked up|spoken to him"
    r"|spoken to her|taken (?:a|any) call)|not (?:answered|picked up) (?:a single|any|once)"
)
NOT_ANSWERED: Final = (
    r"(?:did not|didn't|do not|don't|would not|wouldn't|could not|couldn't) (?:pick (?:it )?up"
    r"|answer)|not answer|let it ring|let it go|missed (?:a |his |the )?calls?|rang out"
    r"|no answer|ignored (?:it|them|him|her)"
)
ANSWERED: Final = r"answered|picked (?:it )?up|spoke (?:to|with) (?:him|her)"
OWN_ACT: Final = (
    r"told (?:him|her) by|i (?:texted|rang|called|messaged|wrote|replied|e-?mailed|phoned"
    r"|sent (?:him|her))"
)
KIN: Final = r"mum|mother|dad|father|sister|brother|nan|parents|boss|manager|friend|mate|neighbour"
TOLD_OF_OTHERS: Final = (
    r"(?:police|officer|pc|dc) \w*\s?(?:rang|called|phoned|texted|warned)|told by"
    rf"|(?:rang|called|phoned|texted|messaged|e-?mailed) my (?:{KIN})"
)
WORK: Final = r"work\w*|shift|office"
DWELLING: Final = r"hom\w*|house|flat|door|bell|garden|address"
_COLON_QUOTE = re.compile(r"(?:text|message|e-?mail|dm)s?\b[^:.]{0,40}: *(.{4,})$", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“]([^\"”]{4,})[\"”]|(?:^|[\s(,])['‘](.{4,}?)['’](?=$|[\s.,!?)])")
_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)
QUOTE_WORDS: Final = 2  # a single word is no quotation that could be recognised


@dataclass(frozen=True)
class Claim:
    """What an entry says, as far as the table reads it.

    kinds: which kinds of record can support it. channel: None for any.
    count: how many times, and whether the entry says "about".
    answered: True or False as stated for the call, None if not said.
    other: key of a third party whose act it is; "" if it is the suspect's.
    rules: the lines of the table that fired.
    """

    kinds: frozenset[str] = frozenset()
    channel: str | None = None
    count: tuple[int, bool] | None = None
    is_withheld: bool = False
    answered: bool | None = None
    denies_answered: bool = False
    is_both_ways: bool = False
    is_of_others: bool = False
    other: str = ""
    quotes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def is_contact(self) -> bool:
        """Tell whether records of calls or messages are asked for."""
        return bool(self.kinds & {CALL, MESSAGE})


def claim_of(text: str, how: str, words_used: str, case: Case) -> Claim:
    """Read an entry's words by the table."""
    kinds = _kinds(how) or _kinds_of_text(text)
    if IN_PERSON in kinds:
        kinds |= {kind for kind, words in WITH_IN_PERSON.items() if _has(words, text)}
    words = f"{how} {text}"
    denies = _has(DENIES_ANSWERED, text)
    if not kinds and (denies or _has(WITHHELD, words)):
        kinds = {CALL}
    named_in = text if not how or re.fullmatch(ANY_SERVICE, how.lower()) else how
    channels = [name for name, pattern in CHANNELS.items() if _has(pattern, named_in)]
    claim = Claim(
        kinds=frozenset(kinds),
        channel=channels[0] if len(channels) == 1 and CALL not in kinds else None,
        count=count_in(text),
        is_withheld=_has(WITHHELD, words),
        answered=None if denies else _answered(text),
        denies_answered=denies,
        is_both_ways=_has(OWN_ACT, text),
        is_of_others=_has(TOLD_OF_OTHERS, words),
        other=_third_party(text, case),
        quotes=quotes_of(text, words_used) if MESSAGE in kinds else (),
    )
    return _with_rules(claim)


def _has(words: str, text: str) -> bool:
    return bool(re.search(rf"\b(?:{words})\b", text.lower().replace("’", "'")))


def _kinds(text: str) -> set[str]:
    return {kind for kind, words in MEANS.items() if _has(words, text)}


def _kinds_of_text(text: str) -> set[str]:
    found = _kinds(text)
    return found - {MESSAGE} if _has(BROUGHT, text) and not _has(SENT, text) else found


def _answered(text: str) -> bool | None:
    if _has(NOT_ANSWERED, text):
        return False
    return True if _has(ANSWERED, text) else None


ACTS: Final = (
    r"text(?:ed|s)?|rang|rings?|called|phoned|messaged?s?|e-?mail(?:ed|s)?|sent|passed|asked|wrote"
    r"|contacted|forwarded"
)


def _third_party(text: str, case: Case) -> str:
    """Return the third party whose act it is: "Kester texted for him", "a text from Kester".

    One who is only named ("I was with Kester when he rang") does nothing.
    """
    for person in case.people:
        first = re.escape((person.name or "").split(" ")[0])
        if person.role != "third_party" or len(first) <= 2:
            continue
        acts = rf"\b{first}\b(?: (?!he\b|she\b)\w+){{0,2}} (?:{ACTS})\b"
        through = rf"\b(?:from|through|via|got|by|using)(?: \w+){{0,2}} {first}\b"
        if re.search(rf"{acts}|{through}", text):
            return person.key
    return ""


def quotes_of(text: str, words_used: str) -> tuple[str, ...]:
    """Return the words that an entry quotes, in small letters without marks."""
    found = ["".join(groups) for groups in _QUOTED.findall(text)]
    found += _COLON_QUOTE.findall(text)
    found.append("" if words_used.strip().lower() in {"none", "nothing", "-"} else words_used)
    plain = [words_only(quote) for quote in found]
    return tuple(dict.fromkeys(quote for quote in plain if len(quote.split()) >= QUOTE_WORDS))


def words_only(text: str) -> str:
    """Return text as small words with single spaces."""
    return _NOT_WORDS.sub(" ", text.lower().replace("'", "").replace("’", "")).strip()


def _with_rules(claim: Claim) -> Claim:
    rules = [f"means:{kind}" for kind in sorted(claim.kinds)]
    rules += [f"channel:{claim.channel}"] if claim.channel else []
    rules += [f"count:{claim.count[0]}"] if claim.count else []
    for name in ("is_withheld", "denies_answered", "is_both_ways", "is_of_others"):
        rules += [name.removeprefix("is_")] if getattr(claim, name) else []
    rules += [f"answered:{'yes' if claim.answered else 'no'}"] if claim.answered is not None else []
    rules += [f"act of:{claim.other}"] if claim.other else []
    rules += [f"quoted words:{len(claim.quotes)}"] if claim.quotes else []
    return Claim(**{**claim.__dict__, "rules": tuple(rules)})


def places_named(words: str, owner: str, case: Case) -> tuple[Place, ...]:
    """Return the places of the case that words can mean, by words, key and label.

    "work" means a place of the owner whose key or label says work; words for a dwelling
    mean those whose key or label says so (all of them: an address may have changed);
    other places are meant by a word of their label or key.
    """
    return tuple(p for p in case.places if p.whose in {None, owner} and _is_named(p, words))


def _is_named(place: Place, words: str) -> bool:
    names = f"{place.key} {place.label}".lower().replace("_", " ")
    if place.whose is not None:
        return any(_has(kind, words) and _has(kind, names) for kind in (WORK, DWELLING))
    own = {word for word in words_only(names).split() if len(word) > 2}
    return bool(own & set(words_only(words).split()))


def printed_table() -> dict[str, str]:
    """Return the keyword table as it is printed in the settings of every finding."""
    return {
        **{f"means {kind}": words for kind, words in {**MEANS, **WITH_IN_PERSON}.items()},
        **{f"channel {name}": words for name, words in CHANNELS.items()},
        "number withheld": WITHHELD,
        "denies any answered call": DENIES_ANSWERED,
        "not answered": NOT_ANSWERED,
        "answered": ANSWERED,
        "the writer's own act": OWN_ACT,
        "told of an act between others": TOLD_OF_OTHERS,
        "a third party's act": ACTS,
        "any service": ANY_SERVICE,
        "brought or posted, no message": BROUGHT,
        "place: work": WORK,
        "place: dwelling": DWELLING,
    }
