"""A case store filled from small literal tables, for tests of analyses and renderers."""

from typing import Any

from fourfold.evidence.model.tables import ATTRIBUTIONS, EVENTS, EXHIBITS, LEDGER, OCCURRENCES, ROWS
from fourfold.evidence.store.casestore import CaseStore
from fourfold.evidence.store.views import add_views

SCHEMAS = {
    "events": EVENTS,
    "occurrences": OCCURRENCES,
    "ledger": LEDGER,
    "rows": ROWS,
    "exhibits": EXHIBITS,
    "attributions": ATTRIBUTIONS,
}


def store_with(**tables: list[dict[str, Any]]) -> CaseStore:
    """A store whose tables hold these records; times as ISO text in UTC without zone.

    Example: store_with(events=[{"event_id": "e1", "kind": "call", "started_at": "2026-07-01T10:00:00"}])
    """
    store = CaseStore()
    for name, records in tables.items():
        store.append(name, SCHEMAS[name], records)
    add_views(store)
    return store
