"""Keep the words of records for search; the actions that write call it, in their transaction."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from django.db.models import Model, QuerySet

from fourfold.web.cases.models import Act, Case, Person, RecordedCrime, Report, SearchDocument
from fourfold.web.cases.search.words import index_words

BATCH: Final = 500
Kind = SearchDocument.Kind
M = TypeVar("M", bound=Model)


def keep(case: Case) -> None:
    """Keep the words of a case itself: its operation name and why it continues another."""
    _write([_of_case(case)])


def keep_report(report: Report) -> None:
    """Keep the words of a report: call again when it was joined to a case."""
    _write([_of_report(report)])


def keep_act(act: Act) -> None:
    """Keep the words of an act; one that no longer stands is not found any more."""
    keep_acts([act])


def keep_acts(acts: Iterable[Act]) -> None:
    """Keep the words of many acts at once."""
    told = list(acts)
    _write(_of_act(act) for act in told if act.state == Act.State.STANDING)
    gone = [act.ref for act in told if act.state != Act.State.STANDING]
    if gone:
        SearchDocument.objects.filter(subject_ref__in=gone).delete()


def keep_crime(crime: RecordedCrime) -> None:
    """Keep the words of a recorded crime: the registrar's note, and why it is harassment."""
    _write([_of_crime(crime)])


def keep_person(person: Person) -> None:
    """Keep the name of a person."""
    _write([_of_person(person)])


def rebuild() -> int:
    """Make all search documents again from the records; return how many there are.

    Batch by batch, so that others can write meanwhile. Records are never deleted; only acts stop
    being found.
    """
    for batch in _all():
        _write(batch)
    gone = Act.objects.exclude(state=Act.State.STANDING).values("ref")
    SearchDocument.objects.filter(kind=Kind.ACT, subject_ref__in=gone).delete()
    return SearchDocument.objects.count()


def _all() -> Iterator[list[SearchDocument]]:
    """Yield the documents of all records in batches, oldest first: the newest are found first.

    By key and not by one long reading: on SQLite, whoever reads cannot write after others did.
    """
    yield from _by_key(Case.objects.all(), _of_case)
    yield from _by_key(Report.objects.all(), _of_report)
    yield from _by_key(Person.objects.select_related("case"), _of_person)
    yield from _by_key(RecordedCrime.objects.select_related("case"), _of_crime)
    standing = Act.objects.filter(state=Act.State.STANDING).select_related("case")
    yield from _by_key(standing, _of_act)


def _by_key(
    records: QuerySet[M], document_of: Callable[[M], SearchDocument]
) -> Iterator[list[SearchDocument]]:
    last = 0
    while batch := list(records.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield [document_of(record) for record in batch]
        last = batch[-1].pk


def _batches(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    batch: list[SearchDocument] = []
    for document in documents:
        batch.append(document)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(documents: Iterable[SearchDocument]) -> None:
    """Write documents over those that stand for the same records."""
    for batch in _batches(documents):
        SearchDocument.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["subject_ref"],
            update_fields=["force", "case", "report", "kind", "words"],
        )


def _of_case(case: Case) -> SearchDocument:
    return SearchDocument(
        force_id=case.force_id,
        case=case,
        kind=Kind.CASE,
        subject_ref=case.ref,
        words=index_words(*case_texts(case)),
    )


def _of_report(report: Report) -> SearchDocument:
    return SearchDocument(
        force_id=report.force_id,
        case_id=report.case_id,
        report=report,
        kind=Kind.REPORT,
        subject_ref=report.ref,
        words=index_words(*report_texts(report)),
    )


def _of_act(act: Act) -> SearchDocument:
    return SearchDocument(
        force_id=act.case.force_id,
        case_id=act.case_id,
        kind=Kind.ACT,
        subject_ref=act.ref,
        words=index_words(*act_texts(act)),
    )


def _of_crime(crime: RecordedCrime) -> SearchDocument:
    return SearchDocument(
        force_id=crime.case.force_id,
        case_id=crime.case_id,
        kind=Kind.CRIME,
        subject_ref=crime.ref,
        words=index_words(*crime_texts(crime)),
    )


def _of_person(person: Person) -> SearchDocument:
    return SearchDocument(
        force_id=person.case.force_id,
        case_id=person.case_id,
        kind=Kind.PERSON,
        subject_ref=person.ref,
        words=index_words(person.ref, person.name),
    )


def case_texts(case: Case) -> tuple[str, ...]:
    """Return the texts of a case itself that are searched."""
    return case.operation_name, case.continues_reason, case.closing_reason, case.ref


def report_texts(report: Report) -> tuple[str, ...]:
    """Return the texts of a report that are searched."""
    return (
        report.victim_words, report.effect_words, report.notes, report.classification_reason,
        report.ref,
    )  # fmt: skip


def act_texts(act: Act) -> tuple[str, ...]:
    """Return the texts of an act that are searched."""
    return (
        act.victim_words, act.effect_words, act.summary, act.place_text, act.when_text, act.ref,
    )  # fmt: skip


def crime_texts(crime: RecordedCrime) -> tuple[str, ...]:
    """Return the texts of a recorded crime that are searched."""
    return crime.crime_number, crime.registrar_note, crime.harassment_reason, crime.ref
