"""Where each thing stands on the public site."""

from fourfold.web.publication.content import Kind
from fourfold.web.publication.rules.addresses import slug, words_slug

HOME = "index.html"
HELP = "help-now.html"
LEAVING = "leave-safely.html"


def complaint(ref: str) -> str:
    """Return the page of a super-complaint."""
    return f"super-complaints/{slug(ref)}.html"


def report(ref: str) -> str:
    """Return the page of a report."""
    return f"reports/{slug(ref)}.html"


def survey(ref: str) -> str:
    """Return the page of a survey's annex."""
    return f"surveys/{slug(ref)}.html"


def recommendations(complaint_ref: str) -> str:
    """Return the list of the recommendations of a super-complaint."""
    return f"recommendations/of/{slug(complaint_ref)}.html"


def recommendation(ref: str) -> str:
    """Return the page of a recommendation."""
    return f"recommendations/{slug(ref)}.html"


def matrix(complaint_ref: str) -> str:
    """Return the matrix of a super-complaint."""
    return f"matrix/{slug(complaint_ref)}.html"


def matrix_only(complaint_ref: str, sort: str, words: str) -> str:
    """Return the matrix with one filter."""
    return f"matrix/{slug(complaint_ref)}/only/{sort}-{words_slug(words)}.html"


def answers(complaint_ref: str, organisation_ref: str) -> str:
    """Return what one organisation answered within a super-complaint."""
    return f"matrix/{slug(complaint_ref)}/{slug(organisation_ref)}.html"


def answer(complaint_ref: str, organisation_ref: str, number: int) -> str:
    """Return the place of one answer on that page: a cell of the matrix leads here."""
    return f"{answers(complaint_ref, organisation_ref)}#r{number}"


def organisation(ref: str) -> str:
    """Return the page of an organisation."""
    return f"organisations/{slug(ref)}.html"


def plan(ref: str) -> str:
    """Return the page of an action plan."""
    return f"plans/{slug(ref)}.html"


def measure(name: str) -> str:
    """Return the page of a measure: its definition and its figures."""
    return f"measures/{slug(name)}.html"


def progress_report(ref: str) -> str:
    """Return the page of a progress report."""
    return f"progress-reports/{slug(ref)}.html"


def practice(ref: str) -> str:
    """Return the page of a practice."""
    return f"practices/{slug(ref)}.html"


def practices_only(sort: str, words: str) -> str:
    """Return the practice bank with one filter."""
    return f"practices/only/{sort}-{words_slug(words)}.html"


def file(kind: str, ref: str, name: str) -> str:
    """Return where a file of a published version lies."""
    return f"files/{kind}/{slug(ref)}/{name}"


def feed(complaint_ref: str = "") -> str:
    """Return the feed of all news, or of one super-complaint."""
    return f"feeds/{slug(complaint_ref)}.atom" if complaint_ref else "feeds/all.atom"


def data(kind: str, form: str) -> str:
    """Return the table of a kind: as `json`, `csv` or `schema.json`."""
    return f"data/{kind}.{form}"


def page_of(kind: str, ref: str, within_ref: str = "") -> str:
    """Return the page on which a published thing is read."""
    own = {
        Kind.ORGANISATION: organisation, Kind.SUPER_COMPLAINT: complaint, Kind.REPORT: report,
        Kind.SURVEY: survey, Kind.RECOMMENDATION: recommendation, Kind.PLAN: plan,
        Kind.PROGRESS_REPORT: progress_report, Kind.PRACTICE: practice,
    }  # fmt: skip
    if kind in own:
        return own[Kind(kind)](ref)
    if kind == Kind.ANSWER and within_ref:
        return matrix(within_ref)
    return {
        Kind.DESIGNATION: "designated-bodies.html",
        Kind.MEASURE: "measures.html",
        Kind.FIGURE: measure(within_ref) if within_ref else "measures.html",
        Kind.ADOPTION: practice(within_ref) if within_ref else "practices.html",
        Kind.SUPPORT_SERVICE: HELP,
    }.get(Kind(kind), HOME)
