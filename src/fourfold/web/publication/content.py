"""What each kind of published thing says: the contract between publishing and the public site.

One frozen class per kind. Texts are plain, never markup; dates are ISO (`2024-09-27`) or "";
"not seen" and "not answered" are values, never guesses. Apps above make these and hand them to
`publication.actions.publish`; the site, the feeds and the open data read them back.
"""

from dataclasses import dataclass, field
from typing import Final

from django.db import models


class Kind(models.TextChoices):
    """Kinds of published things."""

    ORGANISATION = "organisation", "Organisation"
    DESIGNATION = "designation", "Designation"
    SUPER_COMPLAINT = "super_complaint", "Super-complaint"
    REPORT = "report", "Report of an investigation"
    SURVEY = "survey", "Survey"
    RECOMMENDATION = "recommendation", "Recommendation"
    ANSWER = "answer", "Answer to a recommendation"
    PLAN = "plan", "Action plan"
    MEASURE = "measure", "Measure"
    FIGURE = "figure", "Figure"
    PROGRESS_REPORT = "progress_report", "Progress report"
    PRACTICE = "practice", "Practice"
    ADOPTION = "adoption", "Adoption of a practice"
    SUPPORT_SERVICE = "support_service", "Support service"


@dataclass(frozen=True)
class Organisation:
    """An organisation as it is publicly known."""

    ref: str
    name: str
    kind: str
    kind_words: str
    region: str = ""
    website: str = ""
    is_invented: bool = False


@dataclass(frozen=True)
class Designation:
    """A body that may make super-complaints, from when to when."""

    ref: str
    organisation_ref: str
    organisation: str
    regime: str
    designated_on: str = ""
    designated_words: str = ""
    instrument: str = ""
    revoked_on: str = ""
    revocation_grounds: tuple[str, ...] = ()
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One line of a timeline. `basis`: law, guidance, practice or record."""

    on: str
    words: str
    basis: str
    on_words: str = ""
    source: str = ""
    is_late: bool = False
    file: str = ""


@dataclass(frozen=True)
class File:
    """A file of the same published version, by its name."""

    name: str
    title: str
    media_type: str
    size_bytes: int
    on: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Feature:
    """A feature of policing complained of, and the harms it is said to do."""

    number: int
    text: str
    harms: tuple[str, ...] = ()


@dataclass(frozen=True)
class SuperComplaint:
    """A super-complaint as the public sees it."""

    ref: str
    title: str
    body: str
    regime: str
    subject: str
    state: str
    state_words: str
    with_whom: str = ""
    lead: str = ""
    made_on: str = ""
    made_words: str = ""
    report_on: str = ""
    report_title: str = ""
    days_to_report: int | None = None
    responses_due_on: str = ""
    features: tuple[Feature, ...] = ()
    timeline: tuple[Step, ...] = ()
    files: tuple[File, ...] = ()
    gaps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_from_public_record: bool = False
    is_invented: bool = False


@dataclass(frozen=True)
class Section:
    """A section of a document: paragraphs of plain text."""

    heading: str
    paragraphs: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True)
class Finding:
    """A finding, and the numbers of the features it speaks to."""

    number: int
    text: str
    reasons: str = ""
    features: tuple[int, ...] = ()


@dataclass(frozen=True)
class Report:
    """The published version of an investigation's report; what is withheld is not in it."""

    ref: str
    super_complaint_ref: str
    title: str
    published_on: str
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...] = ()
    withheld_count: int = 0
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of text: a caption, headings, rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Survey:
    """A survey's published annex."""

    ref: str
    super_complaint_ref: str
    title: str
    opened_on: str
    closes_on: str
    asked_count: int
    answered_count: int
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Part:
    """A numbered part of a recommendation, such as 7.1."""

    code: str
    text: str


@dataclass(frozen=True)
class Addressee:
    """Somebody whom a recommendation addresses."""

    organisation_ref: str
    name: str
    kind: str


@dataclass(frozen=True)
class Recommendation:
    """A recommendation. Where its text was not found, `is_found` is false and `text` is ""."""

    ref: str
    super_complaint_ref: str
    number: int
    theme: str
    text: str
    is_found: bool
    confidence: str
    parts: tuple[Part, ...] = ()
    addressee_words: str = ""
    addressees: tuple[Addressee, ...] = ()
    due_on: str = ""
    due_basis: str = ""
    note: str = ""
    source_url: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Update:
    """A dated update of an answer."""

    on: str
    text: str
    status: str = ""
    status_words: str = ""


@dataclass(frozen=True)
class Evidence:
    """Evidence attached to an answer: a title, and a file of this version or an address."""

    title: str
    file: str = ""
    url: str = ""


@dataclass(frozen=True)
class Answer:
    """What one organisation answers to one recommendation (`part` "" or "7.1")."""

    ref: str
    super_complaint_ref: str
    recommendation_ref: str
    number: int
    part: str
    organisation_ref: str
    organisation: str
    status: str
    status_words: str
    position: str = ""
    position_words: str = ""
    initial_response: str = ""
    plan: str = ""
    due_on: str = ""
    no_date_reason: str = ""
    no_evidence_reason: str = ""
    answered_on: str = ""
    is_late: bool = False
    owner: str = ""
    executive_lead: str = ""
    operational_lead: str = ""
    updates: tuple[Update, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    files: tuple[File, ...] = ()
    source_url: str = ""


@dataclass(frozen=True)
class Plan:
    """An organisation's action plan: which answers it holds, and the files to take away."""

    ref: str
    super_complaint_ref: str
    organisation_ref: str
    organisation: str
    title: str
    introduction: str
    published_on: str
    answer_refs: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Break:
    """A day from which figures do not compare with those before it."""

    on: str
    words: str


@dataclass(frozen=True)
class Measure:
    """The definition of a measure. One that cannot be computed says why."""

    ref: str
    name: str
    version: int
    title: str
    question: str
    kind: str
    numerator: str = ""
    denominator: str = ""
    unit: str = ""
    period: str = ""
    sql: str = ""
    sql_sha256: str = ""
    caveats: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    not_measurable_because: str = ""
    recommendation_numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A signed figure of a measure for one force and period. Suppressed: no number stands."""

    ref: str
    measure: str
    measure_version: int
    organisation_ref: str
    organisation: str
    period_from: str
    period_to: str
    value: float | None = None
    value_words: str = ""
    numerator: int | None = None
    denominator: int | None = None
    is_suppressed: bool = False
    suppressed_because: str = ""
    signed_by: str = ""
    signed_on: str = ""
    computed_at: str = ""
    sql_sha256: str = ""


@dataclass(frozen=True)
class ProgressReport:
    """A progress report, collated recommendation by recommendation."""

    ref: str
    super_complaint_ref: str
    title: str
    published_on: str
    as_of_on: str
    by: str
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Practice:
    """A practice of the bank, in our own words, with its sources."""

    ref: str
    title: str
    does_it_work: str
    does_it_work_words: str
    rating_reasons: str
    focus: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    organisation: str = ""
    region: str = ""
    partners: tuple[str, ...] = ()
    stage: str = ""
    started: str = ""
    scale: str = ""
    target_group: str = ""
    aim: str = ""
    outcome: str = ""
    description: str = ""
    evaluation: str = ""
    lessons: str = ""
    unconfirmed: tuple[str, ...] = ()
    served_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Adoption:
    """A force has taken up a practice, and what it found."""

    ref: str
    practice_ref: str
    organisation_ref: str
    organisation: str
    since: str
    state_words: str
    local_changes: str = ""
    evaluation: str = ""
    result: str = ""


@dataclass(frozen=True)
class SupportService:
    """A support service, with the day on which it was last checked."""

    ref: str
    name: str
    what: str
    phone: str = ""
    text_number: str = ""
    website: str = ""
    hours: str = ""
    area: str = ""
    languages: str = ""
    access: str = ""
    checked_on: str = ""
    source: str = ""
    order: int = 100


Content = (
    Organisation | Designation | SuperComplaint | Report | Survey | Recommendation | Answer | Plan
    | Measure | Figure | ProgressReport | Practice | Adoption | SupportService
)  # fmt: skip

CLASSES: Final[dict[str, type]] = {
    Kind.ORGANISATION: Organisation,
    Kind.DESIGNATION: Designation,
    Kind.SUPER_COMPLAINT: SuperComplaint,
    Kind.REPORT: Report,
    Kind.SURVEY: Survey,
    Kind.RECOMMENDATION: Recommendation,
    Kind.ANSWER: Answer,
    Kind.PLAN: Plan,
    Kind.MEASURE: Measure,
    Kind.FIGURE: Figure,
    Kind.PROGRESS_REPORT: ProgressReport,
    Kind.PRACTICE: Practice,
    Kind.ADOPTION: Adoption,
    Kind.SUPPORT_SERVICE: SupportService,
}
KIND_OF: Final[dict[type, str]] = {made: kind for kind, made in CLASSES.items()}


@dataclass(frozen=True)
class Attachment:
    """A file to publish with a thing. Its name is ours: letters, digits, hyphens, one dot."""

    name: str
    title: str
    media_type: str
    content: bytes = field(repr=False)
