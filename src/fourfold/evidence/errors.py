"""Every error a user can meet, and the exit code it ends with."""


class FourfoldError(Exception):
    """An error of the user's input: one line, no traceback, an exit code of its own."""

    exit_code = 1


class UsageError(FourfoldError):
    """The command was called with words it does not know."""

    exit_code = 2


class CaseFileError(FourfoldError):
    """case.toml cannot be used: names the line, the table, the key and what is expected."""

    exit_code = 3


class CaseFolderError(FourfoldError):
    """The case folder is missing, holds nothing, or may not be read."""

    exit_code = 4


class LedgerImbalanceError(FourfoldError):
    """Rows read are not rows used plus merged plus set aside: no package may leave."""

    exit_code = 5


class VerificationError(FourfoldError):
    """A package does not match its own record of itself."""

    exit_code = 6


class TraceError(FourfoldError):
    """A trace code leads nowhere in this package."""

    exit_code = 7


class PackError(FourfoldError):
    """A format pack is not well formed, or cannot be learnt from this file."""

    exit_code = 8


class UnknownFormatError(FourfoldError):
    """No reader recognises these bytes. The exhibit is kept and reported as not read."""

    exit_code = 9


class ExhibitUnreadableError(FourfoldError):
    """A reader cannot read this file; `reason` is a class of model.reasons."""

    exit_code = 10

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
