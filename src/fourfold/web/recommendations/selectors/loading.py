"""Recommendations and answers by the references in a URL; `users.access` asks who may see them."""

from typing import Any, Final

from django.http import Http404

from fourfold.web.base.loading import by_ref
from fourfold.web.recommendations.models import Answer, Part, Recommendation, Update
from fourfold.web.recommendations.selectors.answers import published_words

COMPLAINT: Final = (
    "supercomplaint__body", "supercomplaint__collator", "supercomplaint__lead",
)  # fmt: skip
OF: Final = tuple(f"recommendation__{name}" for name in COMPLAINT)


def recommendation_by_ref(
    *, supercomplaint_ref: str, recommendation_ref: str, **_: Any
) -> Recommendation:
    """Return the recommendation of a URL."""
    within = {"supercomplaint__ref": supercomplaint_ref}
    return by_ref(Recommendation, recommendation_ref, *COMPLAINT, **within)


def part_by_ref(
    *, supercomplaint_ref: str, recommendation_ref: str, part_ref: str, **_: Any
) -> Part:
    """Return the part of a URL."""
    within = {
        "recommendation__ref": recommendation_ref,
        "recommendation__supercomplaint__ref": supercomplaint_ref,
    }
    return by_ref(Part, part_ref, *OF, **within)


def answer_by_ref(*, answer_ref: str, **_: Any) -> Answer:
    """Return the answer of a URL."""
    return by_ref(Answer, answer_ref, *OF, "part", "organisation")


def update_by_ref(*, answer_ref: str, update_ref: str, **_: Any) -> Update:
    """Return the update of a URL."""
    related = tuple(f"answer__{name}" for name in (*OF, "part", "organisation"))
    return by_ref(Update, update_ref, *related, answer__ref=answer_ref)


def recommendation_of_published(*, answer_ref: str, **_: Any) -> Recommendation:
    """Return what a published answer answers; one that is not published does not exist."""
    words = published_words(answer_ref)
    if words is None:
        raise Http404("There is no such record.")
    return by_ref(Recommendation, words.recommendation_ref, *COMPLAINT)
