"""Recommendations and what those they address do about them."""

from fourfold.web.recommendations.models.answers import Answer, AnswerEvidence, SentAnswer, Update
from fourfold.web.recommendations.models.plans import Plan, PlanImport
from fourfold.web.recommendations.models.progress import ProgressReport
from fourfold.web.recommendations.models.recommendations import Part, Recommendation
from fourfold.web.recommendations.models.reminders import Reminder

__all__ = [
    "Answer", "AnswerEvidence", "Part", "Plan", "PlanImport", "ProgressReport", "Recommendation",
    "Reminder", "SentAnswer", "Update",
]  # fmt: skip
