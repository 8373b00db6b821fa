"""Row accounting of whole cases against their known truth, exhibit by exhibit."""

from collections import Counter
from typing import Any

import pytest

from lib.cases import NOT_YET_READ, data_of, truth_of
from lib.shared import reality

pytestmark = reality
CASES = ("case-small", "case-typical")
# A tool may use what truth sets aside for these reasons (README of case-typical).
MAY_BE_KEPT = frozenset({"system_line", "reference_data", "not_an_event"})


def short(locator: str) -> str:
    """A locator as truth writes it: `_chat.txt!line=1` there is `_chat.txt#line=1` here."""
    return locator.replace("!line=", "#line=")


def exhibits(name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    ours = {row["exhibit_file"]: row for row in data_of(name).dicts("select * from exhibits")}
    return [(truth, ours[truth["file"]]) for truth in truth_of(name)["exhibits"]]


@pytest.mark.parametrize("name", CASES)
def test_rows_per_exhibit(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines, differences = [], []
    for truth, ours in exhibits(name):
        if truth["format"] in NOT_YET_READ:
            assert ours["state"] == "unknown_format", truth["file"]
            assert ours["state_note"]
            continue
        expected = [truth[k] for k in ("rows_in", "rows_used", "rows_merged", "rows_set_aside")]
        found = [ours[k] for k in ("rows_read", "rows_used", "rows_merged", "rows_set_aside")]
        lines.append(f"{truth['ref']:>7} {truth['format']:<28} truth {expected} ours {found}")
        if expected != found:
            differences.append(lines[-1])
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert not differences


@pytest.mark.parametrize("name", CASES)
def test_rows_set_aside_and_merged_are_the_right_ones(name: str) -> None:
    engine = data_of(name)
    for truth, ours in exhibits(name):
        if truth["format"] in NOT_YET_READ:
            continue
        ledger = engine.dicts(
            "select l.locator, l.state, l.reason, t.locator as target from ledger as l"
            " left join ledger as t on t.row_id = l.merged_into where l.exhibit_id = ?",
            [ours["exhibit_id"]],
        )
        by_locator = {row["locator"]: row for row in ledger}
        for row in truth["set_aside_rows"]:
            found = by_locator[short(row["row"])]
            if found["state"] != "used" or row["reason"] not in MAY_BE_KEPT:
                assert (found["state"], found["reason"]) == ("set_aside", row["reason"]), row
        for row in truth.get("merged_rows", []):
            found = by_locator[short(row["row"])]
            assert (found["state"], found["target"]) == ("merged", short(row["of"])), row


@pytest.mark.parametrize("name", CASES)
def test_every_true_record_has_its_event_at_its_instant(name: str) -> None:
    """Each record of truth: a used row whose event starts when the record says."""
    engine = data_of(name)
    read = {t["ref"] for t, ours in exhibits(name) if ours["state"] == "read"}
    starts = {
        (ref, locator): started
        for ref, locator, started in engine.rows(
            "select x.ref, l.locator, list(epoch_us(e.started_at)) from events as e"
            " join exhibits as x on x.exhibit_id = e.exhibit_id"
            " join ledger as l on l.row_id = e.row_ids[1] group by x.ref, l.locator"
        )
    }
    from fourfold.evidence.support.clock import micros, parse_iso

    wrong: Counter[str] = Counter()
    examples: list[str] = []
    checked = 0
    for event in truth_of(name)["events"]:
        for record in event["rec"]:
            is_second_reading = "amb" in record
            if (
                record["x"] not in read
                or record.get("aside")
                or record.get("p") == "words"
                or is_second_reading
            ):
                continue
            checked += 1
            stated = micros(parse_iso(record["t"])[0])
            found = starts.get((record["x"], short(record["r"])))
            if found is None and record.get("dup"):
                continue
            if not found or min(abs(at - stated) for at in found) > 1_000_000:
                wrong[record["x"]] += 1
                examples.append(f"{record} -> {found}")
    assert checked > 200
    assert not wrong, (wrong, examples[:5])
