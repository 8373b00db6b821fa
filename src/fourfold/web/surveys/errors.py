"""What a survey does not allow just now. The message is for the page and repeats no answer."""


class SurveyError(Exception):
    """A step that the state of the survey or of a reply does not allow; it says what to do."""
