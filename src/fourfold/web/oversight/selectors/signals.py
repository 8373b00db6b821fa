"""The signals as a person may see them: computed when asked, beside their reviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fourfold.web.oversight.models import SignalReview
from fourfold.web.oversight.rules.catalogue import all_occurrences
from fourfold.web.oversight.rules.standing import Key, Signal, split
from fourfold.web.oversight.selectors.evidence import gather
from fourfold.web.oversight.selectors.figures import Window, window_until
from fourfold.web.users import policy
from fourfold.web.users.models import Role, User


@dataclass(frozen=True)
class Shown:
    """A signal, the person it is about if known, and the last review there is."""

    signal: Signal
    person: User | None
    review: SignalReview | None

    @property
    def entries(self) -> int:
        """How many entries of the ledger stand behind it."""
        return len(self.signal.seqs)


@dataclass(frozen=True)
class Board:
    """What a page shows."""

    window: Window
    standing: tuple[Shown, ...]
    reviewed: tuple[Shown, ...]
    is_cut: bool

    def find(self, rule: str, about_ref: str) -> tuple[Shown | None, Shown | None]:
        """Return what stands and what was reviewed of one rule and person."""
        key = (rule, about_ref)
        stands = next((one for one in self.standing if one.signal.key == key), None)
        was = next((one for one in self.reviewed if one.signal.key == key), None)
        return stands, was


def board(actor: User, until_at: datetime) -> Board:
    """Return the signals that a person may see within the window that ends at a moment.

    An auditor sees the whole force; a supervisor the members of the team. Nobody sees what is
    about themselves.
    """
    window = window_until(until_at)
    gathered = gather(actor.force, window)
    latest = latest_reviews(actor, window)
    reviewed_to = {key: review.last_seq for key, review in latest.items()}
    standing, reviewed = split(all_occurrences(gathered.evidence), reviewed_to)
    people = _people(actor, [*standing, *reviewed])
    return Board(
        window,
        tuple(_shown(actor, standing, people, latest)),
        tuple(_shown(actor, reviewed, people, latest)),
        gathered.is_cut,
    )


def latest_reviews(actor: User, window: Window) -> dict[Key, SignalReview]:
    """Return the review that reaches furthest, for each rule and person."""
    found: dict[Key, SignalReview] = {}
    reviews = policy.permitted(actor, "signal.list", SignalReview.objects.all())
    recent = reviews.filter(created_at__gte=window.from_at).select_related("reviewed_by")
    for review in recent.order_by("-last_seq", "-pk"):
        found.setdefault((review.rule, review.about_ref), review)
    return found


def _people(actor: User, signals: Iterable[Signal]) -> dict[str, User]:
    refs = {signal.actor_ref for signal in signals if signal.actor_ref}
    if not refs:
        return {}
    people = User.objects.filter(ref__in=refs, force=actor.force_id).select_related("team")
    return {person.ref: person for person in people}


def _shown(
    actor: User, signals: Iterable[Signal], people: dict[str, User], latest: dict[Key, SignalReview]
) -> Iterable[Shown]:
    for signal in signals:
        person = people.get(signal.actor_ref)
        if _may_see(actor, person):
            yield Shown(signal, person, latest.get(signal.key))


def _may_see(actor: User, person: User | None) -> bool:
    """Say whether a signal about a person is shown to the actor; None is nobody known."""
    if person is not None and person.pk == actor.pk:
        return False
    if actor.role == Role.AUDITOR:
        return True
    return person is not None and actor.team_id is not None and person.team_id == actor.team_id
