"""What an action of a super-complaint would not do, in words that say what to do next."""


class SuperComplaintError(Exception):
    """The procedure, or the state of the record, does not allow it. Its words go on the page."""


class NotFromHereError(SuperComplaintError):
    """There is no such event from the state in which the super-complaint is."""


class GuardError(SuperComplaintError):
    """A condition of the event is not met."""


class FrozenError(SuperComplaintError):
    """The complaint was submitted: what was submitted is not edited."""

    def __init__(self) -> None:
        super().__init__(
            "This super-complaint was submitted, so it is not edited any more. Write to the"
            " authorities if something in it is wrong."
        )


class NoOrganisationError(SuperComplaintError):
    """The actor's force is linked with no organisation of the register."""

    def __init__(self) -> None:
        super().__init__(
            "Your team is not linked with an organisation of the register. Ask a complaints"
            " officer to link it under Organisations."
        )


class OtherComplaintError(SuperComplaintError):
    """Something of another super-complaint was named."""

    def __init__(self) -> None:
        super().__init__("That belongs to another super-complaint. Choose again.")


class NotNowError(SuperComplaintError):
    """The state of the super-complaint does not allow it now."""


class ReportError(SuperComplaintError):
    """The report is not yet as it must be for this step."""


class WithheldFoundError(SuperComplaintError):
    """What would be published holds words that must be withheld: nothing was published."""
