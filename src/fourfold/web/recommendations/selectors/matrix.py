"""The matrix: for each recommendation and addressee, the value that the viewer may know.

Three sources, the nearer one wins: what stands published (snapshots, for everybody), what was
sent (the authorities, and whoever collates), what one's own organisation has written. Of others,
nothing else is read: an answer that was not sent is "not answered" to them. Rows come as tuples,
because 29 recommendations of 43 forces make 1,247 cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse

from fourfold.web.base.jinja import url_if_routed
from fourfold.web.measures.selectors.figures import figures_for
from fourfold.web.publication.content import Kind
from fourfold.web.publication.models import Current, Published
from fourfold.web.recommendations.models import Answer, Recommendation, SentAnswer
from fourfold.web.recommendations.rules import lateness
from fourfold.web.recommendations.rules.lateness import Clock
from fourfold.web.recommendations.rules.matrix import (
    NONE,
    OWN,
    PUBLISHED,
    SENT,
    Cell,
    Column,
    Filters,
    Matrix,
    Row,
    arranged,
)
from fourfold.web.recommendations.rules.standing import BY_CODE, NOT_ANSWERED, state_of
from fourfold.web.recommendations.selectors import snapshots
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint
from fourfold.web.supercomplaints.rules.parties import OFFICER
from fourfold.web.users import policy
from fourfold.web.users.models import User
from fourfold.web.users.permissions import may

UK: Final = ZoneInfo("Europe/London")
HOLDER: Final = "REF"


class Value(NamedTuple):
    """What one source says of an answer."""

    status: str
    position: str
    promised_on: date | None
    answered_on: date | None
    updated_on: date | None
    evidence: int
    source: str
    is_answered: bool


class Place(NamedTuple):
    """Where a value goes: which answer, in which row and column."""

    ref: str
    row: tuple[int, int]
    column: int


@dataclass(frozen=True)
class Links:
    """Addresses of answers, made once: only the reference differs."""

    answer: str
    published: str

    @classmethod
    def made(cls) -> "Links":
        """Return them."""
        names = ("recommendations:answer", "recommendations:answer_published")
        return cls(*(reverse(name, kwargs={"answer_ref": HOLDER}) for name in names))

    def to(self, ref: str, source: str) -> str:
        """Return where a cell leads: an answer that is one's to read, or what is published."""
        if source == NONE:
            return ""
        return (self.published if source == PUBLISHED else self.answer).replace(HOLDER, ref)


def matrix_of(actor: User, supercomplaint: SuperComplaint, filters: Filters, today: date) -> Matrix:
    """Return the matrix of a super-complaint as the actor may know it today."""
    rows, places = _places(_rows(actor, supercomplaint), supercomplaint)
    values = _published(supercomplaint)
    values |= _sent(actor, supercomplaint)
    values |= _own(actor, supercomplaint)
    links = Links.made()
    cells = {
        (place.row, place.column): _cell(
            rows[place.row], values.get(place.ref), place, links, today
        )
        for place in places
    }
    whom = list(Organisation.objects.filter(pk__in={place.column for place in places}))
    _add_figures(actor, rows, whom, cells)
    return arranged(rows.values(), _columns(whom), cells, filters)


def sees_sent(actor: User, supercomplaint: SuperComplaint) -> bool:
    """Return whether the actor reads what was sent: the authorities, and whoever collates."""
    collator = supercomplaint.collator
    is_collator = collator is not None and collator.tenant_id == actor.force_id
    return actor.role == OFFICER or is_collator


def _rows(actor: User, supercomplaint: SuperComplaint) -> dict[tuple[int, int], Row]:
    issued = policy.permitted(
        actor,
        "recommendation.open",
        Recommendation.objects.filter(supercomplaint=supercomplaint, issued_on__isnull=False),
    )
    facts = ("number", "theme", "text", "due_on", "due_basis", "measures")
    rows: dict[tuple[int, int], Row] = {}
    for pk, ref, number, theme, text, due_on, basis, measures in issued.order_by(
        "number"
    ).values_list("pk", "ref", *facts):
        more = (due_on, basis, tuple(measures))
        rows[pk, 0] = Row((pk, 0), ref, number, "", theme, text, bool(text), *more)
    return rows


def _places(
    rows: dict[tuple[int, int], Row], supercomplaint: SuperComplaint
) -> tuple[dict[tuple[int, int], Row], list[Place]]:
    """Return rows with their parts after each, and where every answer goes."""
    found = Answer.objects.filter(recommendation__supercomplaint=supercomplaint)
    keys = ("ref", "recommendation_id", "organisation_id", "part_id", "part__code", "part__text")
    places, parts = [], {}
    for ref, of, organisation, part, code, text in found.order_by("part_id").values_list(*keys):
        if (of, 0) not in rows:
            continue
        if part is not None and (of, part) not in parts:
            whole = rows[of, 0]
            parts[of, part] = whole._replace(key=(of, part), part=code, text=text, is_found=True)
        places.append(Place(ref, (of, part or 0), organisation))
    order = {of: at for at, (of, _) in enumerate(rows)}
    every = sorted({**rows, **parts}.items(), key=lambda pair: (order[pair[0][0]], pair[0][1]))
    return dict(every), places


def _columns(whom: list[Organisation]) -> list[Column]:
    return [
        Column(each.pk, each.ref, each.name, each.kind, str(each.get_kind_display()), each.region)
        for each in sorted(whom, key=lambda each: (each.kind, each.name))
    ]


def _add_figures(
    actor: User,
    rows: dict[tuple[int, int], Row],
    whom: list[Organisation],
    cells: dict[tuple[tuple[int, int], int], Cell],
) -> None:
    """Put the newest signed figure into the cells whose recommendation has a measure."""
    names = {name for row in rows.values() for name in row.measures}
    if not names:
        return
    found = figures_for(whom, names, actor=actor)
    for key, cell in cells.items():
        row, column = rows[key[0]], key[1]
        for name in () if row.part else row.measures:
            figure = found.get((column, name))
            if figure is not None:
                words = (f"{figure.title}: {figure.value_words}", _measure_address(name))
                cells[key] = cell._replace(figure=words[0], figure_href=words[1])
                break


@cache
def _measure_address(name: str) -> str:
    return url_if_routed("measures:measure", name=name)


def _published(supercomplaint: SuperComplaint) -> dict[str, Value]:
    held = Current.objects.filter(kind=Kind.ANSWER, within_ref=supercomplaint.ref).order_by()
    found = held.annotate(**snapshots.shown("published__content"))
    return {row[0]: _said(row[1:]) for row in found.values_list("ref", *snapshots.NAMES)}


def _said(facts: Sequence[Any]) -> Value:
    status, position, promised_on, answered_on, updated_on, evidence = facts
    return Value(
        status=status or "",
        position=position or "",
        promised_on=_day(promised_on),
        answered_on=_day(answered_on),
        updated_on=_day(updated_on),
        evidence=evidence or 0,
        source=PUBLISHED,
        is_answered=True,
    )


def _sent(actor: User, supercomplaint: SuperComplaint) -> dict[str, Value]:
    if not sees_sent(actor, supercomplaint):
        return {}
    newest = policy.permitted(
        actor,
        "answer.open",
        SentAnswer.objects.filter(
            answer__recommendation__supercomplaint=supercomplaint,
            version=F("answer__sent_version"),
        ),
    ).order_by()
    keys = ("status", "position", "due_on", "answered_on", "last_updated_on", "evidence_count")
    return {
        ref: Value(*facts, source=SENT, is_answered=True)
        for ref, *facts in newest.values_list("answer__ref", *keys)
    }


def _own(actor: User, supercomplaint: SuperComplaint) -> dict[str, Value]:
    if not may(actor.role, "answer.change"):
        return {}
    found: QuerySet[Any] = policy.permitted(
        actor, "answer.open", Answer.objects.filter(recommendation__supercomplaint=supercomplaint)
    )
    own = found.filter(organisation__tenant=actor.force_id).annotate(shown=Count("evidence"))
    keys = ("status", "position", "due_on", "answered_on", "last_updated_on", "shown")
    return {
        ref: Value(*facts, source=OWN, is_answered=submitted_at is not None)
        for ref, submitted_at, *facts in own.order_by().values_list("ref", "submitted_at", *keys)
    }


def _cell(row: Row, value: Value | None, place: Place, links: Links, today: date) -> Cell:
    if value is None:
        value = _NOTHING
    state = BY_CODE.get(state_of(value.status, value.position), BY_CODE[NOT_ANSWERED])
    clock = Clock(
        deadline_on=row.due_on,
        basis=row.due_basis,
        answered_on=value.answered_on,
        promised_on=value.promised_on,
        is_answered=value.is_answered,
        is_complete=value.status == lateness.COMPLETE,
        is_refused=value.position == lateness.REFUSED,
    )
    return Cell(
        state=state.code,
        word=state.word,
        shape=state.shape,
        on=value.updated_on or value.answered_on,
        marks=lateness.marks(clock, today),
        evidence=value.evidence,
        promised_on=value.promised_on,
        position=value.position,
        href=links.to(place.ref, value.source),
        source=value.source,
    )


_NOTHING: Final = Value("", "", None, None, None, 0, NONE, False)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def published_on_day(supercomplaint: SuperComplaint, on: date) -> Matrix:
    """Return the public matrix as it stood at the end of a day, from snapshots alone."""
    recommendations = _stood(supercomplaint, Kind.RECOMMENDATION, on).values_list("ref", "content")
    kinds = dict(Organisation.Kind.choices)
    names: dict[str, Column] = {}
    rows: dict[tuple[int, int], Row] = {}
    cells: dict[tuple[tuple[int, int], int], Cell] = {}
    links = Links.made()
    answers, values = _answers_then(supercomplaint, on)
    for ref, said in sorted(recommendations, key=lambda pair: pair[1]["number"]):
        for row in _rows_said(ref, said, len(rows)):
            rows[row.key] = row
            for each in said.get("addressees", ()):
                whom = each["organisation_ref"]
                column = names.setdefault(
                    whom,
                    Column(len(names), whom, each["name"], each["kind"],
                           str(kinds.get(each["kind"], each["kind"])), ""),
                )  # fmt: skip
                answer = answers.get((ref, row.part, whom), "")
                place = Place(answer, row.key, column.key)
                cells[row.key, column.key] = _cell(row, values.get(answer), place, links, on)
    columns = sorted(names.values(), key=lambda column: (column.kind, column.name))
    return arranged(rows.values(), columns, cells, Filters())


def _rows_said(ref: str, said: dict[str, Any], first: int) -> Iterator[Row]:
    whole = ("", said["text"])
    parts = [(part["code"], part["text"]) for part in said.get("parts", ())]
    for at, (code, text) in enumerate([whole, *parts]):
        yield Row(
            (first + 1, at), ref, said["number"], code, said["theme"], text, bool(text),
            _day(said.get("due_on")), said.get("due_basis", ""),
        )  # fmt: skip


def _answers_then(
    supercomplaint: SuperComplaint, on: date
) -> tuple[dict[tuple[str, str, str], str], dict[str, Value]]:
    """Return which answer stood where, and what each said."""
    then = _stood(supercomplaint, Kind.ANSWER, on)
    where = ("recommendation_ref", "part", "organisation_ref")
    keys = {f"at_{name}": KeyTextTransform(name, "content") for name in where}
    found = then.annotate(**keys, **snapshots.shown("content"))
    answers: dict[tuple[str, str, str], str] = {}
    values: dict[str, Value] = {}
    for ref, of, part, whom, *facts in found.values_list("ref", *keys, *snapshots.NAMES):
        answers[of, part, whom] = ref
        values[ref] = _said(facts)
    return answers, values


def _stood(supercomplaint: SuperComplaint, kind: str, on: date) -> QuerySet[Published]:
    until = datetime.combine(on + timedelta(days=1), time(), tzinfo=UK)
    before = Published.objects.filter(
        kind=kind, within_ref=supercomplaint.ref, published_at__lt=until
    )
    newest = before.order_by().values("ref").annotate(newest=Max("pk")).values("newest")
    return Published.objects.filter(pk__in=newest, is_withdrawn=False).order_by("pk")
