"""Contacts of the synthetic cases against their truth: each happening counted once."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fourfold.evidence.pipeline import Options, Run, build
from lib.shared import reality, shared

pytestmark = reality

# Sources of this channel are not among those that the engine reads so far.
UNREAD_CHANNELS = {"email"}
TOLD = {"before_told": "<", "after_told": ">="}


class Built:
    """A case built once, with its truth beside it."""

    def __init__(self, name: str, out: Path) -> None:
        self.name = name
        self.run: Run = build(shared(name, "case"), out, Options(render=()))
        self.truth: dict[str, Any] = json.loads(shared(name, "truth.json").read_text())

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        return self.run.tables.rows(sql, parameters)

    def true_ids(self) -> dict[str, str]:
        """Event id of ours to id of the true event, by exhibit reference and row."""
        of_row = {
            (rec["x"], rec["r"].replace("!", "#")): event["id"]
            for event in self.truth["events"]
            for rec in event.get("rec", [])
        }
        return {
            event_id: of_row[ref, locator.replace("!", "#")]
            for event_id, ref, locator in self.rows(
                "select e.event_id, x.ref, l.locator from events as e"
                " join exhibits as x using (exhibit_id)"
                " join ledger as l on l.row_id = e.row_ids[1]"
                " where e.kind in ('call', 'message')"
            )
        }


@pytest.fixture(scope="module", params=["case-small", "case-typical"])
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    out = tmp_path_factory.mktemp(request.param) / "package"
    yield Built(request.param, out)


def test_every_occurrence_is_one_true_happening(built: Built) -> None:
    true_of = built.true_ids()
    occurrences = built.rows("select occurrence_id, event_ids from occurrences")
    mixed = [o for o, events in occurrences if len({true_of[e] for e in events}) > 1]
    seen: dict[str, list[str]] = defaultdict(list)
    for occurrence, events in occurrences:
        seen[true_of[events[0]]].append(occurrence)
    split = {event: parts for event, parts in seen.items() if len(parts) > 1}
    print(f"{built.name}: {len(occurrences)} occurrences, {len(mixed)} mixed, {len(split)} split")
    assert (mixed, split) == ([], {})
    assert len(seen) == len(set(true_of.values()))


@pytest.mark.parametrize(
    ("pair", "name"), [(("S", "V"), "suspect_to_victim"), (("V", "S"), "victim_to_suspect")]
)
def test_counts_of_a_pair_are_those_of_the_truth(
    built: Built, pair: tuple[str, str], name: str
) -> None:
    truth = built.truth["counts"][name]
    unread = sum(n for c in UNREAD_CHANNELS for n in truth["by_channel"].get(c, {}).values())
    total = _count(built, pair)
    outcomes = _by(built, pair, "outcome", "kind = 'call'")
    print(f"{built.name} {name}: {total} of {truth['total']} ({unread} in channels not read)")
    print(f"  call outcomes {outcomes} of {truth['call_outcomes']}")
    assert total == truth["total"] - unread
    assert outcomes == truth["call_outcomes"]


def test_counts_by_day_hour_and_channel_are_those_of_the_truth(built: Built) -> None:
    told = built.truth["counts"]["told_to_stop"].removesuffix("Z")
    unread = _unread_events(built)
    for pair, name in ((("S", "V"), "suspect_to_victim"), (("V", "S"), "victim_to_suspect")):
        truth = built.truth["counts"][name]
        for column, key in (("local_day", "by_day"), ("local_hour", "by_hour")):
            ours = {
                f"{k:02d}" if isinstance(k, int) else k: n
                for k, n in _by(built, pair, column).items()
            }
            missing = Counter(truth[key])
            missing.subtract(ours)
            off = {k: n for k, n in missing.items() if n}
            print(f"{built.name} {name} {key}: truth less ours {off}; not read {unread[name]}")
            assert sum(n for n in off.values()) == sum(unread[name].values())
            assert sum(abs(n) for n in off.values()) <= sum(unread[name].values()) + 2
        for channel, sides in truth["by_channel"].items():
            if channel in UNREAD_CHANNELS:
                continue
            for side, count in sides.items():
                where = f"channel = '{channel}' and started_at {TOLD[side]} '{told}'"
                assert _count(built, pair, where) == count, (name, channel, side)


def test_withheld_calls_are_joined_with_the_callers_record(built: Built) -> None:
    count = _count(built, ("S", "V"), "is_withheld and kind = 'call'")
    print(f"{built.name}: {count} withheld calls")
    assert count == built.truth["counts"]["withheld_number_calls"]


def test_slow_clocks_are_found(built: Built) -> None:
    wrong = {
        clock["exhibit"]: clock["error_s"]
        for clock in built.truth["clock_errors"]
        if built.rows(
            "select 1 from events as e join exhibits as x using (exhibit_id)"
            " where x.ref = ? and e.kind in ('call', 'message') limit 1",
            [clock["exhibit"]],
        )
    }
    found = dict(
        built.rows(
            "select exhibit_b, median(used_s) from clock_offsets where used_s <> 0"
            " group by exhibit_b"
        )
    )
    print(f"{built.name}: clocks {found} of {wrong}")
    assert found.keys() == wrong.keys()
    for exhibit, error_s in wrong.items():
        # A call rings on the handset a second or two after the network's record begins.
        assert found[exhibit] == pytest.approx(error_s, abs=3)


def test_changes_of_the_lines_read_are_found(built: Built) -> None:
    lines = {row[0] for row in built.rows("select distinct number from device_stints")}
    stints = [s for s in built.truth["device_changes"]["stints"] if f"tel:{s['msisdn']}" in lines]
    ours = {(n, i, h) for n, i, h in built.rows("select number, imsi, imei14 from device_stints")}
    print(f"{built.name}: {len(ours)} combinations")
    assert ours == {(f"tel:{s['msisdn']}", s["imsi"], s["imei14"]) for s in stints}


def _count(built: Built, pair: tuple[str, str], where: str = "true") -> int:
    sql = f"select count(*) from contacts where from_party = ? and to_party = ? and {where}"
    return int(built.rows(sql, list(pair))[0][0])


def _by(built: Built, pair: tuple[str, str], column: str, where: str = "true") -> dict[Any, int]:
    sql = (
        f"select {column}, count(*) from contacts where from_party = ? and to_party = ?"
        f" and {where} group by {column} order by {column}"
    )
    return dict(built.rows(sql, list(pair)))


def _unread_events(built: Built) -> dict[str, Counter[str]]:
    return {
        name: Counter(
            {
                channel: sum(sides.values())
                for channel, sides in built.truth["counts"][name]["by_channel"].items()
                if channel in UNREAD_CHANNELS
            }
        )
        for name in ("suspect_to_victim", "victim_to_suspect")
    }
