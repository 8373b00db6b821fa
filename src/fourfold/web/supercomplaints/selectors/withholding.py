"""What is withheld, seen beside the full version; and quotes that stand nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from fourfold.web.publication import content
from fourfold.web.supercomplaints.models import InvestigationReport, Redaction
from fourfold.web.supercomplaints.rules import redaction
from fourfold.web.supercomplaints.rules.redaction import Piece, Quote
from fourfold.web.supercomplaints.selectors import contents, reports

SHOWN_WORDS = 8
HEADING = "Heading"  # repeated above its text, so that only a changed one is shown


@dataclass(frozen=True)
class Marked:
    """Words to withhold, how often they stand, and the longer words they are part of."""

    kept: Redaction
    count: int
    long_words: tuple[str, ...]
    more_words: int


@dataclass(frozen=True)
class Beside:
    """A text of the full version in pieces, and what is published of it."""

    heading: str
    pieces: tuple[Piece, ...]
    published: str

    @property
    def is_changed(self) -> bool:
        """Whether anything is withheld of it."""
        return any(piece.by for piece in self.pieces)


def full_texts(kept: InvestigationReport) -> list[tuple[str, str]]:
    """Return every text that would be public, each with where it stands."""
    report = reports.full(kept)
    record = contents.super_complaint(kept.supercomplaint)
    texts = [("Title of the report", report.title)]
    for section in report.sections:
        texts.append((HEADING, section.heading))
        texts.append((section.heading, redaction.BREAK.join(section.paragraphs)))
    for finding in report.findings:
        texts.append((f"Finding {finding.number}", finding.text))
        texts.append((f"Reasons of finding {finding.number}", finding.reasons))
    return [(where, text) for where, text in [*texts, *_of_record(record)] if text.strip()]


def _of_record(record: content.SuperComplaint) -> list[tuple[str, str]]:
    texts = [
        ("Super-complaint: title", record.title),
        ("Super-complaint: what it is about", record.subject),
        ("Super-complaint: made by", record.body),
        ("Super-complaint: together with", record.with_whom),
        ("Super-complaint: title of the report", record.report_title),
        ("Super-complaint: lead authority", record.lead),
    ]
    for feature in record.features:
        texts.append((f"Feature {feature.number}", feature.text))
        texts += [(f"Harm of feature {feature.number}", harm) for harm in feature.harms]
    for step in record.timeline:
        texts += [("Timeline", step.words), ("Timeline: source", step.source)]
    for words in (*record.gaps, *record.sources):
        texts.append(("Super-complaint: sources and gaps", words))
    return texts


def marked(kept: InvestigationReport, told: Sequence[tuple[str, str]]) -> list[Marked]:
    """Return the words to withhold, each with how often it stands in the full texts."""
    texts = [text for _, text in told]
    return [_marked(each, texts) for each in kept.redactions.select_related("by")]


def _marked(kept: Redaction, texts: list[str]) -> Marked:
    quote = reports.quote_of(kept)
    words = sorted({word for text in texts for word in redaction.long_words(text, quote)})
    return Marked(
        kept,
        sum(redaction.stands_in(text, quote) for text in texts),
        tuple(words[:SHOWN_WORDS]),
        max(0, len(words) - SHOWN_WORDS),
    )


def nowhere(kept: InvestigationReport) -> list[Redaction]:
    """Return the words to withhold that stand nowhere: a slip to mend before publishing."""
    return [each.kept for each in marked(kept, full_texts(kept)) if not each.count]


def preview(kept: InvestigationReport, told: Sequence[tuple[str, str]]) -> list[Beside]:
    """Return every full text in pieces beside what is published of it."""
    quotes: list[Quote] = reports.quotes_of(kept)
    every = [
        Beside(
            where,
            tuple(redaction.pieces(text, quotes)),
            redaction.BREAK.join(redaction.paragraphs(text, quotes)),
        )
        for where, text in told
    ]
    return [each for each in every if each.is_changed or each.heading != HEADING]
