"""truth.json: what was planted, for checkers; never an input."""

from collections import Counter
from typing import Any

from fourfold.demo_case.ledger import Files
from fourfold.demo_case.movement import encounters
from fourfold.demo_case.story import SERVED_AT, TOLD_AT, Contact
from fourfold.demo_case.witnesses import diary_truth
from fourfold.demo_case.world import (
    IMEI_A,
    IMEI_B,
    IMSI,
    NEW_HANDSET_AT,
    NEW_SIM_AT,
    S1,
    S2,
    V1,
    V_CLOCK_ERROR_S,
    iso_utc,
)

SUSPECT_LINES = frozenset({S1, S2})


def truth_of(
    files: Files,
    contacts: list[Contact],
    telegram: list[int],
    instagram: tuple[list[int], list[int]],
) -> dict[str, Any]:
    """Return the planted truth: rows per file, contacts, encounters, diary, changes, clocks."""
    to_victim = [c for c in contacts if c.a in SUSPECT_LINES and c.b == V1]
    to_suspect = [c for c in contacts if c.a == V1 and c.b in SUSPECT_LINES]
    return {
        "truth_version": 1,
        "rows": files.rows,
        "exhibits": [exhibit.truth for exhibit in files.exhibits],
        "told_to_stop": iso_utc(TOLD_AT, "seconds"),
        "served": iso_utc(SERVED_AT, "seconds"),
        "contacts": {
            "suspect_to_victim": _counts(to_victim, telegram, instagram[0]),
            "victim_to_suspect": _counts(to_suspect, [], instagram[1]),
        },
        "encounters": [
            {"from": iso_utc(e.first, "seconds"), "to": iso_utc(e.last, "seconds"), "kind": e.kind}
            for e in encounters()
        ],
        "diary": diary_truth(),
        "device_changes": _device_changes(),
        "clock_errors": [{"exhibits": ["DEF/1", "DEF/2"], "error_s": V_CLOCK_ERROR_S}],
    }


def _counts(contacts: list[Contact], telegram: list[int], instagram: list[int]) -> dict[str, Any]:
    channels = Counter(c.channel for c in contacts)
    channels += Counter(telegram=len(telegram), instagram=len(instagram))
    times = [*(c.at for c in contacts), *telegram, *instagram]
    return {
        "total": len(times),
        "by_channel": dict(sorted(channels.items())),
        "after_told_to_stop": sum(at > TOLD_AT for at in times),
        "after_service": sum(at >= SERVED_AT for at in times),
        "withheld": sum(c.is_withheld for c in contacts),
    }


def _device_changes() -> list[dict[str, str]]:
    return [
        {"kind": "same_imei_new_imsi", "at": iso_utc(NEW_SIM_AT, "seconds"), "imei": IMEI_A,
         "imsi": IMSI[S2], "before": IMSI[S1]},
        {"kind": "same_imsi_new_imei", "at": iso_utc(NEW_HANDSET_AT, "seconds"), "imsi": IMSI[S2],
         "imei": IMEI_B, "before": IMEI_A},
    ]  # fmt: skip
