"""`measure`: the same figure as the page, on the command line. Django is loaded when it runs."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any, Final

from fourfold.web.accountability.commands import DONE, NOT_UNDERSTOOD, Verb, load_django

if TYPE_CHECKING:
    from fourfold.web.measures.selectors.answers import Answer
    from fourfold.web.users.models import Force

ROWS_SHOWN: Final = 10


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", default="", help="name of the measure (see --list)")
    parser.add_argument("--force", default="", help="name or reference of the police force")
    parser.add_argument(
        "--period", default="", help="whole months: 2026-01..2026-06, 2026-03 or 2026"
    )
    parser.add_argument(
        "--explain", action="store_true", help="also print definition, SQL, rows and breaks"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--list", action="store_true", help="list every measure")


def _run(arguments: argparse.Namespace) -> int:
    load_django()
    from django.db import DatabaseError

    from fourfold.web.measures.rules.counting import BadRowsError
    from fourfold.web.measures.rules.definitions import UnknownMeasureError
    from fourfold.web.measures.rules.periods import PeriodError
    from fourfold.web.measures.selectors.running import MeasureFailedError

    try:
        text = _list(arguments) if arguments.list else _compute(arguments)
    except (
        UnknownMeasureError, PeriodError, MeasureFailedError, BadRowsError, LookupError,
    ) as error:  # fmt: skip
        return _refuse(str(error))
    except DatabaseError:
        return _refuse("the database cannot be read: run “fourfold prepare” first")
    sys.stdout.write(f"{text}\n")
    return DONE


def _refuse(why: str) -> int:
    sys.stderr.write(f"cannot measure: {why}\n")
    return NOT_UNDERSTOOD


def _list(arguments: argparse.Namespace) -> str:
    """Return every measure with its question, or why it cannot be computed."""
    from fourfold.web.measures.rules import definitions

    found = sorted(definitions.newest(), key=lambda each: each.name)
    if arguments.json:
        facts = [
            {
                "name": each.name, "version": each.version, "title": each.title,
                "question": each.question, "kind": str(each.kind),
                "not_measurable_because": each.not_measurable_because,
            }
            for each in found
        ]  # fmt: skip
        return json.dumps(facts, ensure_ascii=False, indent=2)
    lines = []
    for each in found:
        lines.append(f"{each.name} (version {each.version}): {each.question}")
        if not each.is_measurable:
            lines.append(f"    not measurable: {each.not_measurable_because}")
    return "\n".join(lines)


def _compute(arguments: argparse.Namespace) -> str:
    """Compute, record that it was done, and return what is printed."""
    from fourfold.web.measures.rules import definitions, periods
    from fourfold.web.measures.selectors import answers

    if not (arguments.name and arguments.force and arguments.period):
        raise LookupError("name a measure, --force and --period, or ask for --list")
    definition = definitions.find(arguments.name)
    if not definition.is_measurable:
        raise LookupError(
            f"“{definition.name}” is not measurable: {definition.not_measurable_because}"
        )
    force = answers.force_named(arguments.force)
    answer = answers.answer(definition, force, periods.parse(arguments.period))
    _record(force, answer)
    facts = answers.as_facts(answer, ROWS_SHOWN if arguments.explain else 0)
    if arguments.json:
        return json.dumps(facts, ensure_ascii=False, indent=2)
    return _in_words(facts, is_explained=arguments.explain)


def _record(force: "Force", answer: "Answer") -> None:
    """Record it: the command line knows no user, so the operating system's log must."""
    from fourfold.web.accountability import context, ledger

    detail = {
        "measure": answer.definition.name, "version": answer.definition.version,
        **answer.period.months, "rows": len(answer.counted.rows),
    }  # fmt: skip
    with context.running(channel="command"):
        ledger.record(
            ledger.Entry("measure.compute", "", "", force.ref, "force", force.ref, detail=detail)
        )


def _in_words(facts: dict[str, Any], *, is_explained: bool) -> str:
    lines = [
        f"{facts['title']}: {facts['value_words']}",
        f"force        {facts['force']} ({facts['force_ref']})",
        f"period       {facts['period']} ({facts['from_on']} to {facts['to_on']})",
        f"value        {_or_none(facts['value'])}",
        f"numerator    {_or_none(facts['numerator'])}",
        f"denominator  {_or_none(facts['denominator'])}",
        f"definition   {facts['measure']} version {facts['version']}",
        f"sql sha256   {facts['sql_sha256']}",
    ]
    if facts["withheld_in_public_because"]:
        lines.append(f"in public    withheld: {facts['withheld_in_public_because']}")
    lines += [
        f"warning      the period crosses a break in the series on {each['on']}: {each['words']}"
        " The figure stands by itself; do not use it in a trend."
        for each in facts["breaks_crossed"]
    ]
    return "\n".join([*lines, *(_explained(facts) if is_explained else [])])


def _explained(facts: dict[str, Any]) -> list[str]:
    parameters = [f"  :{name} = {value}" for name, value in facts["parameters"].items()]
    return [
        "", facts["question"],
        f"numerator: {facts['numerator_words']}",
        f"denominator: {facts['denominator_words'] or 'none'}",
        f"period: {facts['period_rule']}",
        "", "caveats:", *(f"  - {each}" for each in facts["caveats"]),
        "", "breaks in the series:",
        *(f"  {each['on']}: {each['words']}" for each in facts["breaks"]),
        *([] if facts["breaks"] else ["  none known"]),
        "", "sql:", *(f"  {line}" for line in facts["sql"].splitlines()),
        "parameters:", *parameters,
        "", f"rows: {facts['row_count']}; the first: {', '.join(facts['first_rows']) or 'none'}",
    ]  # fmt: skip


def _or_none(value: object) -> str:
    return "none" if value is None else str(value)


VERBS: Final = {
    "measure": Verb(
        "compute a measure for a force and a period, with its definition",
        'fourfold measure four-asked --force "Teasel Constabulary" --period 2026-01..2026-06',
        _arguments,
        _run,
    )
}
