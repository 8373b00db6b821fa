"""Models of the app, by topic."""

from fourfold.web.surveys.models.replies import (
    Amendment,
    Reminder,
    ReplyAnswer,
    ReplyFile,
    SurveyReply,
)
from fourfold.web.surveys.models.surveys import Question, Survey, SurveySection

__all__ = [
    "Amendment", "Question", "Reminder", "ReplyAnswer", "ReplyFile", "Survey", "SurveyReply",
    "SurveySection",
]  # fmt: skip
