"""What an action on recommendations and answers would not do, and what to do next."""


class RecommendationError(Exception):
    """The state of the record does not allow it. Its words go on the page."""


class IssuedError(RecommendationError):
    """A recommendation was issued: its words stand."""

    def __init__(self) -> None:
        super().__init__(
            "This recommendation was issued, so its text, deadline and addressees stand. Its"
            " theme, measures and note can still be changed."
        )


class NumberTakenError(RecommendationError):
    """The super-complaint has a recommendation, or the recommendation a part, of that number."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There is a {what} of that number already. Choose another number.")


class NotPublishedError(RecommendationError):
    """Recommendations are issued with the report or after it."""

    def __init__(self) -> None:
        super().__init__(
            "The report is not published yet. Recommendations are issued with it or after it,"
            " because deadlines count from its publication."
        )


class NotIssuableError(RecommendationError):
    """A draft lacks what issuing needs."""


class NothingSentError(RecommendationError):
    """Nothing was sent that could be published."""
