"""Pairs of acts that may be one, with what each source tells."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fourfold.web.cases.models import Act, ActSource, Case
from fourfold.web.cases.rules.same_act import Pair, Told, pairs
from fourfold.web.cases.selectors.knowledge import told_of
from fourfold.web.cases.selectors.timeline import Entry, entry_of, source_kinds


@dataclass(frozen=True)
class ShownPair:
    """Two acts and why they are shown together."""

    first: Entry
    second: Entry
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One of two acts side by side, with its sources."""

    entry: Entry
    sources: list[ActSource]


def pairs_of(case: Case) -> list[Pair]:
    """Return the pairs that the rule finds among the standing acts of a case."""
    sources, traces = _sources(case)
    rows = list(
        Act.objects.filter(case=case, state=Act.State.STANDING)
        .order_by()
        .values_list("pk", "ref", "occurred_from_at", "precision", "means", "distinct_from")
    )
    keys = {ref: pk for pk, ref, *_ in rows}
    return pairs(
        Told(
            key=pk,
            from_at=from_at,
            precision=precision,
            means=means,
            sources=frozenset(sources.get(pk, ())),
            traces=frozenset(traces.get(pk, ())),
            distinct=frozenset(keys[other] for other in distinct if other in keys),
        )
        for pk, _, from_at, precision, means, distinct in rows
    )


def _sources(case: Case) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Return what names each act's sources, and the rows they lead to.

    A finding's code is shared by all acts of the finding, so it names no row.
    """
    sources: dict[int, set[str]] = defaultdict(set)
    traces: dict[int, set[str]] = defaultdict(set)
    held = ActSource.objects.filter(act__case=case, act__state=Act.State.STANDING).order_by()
    for act, kind, report, run, trace, rows, words in held.values_list(
        "act", "kind", "report", "run_ref", "trace_code", "row_ids", "words"
    ):
        is_engine = kind == ActSource.Kind.ENGINE
        sources[act].add(f"{kind}/{report or ''}/{run if is_engine else words}")
        traces[act].update(f"row {row}" for row in rows)
        if trace and not trace.upper().startswith("F"):
            traces[act].add(f"code {trace}")
    return sources, traces


def shown_pairs(case: Case, found: Iterable[Pair]) -> list[ShownPair]:
    """Return pairs with what each act tells."""
    found = list(found)
    keys = {key for pair in found for key in (pair.first, pair.second)}
    told, kinds = told_of(case), source_kinds(case)
    acts = Act.objects.select_related("occasion").in_bulk(keys)
    entries = {key: entry_of(act, told, kinds.get(key, set())) for key, act in acts.items()}
    return [ShownPair(entries[pair.first], entries[pair.second], pair.reasons) for pair in found]


def side_by_side(*acts: Act) -> Sequence[Side]:
    """Return acts with their sources, to be compared."""
    told = told_of(acts[0].case)
    held = ActSource.objects.filter(act__in=acts).select_related("report", "added_by")
    by_act: dict[int, list[ActSource]] = defaultdict(list)
    for source in held:
        by_act[source.act_id].append(source)
    return [
        Side(entry_of(act, told, {source.kind for source in by_act[act.pk]}), by_act[act.pk])
        for act in acts
    ]
