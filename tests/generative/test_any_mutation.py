"""Any damage to a valid file of any format: the run ends, and every row has a fate."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.outcomes import outcomes
from lib.thorough import examples
from unit.hostile.samples import SAMPLES

INSERTS = st.sampled_from(
    [b'"', b",", b"\n", b"\r", b"\0", b"{", b"}", b"[", b"]", b"<", b">", b"&", b"\xff", b"\\",
     b"\x1f", b'","', b"\xef\xbb\xbf", b"</", b"-->", b"<!--", b"&#0;", b"1e999", b"9" * 30]
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """A file with a few slices deleted, inserted or flipped."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["delete", "insert", "flip", "copy"])):
            case "delete":
                data = data[:at] + data[at + draw(st.integers(1, 200)) :]
            case "insert":
                data = data[:at] + draw(INSERTS | st.binary(min_size=1, max_size=8)) + data[at:]
            case "flip":
                data = data[:at] + bytes(b ^ 0x55 for b in data[at : at + 3]) + data[at + 3 :]
            case _:
                data = data[:at] + data[at // 2 : at // 2 + 80] + data[at:]
    return data


@settings(max_examples=examples(8, 90), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damaged_files_of_all_formats_balance(data: st.DataObject) -> None:
    files = {s.name: data.draw(mutated(s.data), label=s.name) for s in SAMPLES}
    for name, found in outcomes(files).items():
        assert found.state == "read" or found.note, name
        assert found.rows > 0 or found.state != "read", name
