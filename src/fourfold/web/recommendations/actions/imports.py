"""Take in a plan from a table: read it, confirm what means what, take it over. All by a person."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

import msgspec
from django.db import transaction

from fourfold.web.recommendations.actions import answering
from fourfold.web.recommendations.actions.answering import AnswerText, EvidenceOffer, UpdateText
from fourfold.web.recommendations.errors import RecommendationError
from fourfold.web.recommendations.models import Answer, Plan, PlanImport
from fourfold.web.recommendations.rules.imports import limits, proposing, reading
from fourfold.web.recommendations.rules.plan_schema import STATUS_WORDS
from fourfold.web.recommendations.rules.standing import NOT_RECORDED, SILENT
from fourfold.web.recommendations.selectors import imports as selectors
from fourfold.web.recommendations.selectors.imports import (
    CONFLICT,
    NEW,
    LineComparison,
    Preview,
)
from fourfold.web.supercomplaints import files
from fourfold.web.users import access
from fourfold.web.users.models import User

DAYS: Final = ("due_on", "answered_on")
NAME_CHARS: Final = 200


class ImportClosedError(RecommendationError):
    """A table was taken over or abandoned; it stays as it was."""

    def __init__(self) -> None:
        super().__init__("This table was dealt with already. Hand it in again to use it again.")


def read_table(*, actor: User, plan: Plan, file_name: str, content: bytes) -> PlanImport:
    """Read every cell of a table and propose what it means. Nothing of the plan changes.

    Raises:
        limits.TableRefusedError: the file cannot be read.
        files.FileRefusedError: the file is not kept.
    """
    decision = access.require(actor, "plan.import", plan)
    found = reading.read(content)
    targets = {each.key: each.target for each in proposing.propose(found.records)}
    kept = files.keep([content], limits.FILE_BYTES)
    with transaction.atomic():
        made = PlanImport.objects.create(
            plan=plan,
            file_name=file_name[:NAME_CHARS],
            sha256=kept.sha256,
            reading=msgspec.to_builtins(found),
            mapping={"targets": {} if found.document else targets, "statuses": {}},
            by=actor,
        )
        _count(made, selectors.preview(made))
        detail = {"import": made.ref, "cells": made.cell_count, "kind": found.kind}
        access.record_act(actor, "plan.import", plan, decision=decision, detail=detail)
    return made


def change_mapping(
    *, actor: User, planimport: PlanImport, targets: Mapping[str, str], statuses: Mapping[str, str]
) -> None:
    """Confirm or change which heading means which field, and which words mean which status."""
    decision = access.require(actor, "plan.import", planimport)
    _require_open(planimport)
    known = planimport.mapping.get("targets", {})
    chosen = {key: value for key, value in targets.items() if value in proposing.TARGETS}
    said = {
        text: value
        for text, value in statuses.items()
        if value in STATUS_WORDS and value != NOT_RECORDED
    }
    with transaction.atomic():
        planimport.mapping = {
            "targets": {key: chosen.get(key, "") for key in known},
            "statuses": said,
        }
        _count(planimport, selectors.preview(planimport))
        detail = {"placed": planimport.placed_count, "cells": planimport.cell_count}
        access.record_act(actor, "plan.import", planimport, decision=decision, detail=detail)


def take_over(*, actor: User, planimport: PlanImport, take: Collection[str]) -> int:
    """Write the lines of a table into the plan; return how many lines changed.

    What stands empty is filled. What stands otherwise changes only where `take` names it
    ("7.1:status").
    """
    decision = access.require(actor, "plan.import", planimport)
    _require_open(planimport)
    with transaction.atomic():
        held = selectors.preview(planimport)
        changed = sum(_write_line(actor, line, take) for line in held.lines)
        _write_plan(planimport.plan, held, take)
        planimport.state = PlanImport.State.TAKEN_OVER
        _count(planimport, held)
        detail = {"lines": changed, "placed": planimport.placed_count,
                  "left": len(planimport.unplaced)}  # fmt: skip
        access.record_act(actor, "plan.import", planimport, decision=decision, detail=detail)
    return changed


def abandon(*, actor: User, planimport: PlanImport) -> None:
    """Leave a table aside; it is kept with how it was read."""
    decision = access.require(actor, "plan.import", planimport)
    _require_open(planimport)
    with transaction.atomic():
        planimport.state = PlanImport.State.ABANDONED
        planimport.save()
        access.record_act(
            actor, "plan.import", planimport, decision=decision, detail={"abandoned": True}
        )


def _require_open(planimport: PlanImport) -> None:
    if planimport.state != PlanImport.State.PROPOSED:
        raise ImportClosedError


def _count(planimport: PlanImport, held: Preview) -> None:
    planimport.cell_count = held.placing.cell_count
    planimport.placed_count = held.placing.placed_count
    planimport.unplaced = msgspec.to_builtins(held.placing.left)
    planimport.save()


def _write_plan(plan: Plan, held: Preview, take: Collection[str]) -> None:
    wanted = [each for each in held.of_plan if _is_taken(each, take)]
    for each in wanted:
        setattr(plan, each.name, each.new)
    if wanted:
        plan.save()


def _is_taken(difference: selectors.Difference, take: Collection[str]) -> bool:
    return difference.state == NEW or (difference.state == CONFLICT and difference.key in take)


def _write_line(actor: User, found: LineComparison, take: Collection[str]) -> bool:
    """Write one line, by the actions that a person would use; return whether it changed."""
    answer = found.answer
    values: dict[str, Any] = {each.name: each.new for each in found.fields if _is_taken(each, take)}
    for name in DAYS:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    text = _text_of(answer)
    for update in found.updates:
        status = "" if update.status in SILENT else update.status
        words = UpdateText(date.fromisoformat(update.on), update.text, status)
        answering.add_update(actor=actor, answer=answer, text=words)
    for shown in found.evidence:
        offer = EvidenceOffer(shown.title, shown.url)
        answering.attach_evidence(actor=actor, answer=answer, offer=offer)
    if "answered_on" in values:
        answer.answered_on = values.pop("answered_on")
        answer.save()
    if values or found.updates:
        answering.change_answer(actor=actor, answer=answer, text=replace(text, **values))
    return bool(values or found.updates or found.evidence)


def _text_of(answer: Answer) -> AnswerText:
    return AnswerText(**{each.name: getattr(answer, each.name) for each in fields(AnswerText)})
