"""Invented accounts of acts: what was told, what it did, and an officer's neutral line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from fourfold.web.cases.actions.acts import ActFacts
from fourfold.web.cases.models import Act
from fourfold.web.cases.models.answers import Answer, Precision

Means = Act.Means


@dataclass(frozen=True)
class Telling:
    """One kind of act as victims of the invented world tell it."""

    codes: tuple[str, ...]
    means: str
    victim_words: str
    summary: str
    place_text: str = ""
    by_proxy: bool = False


TELLINGS: Final = (
    Telling(("b",), Means.CALL, "He rang eleven times before I had left the office.",
            "Eleven calls from the number attributed to the suspect, none answered."),
    Telling(("b",), Means.CALL, "The phone rang at three in the morning and nobody spoke.",
            "One call from a withheld number, 40 seconds, nobody spoke."),
    Telling(("b",), Means.TEXT, "He texted that he still has my key.",
            "Text message about a key, copy taken from the handset."),
    Telling(("b",), Means.TEXT, "Forty messages in one evening, sweet ones and then foul ones.",
            "About forty text messages between 19:00 and 23:00."),
    Telling(("b",), Means.APP, "A new account again, the same words as before.",
            "Messages from an account made the same day; the earlier account was blocked."),
    Telling(("b",), Means.EMAIL, "He wrote to my work address and copied in my manager.",
            "Email to the workplace with a second recipient."),
    Telling(("b",), Means.POST, "There was a card through the door with no stamp on it.",
            "Unstamped card delivered by hand, kept as an exhibit.", "Front door"),
    Telling(("b",), Means.POST, "Flowers came for the date we split up.",
            "Flowers delivered to the workplace; the florist holds the order.", "Workplace"),
    Telling(("a",), Means.IN_PERSON, "His car was behind mine from the school to the motorway.",
            "Car behind the victim's for about nine miles, noted by the victim.", "A road"),
    Telling(("a",), Means.DEVICE, "My phone told me a tag was moving with me.",
            "Tracker alert on the handset; tag found under the rear bumper.", "Car"),
    Telling(("e",), Means.IN_PERSON, "He stood by the bus stop opposite for the whole shift.",
            "Person stood opposite the workplace for several hours; CCTV asked for.",
            "Bus stop opposite the workplace"),
    Telling(("e",), Means.IN_PERSON, "He was sitting in the car park when I came out of the gym.",
            "Person in a parked car outside the gym.", "Gym car park"),
    Telling(("g",), Means.IN_PERSON, "He knew what I had worn on Thursday.",
            "Message that describes clothing of the same day."),
    Telling(("g",), Means.DRONE, "There was a drone level with the bedroom window.",
            "Drone at the height of the first floor for some minutes.", "Rear garden"),
    Telling(("g",), Means.DEVICE, "The doorbell account had another sign-in that was not mine.",
            "Second sign-in to the doorbell account, provider asked for the log."),
    Telling(("d",), Means.APP, "He quoted a message I had only sent to my sister.",
            "Words of a private message repeated to the victim."),
    Telling(("d",), Means.APP, "He is the first to view every story, within a minute.",
            "Account views every post within a minute; screenshots taken."),
    Telling(("c",), Means.SOCIAL, "Someone put my number on a dating page.",
            "Profile with the victim's number; reported to the service and saved."),
    Telling(("c",), Means.SOCIAL, "There is a page in my name with our old photographs.",
            "Page in the victim's name with private photographs."),
    Telling(("f",), Means.IN_PERSON, "All four tyres were flat in the morning.",
            "Four tyres cut overnight.", "Street where the car stands"),
    Telling(("f",), Means.IN_PERSON, "The bins had been moved under the kitchen window.",
            "Bins moved to stand under a window.", "Rear of the house"),
    Telling(("f", "e"), Means.IN_PERSON, "The garden gate was open and the plant pots were turned.",
            "Gate opened and pots moved overnight.", "Front garden"),
    Telling(("b",), Means.THIRD_PARTY, "His brother rang to say I should talk to him.",
            "Call by a relative with a message.", by_proxy=True),
    Telling(("b",), Means.THIRD_PARTY, "A taxi I never ordered waited outside, asking for me.",
            "Taxi ordered in the victim's name by an unknown caller.", "Street", by_proxy=True),
)  # fmt: skip
EFFECTS: Final = (
    "I have stopped answering the phone at all.", "I sleep in the room without a window.",
    "I changed my shifts.", "I take a different way every day.", "My daughter will not go out.",
    "I keep the curtains shut.", "I have asked work to walk me to the car.",
    "I feel watched all the time.", "I moved in with my parents for two weeks.", "",
)  # fmt: skip
PRECISIONS: Final = (
    *[Precision.EXACT] * 12, *[Precision.HOUR] * 3, *[Precision.DAY] * 4, Precision.MONTH,
)  # fmt: skip
WHEN_TOLD: Final = {
    Precision.DAY: "some time that day",
    Precision.MONTH: "around that time, the exact day is not known",
}
ANSWERS: Final = (Answer.YES, Answer.YES, Answer.NO, Answer.NOT_KNOWN, Answer.NOT_ASKED)


def facts(rng: Random, at: datetime) -> ActFacts:
    """Return one invented act about this moment."""
    telling = rng.choice(TELLINGS)
    precision = rng.choice(PRECISIONS)
    until_at = None
    if precision == Precision.EXACT and rng.random() < 0.25:
        until_at = at + timedelta(minutes=rng.randrange(5, 180))
    explained = telling.by_proxy and rng.random() < 0.5
    return ActFacts(
        victim_words=telling.victim_words,
        effect_words=rng.choice(EFFECTS),
        fear_of_violence=rng.choice(ANSWERS),
        alarm=rng.choice(ANSWERS),
        distress=rng.choice(ANSWERS),
        occurred_from_at=at,
        occurred_to_at=until_at,
        precision=precision,
        when_text=WHEN_TOLD.get(precision, ""),
        codes=telling.codes,
        means=telling.means,
        place_text=telling.place_text,
        actor_kind=Act.ActorKind.PROXY if telling.by_proxy else Act.ActorKind.SUSPECT,
        proxy_basis="He said so himself in a message the next day." if explained else "",
        summary=telling.summary,
    )
