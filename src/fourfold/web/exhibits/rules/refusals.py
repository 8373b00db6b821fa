"""Why an upload was refused, by code: what it means and what to do next."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Refusal:
    """The words of a refusal, and whether the bytes that came are kept apart."""

    words: str
    keeps_bytes: bool = False


REFUSALS: Final[dict[str, Refusal]] = {
    "path-empty": Refusal("The file has no name. Give it one and send it again."),
    "path-long": Refusal("The path is too long. Choose a folder nearer to the file."),
    "path-hidden-characters": Refusal(
        "The name holds control characters or characters that change the reading direction. "
        "Note the name as it was, rename a copy, and send the copy."
    ),
    "path-absolute": Refusal("The path starts at a drive or at the root. Send it as a file name."),
    "path-backslash": Refusal(
        "The name holds a backslash, which some systems read as a folder. "
        "Note the name as it was, rename a copy, and send the copy."
    ),
    "path-leaves-folder": Refusal("The path leads out of the case folder. Send the file itself."),
    "path-empty-part": Refusal("A folder in the path has no name. Choose the file itself."),
    "path-deep": Refusal("The file lies too many folders deep. Choose a folder nearer to it."),
    "name-long": Refusal("The file name is longer than 255 bytes. Rename a copy and send that."),
    "name-reserved": Refusal(
        "Windows reserves this name for a device, so the file could not be opened there. "
        "Note the name as it was, rename a copy, and send the copy."
    ),
    "name-taken": Refusal(
        "Another exhibit of this case has this name, with other content, or has a folder of this "
        "name in its path. Names that differ only in capitals count as one. Give another folder "
        "and send it again.",
        keeps_bytes=True,
    ),
    "already-here": Refusal("The same file is an exhibit of this case already. Nothing was lost."),
    "being-sent": Refusal(
        "Another file of this name is on its way to this case. Finish it or remove it first."
    ),
    "too-large": Refusal("The file is larger than this service takes. Ask for a disk hand-over."),
    "case-full": Refusal("The case has as many files as this service takes. Put them in archives."),
    "disk-full": Refusal(
        "There is too little room on the disk of this service. Tell the administrator, then "
        "send the file again."
    ),
    "size-mismatch": Refusal(
        "Fewer or more bytes arrived than the browser announced. What came is kept apart. "
        "Send the file again.",
        keeps_bytes=True,
    ),
    "hash-mismatch": Refusal(
        "The SHA-256 of what arrived differs from the one your browser worked out. The file "
        "changed while it was read, or the line damaged it. What came is kept apart. "
        "Check the file and send it again.",
        keeps_bytes=True,
    ),
    "infected": Refusal(
        "The virus scanner found something in this file. It is kept apart and no run reads it. "
        "Hand the medium to your digital forensic unit.",
        keeps_bytes=True,
    ),
    "seal-broken": Refusal(
        "The same bytes were sealed before, and that copy no longer has its hash. Nothing was "
        "overwritten. Tell the administrator at once.",
        keeps_bytes=True,
    ),
}


def words_of(code: str) -> str:
    """Return the sentence of a refusal."""
    return REFUSALS[code].words
