"""Acts and occasions as rows of a table, for the CSV of what a user may see."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from fourfold.web.cases.models import Act, ActSource, Case, Occasion
from fourfold.web.cases.rules import act_codes
from fourfold.web.cases.selectors.occasions import facts_of_case
from fourfold.web.cases.selectors.timeline import when_words

RowsOf = Callable[[Case], list[Sequence[object]]]
ACT_COLUMNS: Final = (
    "act", "state", "when", "from_utc", "to_utc", "precision", "when_as_told", "codes",
    "kinds_of_act", "means", "place_as_told", "done_by", "attributed_because", "aimed_at",
    "victim_words", "effect_words", "fear_of_violence", "alarm", "distress", "summary",
    "occasion", "occasion_state", "known_unwelcome", "joined_into", "sources", "state_reason",
)  # fmt: skip
OCCASION_COLUMNS: Final = (
    "occasion", "state", "when", "first_utc", "last_utc", "acts", "act_references", "kinds_of_act",
    "means", "fear_of_violence", "alarm", "distress", "effect_words", "sources", "told_before",
    "counts", "rule", "grouped_by", "confirmed_by", "confirmed_utc",
)  # fmt: skip


def act_rows(case: Case) -> list[Sequence[object]]:
    """Return one row for each act of a case, whatever its state."""
    sources = defaultdict(list)
    held = ActSource.objects.filter(act__case=case).select_related("report").order_by("pk")
    for source in held:
        sources[source.act_id].append(_source_words(source))
    acts = Act.objects.filter(case=case).select_related(
        "occasion", "known_unwelcome", "joined_into"
    )
    return [_act_row(act, sources[act.pk]) for act in acts]


def _act_row(act: Act, sources: Sequence[str]) -> Sequence[object]:
    return (
        act.ref, act.get_state_display(), when_words(act), _utc(act.occurred_from_at),
        _utc(act.occurred_to_at), act.get_precision_display(), act.when_text,
        " ".join(act.codes), "; ".join(act_codes.words_of(code) for code in act.codes),
        act.get_means_display(), act.place_text, act.get_actor_kind_display(), act.proxy_basis,
        act.get_target_display(), act.victim_words, act.effect_words,
        act.get_fear_of_violence_display(), act.get_alarm_display(), act.get_distress_display(),
        act.summary, act.occasion or "",
        act.occasion.get_state_display() if act.occasion else "", act.known_unwelcome or "",
        act.joined_into or "", "; ".join(sources), act.state_reason,
    )  # fmt: skip


def _source_words(source: ActSource) -> str:
    parts = (
        source.get_kind_display(), source.report.ref if source.report else "", source.run_ref,
        source.trace_code, source.words,
    )  # fmt: skip
    return " ".join(part for part in parts if part)


def occasion_rows(case: Case) -> list[Sequence[object]]:
    """Return one row for each open occasion of a case."""
    facts = facts_of_case(case, Occasion.State.CONFIRMED, Occasion.State.PROPOSED)
    refs = dict(Act.objects.filter(case=case).values_list("pk", "ref"))
    return [
        (
            each.occasion.ref, each.occasion.get_state_display(), each.when,
            _utc(each.first_at), _utc(each.last_at), len(each.members),
            " ".join(refs[member.pk] for member in each.members), "; ".join(each.codes),
            "; ".join(each.means), *(answer for _, answer in each.answers),
            " / ".join(each.effects), "; ".join(each.source_kinds),
            each.told.event.ref if each.told else "", "yes" if each.counts else "no",
            each.rule_title, each.occasion.grouped_by.name,
            each.occasion.confirmed_by.name if each.occasion.confirmed_by else "",
            _utc(each.occasion.confirmed_at),
        )
        for each in facts
    ]  # fmt: skip


def _utc(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else ""
