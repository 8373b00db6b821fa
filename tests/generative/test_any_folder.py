"""Whatever bytes a folder holds: the run ends, the ledger balances, every file is accounted for."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.evidence import pipeline
from fourfold.evidence.store.package import open_data
from lib.folders import DIARY, SMS
from lib.thorough import examples

STARTS = (
    b"", b"PK\x03\x04", b"<?xml version='1.0'?><smses>", b'{"messages": [', b'{"locations": [',
    b"<gpx><trk><trkseg>", b"01/07/2026, 09:01 - A: ", b"[01/07/2026, 09:01:00] A: ", b'{"semanticSegments": [',
    b"URN:,,,,X\n\nStart Date,Start Time (local)", SMS.encode(), DIARY.encode(),
)  # fmt: skip


def mangled() -> st.SearchStrategy[bytes]:
    """Starts of known formats with any tail, and good files cut anywhere."""
    tails = st.binary(max_size=200) | st.text(max_size=100).map(
        lambda t: t.encode("utf-8", "replace")
    )
    joined = st.tuples(st.sampled_from(STARTS), tails).map(b"".join)
    cut = st.tuples(st.sampled_from(STARTS), st.integers(0, 1000)).map(lambda x: x[0][: x[1]])
    return joined | cut


@settings(max_examples=examples(4, 60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(mangled(), min_size=1, max_size=4))
def test_any_folder_balances_and_reads_twice_the_same(contents: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        case = Path(temporary) / "case"
        case.mkdir()
        for number, content in enumerate(contents):
            (case / f"file{number}").write_bytes(content)
        package = Path(temporary) / "package"
        options = pipeline.Options(render=())
        pipeline.build(case, package, options)
        assert pipeline.verify(package, case)["exhibits"] == len(contents)
        rows = open_data(package).rows(
            "select state, rows_read, rows_used + rows_merged + rows_set_aside, state_note from exhibits"
        )
        for state, read, accounted, note in rows:
            assert read == accounted
            assert note or state == "read"
