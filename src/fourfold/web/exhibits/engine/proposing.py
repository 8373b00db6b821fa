"""Keep what a run proposes: each act once, however many runs propose it."""

from dataclasses import dataclass

from fourfold.web.exhibits.models import EngineRun, Proposal
from fourfold.web.exhibits.rules.proposals import Candidate, touches

BATCH = 250
REFRESHED = (
    "run", "question", "trace_code", "row_ids", "occurred_from_at", "occurred_to_at",
    "occurred_on", "when_text", "identifier_text", "quoted_words", "means", "codes", "words",
    "attribution_basis", "strength",
)  # fmt: skip


@dataclass(frozen=True)
class Proposed:
    """How many acts a run proposed: new ones, and such as were proposed before."""

    new: int
    known: int


def propose(run: EngineRun, candidates: list[Candidate]) -> Proposed:
    """Keep new proposals; bring those still to be decided up to date with this run.

    An act is known by its rows: where a later run joins more records to one happening, it shares
    rows with what was proposed before. What a person has decided is left alone. Call it inside
    the transaction that finishes the run.
    """
    known = list(Proposal.objects.filter(case=run.case).values_list("same_as", "row_ids", "state"))
    by_row = {row_id: n for n, (_, row_ids, _) in enumerate(known) for row_id in row_ids}
    rows: dict[str, Proposal] = {}
    new = 0
    for candidate in candidates:
        number = touches(candidate.row_ids, by_row)
        if number is None:
            new += 1
            rows.setdefault(candidate.same_as, _proposal(run, candidate, candidate.same_as))
        elif known[number][2] == Proposal.State.OPEN:
            same_as = known[number][0]
            rows.setdefault(same_as, _proposal(run, candidate, same_as))
    Proposal.objects.bulk_create(
        rows.values(),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["case", "same_as"],
        update_fields=REFRESHED,
    )
    return Proposed(new, len(candidates) - new)


def _proposal(run: EngineRun, candidate: Candidate, same_as: str) -> Proposal:
    return Proposal(
        case=run.case,
        run=run,
        same_as=same_as,
        question=candidate.question,
        trace_code=candidate.trace_code,
        row_ids=list(candidate.row_ids),
        occurred_from_at=candidate.occurred_from_at,
        occurred_to_at=candidate.occurred_to_at,
        occurred_on=candidate.occurred_on,
        when_text=candidate.when_text,
        identifier_text=candidate.identifier_text,
        quoted_words=candidate.quoted_words,
        means=candidate.means,
        codes=list(candidate.codes),
        words=candidate.words[:1000],
        attribution_basis=candidate.attribution_basis,
        strength=candidate.strength,
    )
