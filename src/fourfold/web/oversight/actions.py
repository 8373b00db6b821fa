"""What oversight writes: the review of a signal. The ledger's own exports are recorded as looks."""

from django.db import transaction
from django.db.models import Model

from fourfold.web.cases.rules.need_to_know import has_enough_words
from fourfold.web.oversight.models import SignalReview
from fourfold.web.oversight.selectors.signals import Shown
from fourfold.web.users import access
from fourfold.web.users.models import User


class TooFewWordsError(ValueError):
    """A review must say what was looked at and what was found."""


class NotReviewedHereError(ValueError):
    """The signal goes away by an act elsewhere, not by a review."""


def review_signal(*, actor: User, shown: Shown, outcome: str, words: str) -> SignalReview:
    """Record an auditor's finding about a signal, up to its last entry."""
    about: Model = shown.person or actor.force
    decision = access.require(actor, "signal.review", about)
    if shown.signal.kind.is_reviewed_elsewhere:
        raise NotReviewedHereError("Review the emergency opening itself.")
    if not has_enough_words(words):
        raise TooFewWordsError("Say in a sentence what you looked at and what you found.")
    with transaction.atomic():
        review = SignalReview(
            force=actor.force,
            rule=shown.signal.rule,
            about_ref=shown.signal.actor_ref,
            last_seq=shown.signal.last_seq,
            entries=shown.entries,
            outcome=SignalReview.Outcome(outcome),
            words=words.strip(),
            reviewed_by=actor,
        )
        review.save()
        access.record_act(
            actor,
            "signal.review",
            review,
            decision=decision,
            detail={
                "signal": review.rule,
                "about": review.about_ref or "nobody",
                "outcome": review.outcome,
                "last_seq": review.last_seq,
            },
        )
    return review
