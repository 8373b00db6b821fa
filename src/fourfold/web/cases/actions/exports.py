"""Tables of acts and occasions to take along. Each is recorded as an export, with its rows."""

from django.db import transaction

from fourfold.web.cases.models import Case
from fourfold.web.cases.rules.cells import csv_text
from fourfold.web.cases.selectors import tables
from fourfold.web.users import access
from fourfold.web.users.models import User


def export_acts(*, actor: User, case: Case) -> str:
    """Return the acts of a case as a CSV, for whoever may list them."""
    access.require(actor, "act.list", case)
    return _export(actor, case, "acts", tables.ACT_COLUMNS, tables.act_rows)


def export_occasions(*, actor: User, case: Case) -> str:
    """Return the occasions of a case as a CSV, for whoever may list them."""
    access.require(actor, "occasion.list", case)
    return _export(actor, case, "occasions", tables.OCCASION_COLUMNS, tables.occasion_rows)


def _export(
    actor: User, case: Case, what: str, columns: tuple[str, ...], rows_of: tables.RowsOf
) -> str:
    decision = access.require(actor, "export.csv", case)
    with transaction.atomic():
        rows = rows_of(case)
        access.record_act(
            actor,
            "export.csv",
            case,
            decision=decision,
            detail={"table": what, "rows": len(rows)},
        )
    return csv_text(columns, rows)
