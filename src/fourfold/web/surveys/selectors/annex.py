"""The published annex: tables and open data, made from signed replies by each question's switch.

What never leaves: names of respondents and of who signed, drafts, and free text or files that
were not chosen one by one.
"""

import json
from dataclasses import dataclass
from decimal import Decimal

from fourfold.web.publication.content import Attachment, File, Table
from fourfold.web.publication.content import Survey as SurveyContent
from fourfold.web.supercomplaints import files
from fourfold.web.surveys.models import Question, ReplyAnswer, ReplyFile, Survey
from fourfold.web.surveys.rules.analysis import Spread
from fourfold.web.surveys.rules.answers import is_free_text, shown
from fourfold.web.surveys.rules.cells import table
from fourfold.web.surveys.rules.kinds import COUNTED, NUMERIC, Kind
from fourfold.web.surveys.selectors.analysis import Analysed, analysed

ALL, NOTHING = Question.Publish.ALL, Question.Publish.NOTHING
METHOD = (
    "Only replies that were signed off are counted. Quartiles are interpolated between the two"
    " nearest values (the inclusive method). Where an answer was amended, the amended one counts."
)


@dataclass(frozen=True)
class Annex:
    """What would be published: the content, its files, and whose names stand in it by mistake."""

    content: SurveyContent
    files: tuple[Attachment, ...]
    names_found: tuple[str, ...]


def annex_of(survey: Survey) -> Annex:
    """Build the annex as it would be published now."""
    read = analysed(survey)
    chosen = _chosen(read)
    tables = tuple(
        made
        for question in read.sheet.questions
        if question.publish != NOTHING
        for made in _tables(read, question, chosen)
    )
    attached = _files(read, tables)
    content = SurveyContent(
        ref=survey.ref,
        super_complaint_ref=survey.supercomplaint.ref,
        title=survey.title,
        opened_on=survey.opens_on.isoformat() if survey.opens_on else "",
        closes_on=survey.closes_on.isoformat() if survey.closes_on else "",
        asked_count=len(read.every),
        answered_count=len(read.signed),
        tables=tables,
        notes=_notes(survey, read),
        files=tuple(
            File(each.name, each.title, each.media_type, len(each.content)) for each in attached
        ),
    )
    return Annex(content, attached, _names_in(read, content, attached))


def _notes(survey: Survey, read: Analysed) -> tuple[str, ...]:
    kept = sum(question.publish == NOTHING for question in read.sheet.questions)
    entered = sum(each.reply.is_entered_by_authority for each in read.signed)
    amended = sum(len(each.amendments) for each in read.signed)
    return tuple(
        filter(
            None,
            (
                survey.public_note,
                METHOD,
                f"Questions kept back: {kept} of {len(read.sheet.questions)}." if kept else "",
                f"Replies that came on paper or as a file, entered by the authority: {entered}."
                if entered else "",
                f"Answers amended after sign-off: {amended}." if amended else "",
            ),
        )
    )  # fmt: skip


def _tables(read: Analysed, question: Question, chosen: set[tuple[int, int]]) -> list[Table]:
    caption = f"{read.sheet.numbers[question.pk]} {question.text}"
    rows = [(count.label, str(count.number)) for count in read.counts(question)]
    made = [Table(caption, ("Answer", "Forces"), tuple(rows), _note(question))]
    if question.kind in NUMERIC and (spread := read.spread(question)) is not None:
        made.append(_spread_table(caption, question, spread))
    texts = _texts(read, question, chosen)
    if texts:
        made.append(Table(f"{caption}: answers chosen for publication", *texts))
    return made


def _note(question: Question) -> str:
    several = "A force may have chosen several answers. " if question.kind == Kind.MANY else ""
    origin = f"Wording: {question.origin}" if question.origin else ""
    return (several + origin).strip()


def _spread_table(caption: str, question: Question, spread: Spread) -> Table:
    facts: dict[str, Decimal | int] = vars(spread)
    named = {
        "n": "Numbers",
        "lower": "Lower quartile",
        "median": "Median",
        "upper": "Upper quartile",
    }
    if question.publish == ALL:
        named |= {"least": "Smallest", "most": "Largest"}
    rows = tuple((label, _plain(facts[name])) for name, label in named.items())
    unit = "%" if question.kind == Kind.PERCENT else question.unit
    return Table(f"{caption}: spread", ("Figure", f"Value ({unit})"), rows)


def _plain(value: Decimal | int) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else f"{value:,}"


def _chosen(read: Analysed) -> set[tuple[int, int]]:
    """Return reply and question of each free text that was chosen for publication."""
    found = ReplyAnswer.objects.filter(reply__survey=read.sheet.survey, is_chosen=True)
    return set(found.values_list("reply_id", "question_id"))


def _texts(
    read: Analysed, question: Question, chosen: set[tuple[int, int]]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
    if not is_free_text(question.shape):
        return None
    taken = [
        (each.reply.organisation.name, shown(question.shape, each.answers[question.pk]))
        for each in read.signed
        if (each.reply.pk, question.pk) in chosen
        and question.pk in each.visible
        and each.answers.get(question.pk)
    ]
    if not taken:
        return None
    if question.publish == ALL:
        return ("Force", "Answer"), tuple(taken)
    return ("Answer",), tuple((words,) for words in sorted(words for _, words in taken))


def _files(read: Analysed, tables: tuple[Table, ...]) -> tuple[Attachment, ...]:
    made = [
        Attachment("tables.csv", "All tables", "text/csv", _tables_csv(tables).encode()),
        Attachment("survey.json", "Questions and tables", "application/json", _json(read, tables)),
    ]
    opened = [
        question
        for question in read.sheet.questions
        if question.publish == ALL and question.kind in (*COUNTED, *NUMERIC, Kind.DAY)
    ]
    if opened:
        content = _open_table(read, opened)
        made.append(Attachment("answers.csv", "Answers by force", "text/csv", content.encode()))
    return (*made, *_attachments(read))


def _open_table(read: Analysed, questions: list[Question]) -> str:
    numbers = read.sheet.numbers
    header = ["Force", *(f"{numbers[each.pk]} {each.text}" for each in questions)]
    rows = [
        [
            filled.reply.organisation.name,
            *(
                shown(each.shape, filled.answers[each.pk])
                if each.pk in filled.visible and filled.answers.get(each.pk)
                else ""
                for each in questions
            ),
        ]
        for filled in read.signed
    ]
    return table(header, rows)


def _tables_csv(tables: tuple[Table, ...]) -> str:
    rows = [[made.caption, *row, *[""] * (2 - len(row))] for made in tables for row in made.rows]
    return table(("Table", "Row", "Value"), rows)


def _json(read: Analysed, tables: tuple[Table, ...]) -> bytes:
    numbers = read.sheet.numbers
    plain = {
        "survey": read.sheet.survey.ref,
        "asked": len(read.every),
        "replies": len(read.signed),
        "questions": [
            {"number": numbers[each.pk], "section": each.section.heading, "text": each.text,
             "kind": each.kind, "published": each.publish, "wording": each.origin}
            for each in read.sheet.questions
        ],
        "tables": [
            {"caption": each.caption, "columns": list(each.columns),
             "rows": [list(row) for row in each.rows]}
            for each in tables
        ],
    }  # fmt: skip
    return json.dumps(plain, ensure_ascii=False, indent=2).encode()


def _attachments(read: Analysed) -> list[Attachment]:
    made = []
    for filled in read.signed:
        for held in filled.files.values():
            made += [_attachment(read, file) for file in held if _may_leave(read, file)]
    return made


def _may_leave(read: Analysed, file: ReplyFile) -> bool:
    question = read.sheet.by_key.get(file.question_id or 0)
    return file.is_chosen and (question is None or question.publish != NOTHING)


def _attachment(read: Analysed, file: ReplyFile) -> Attachment:
    ending = file.document.file_name.rpartition(".")[2].lower()
    if not ending.isascii() or not ending.isalnum() or not 2 <= len(ending) <= 5:
        ending = "bin"
    with files.opened(file.document.sha256) as held:
        content = held.read()
    name = f"{file.ref.lower()}.{ending}"
    return Attachment(name, file.document.title, file.document.media_type, content)


def _names_in(
    read: Analysed, content: SurveyContent, attached: tuple[Attachment, ...]
) -> tuple[str, ...]:
    """Return the replies whose respondent or signatory is named in what would be published."""
    texts = [made.content.decode(errors="replace") for made in attached]
    texts += [cell for made in content.tables for row in made.rows for cell in row]
    said = "\n".join([*texts, *content.notes, content.title]).casefold()
    return tuple(
        each.reply.ref
        for each in read.every
        if any(
            len(name) > 3 and name.casefold() in said
            for name in (each.reply.respondent_name.strip(), each.reply.signatory_name.strip())
        )
    )
