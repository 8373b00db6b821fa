"""The last door: whatever is published within a super-complaint leaves out what is withheld."""

from fourfold.web.publication.content import Attachment, Content, Report
from fourfold.web.supercomplaints.errors import WithheldFoundError
from fourfold.web.supercomplaints.models import Redaction
from fourfold.web.supercomplaints.rules import redaction, searching
from fourfold.web.supercomplaints.rules.redaction import Quote
from fourfold.web.supercomplaints.selectors.reports import quote_of


def withhold(content: Content, within_ref: str, files: tuple[Attachment, ...]) -> Content:
    """Return content without what is withheld; refuse a file that can be read and holds it.

    Files that organisations attach in forms that cannot be read here (their own PDF, tables) are
    theirs to answer for: nothing of the report is in them.

    Raises:
        WithheldFoundError: a file holds words to withhold.
    """
    if not within_ref:
        return content
    kept = Redaction.objects.filter(report__supercomplaint__ref=within_ref)
    quotes = [quote_of(each) for each in kept]
    is_own = isinstance(content, Report)  # publishing it searches its files, and says where
    for file in files if quotes and not is_own else ():
        _search(file, quotes)
    return redaction.apply(content, quotes)


def _search(file: Attachment, quotes: list[Quote]) -> None:
    try:
        held = searching.prepared(searching.Output(file.name, file.media_type, file.content))
    except searching.UnsearchableError:
        return
    if any(searching.hits(held, quote) for quote in quotes):
        raise WithheldFoundError(
            f"The file “{file.name}” holds words that the report of this super-complaint"
            " withholds. Nothing was published. Ask the authorities which words they are."
        )
