"""Files that cannot be read, or not wholly: cut, empty, unknown, locked, doubled, unsafe."""

from random import Random
from typing import Final

from fourfold.demo_case.archives import locked_zip, zip_of
from fourfold.demo_case.ledger import Files
from fourfold.demo_case.locations import cut_walk, small_walk

PASSWORD: Final = b"not in the case"
UNSAFE_NAME: Final = "../../outside.txt"


def write_faulty_files(files: Files, rng: Random) -> None:
    """Write one file of each kind of trouble, with its state or reason."""
    content, rows = cut_walk(rng)
    facts = {"authority": "DPN/DEMO/V", "person": "V"}
    exhibit = files.add("victim/run_cut_off.gpx", "DEF/10", content, **facts)
    exhibit.rows = rows
    exhibit.set_aside["truncated"] = 1
    walk, points = small_walk(rng)
    members = {UNSAFE_NAME: b"This must not leave the archive.", "walks/short.gpx": walk}
    exhibit = files.add("victim/walks.zip", "DEF/11", zip_of(members), **facts)
    exhibit.rows = points + 1
    exhibit.set_aside["unsafe_path"] = 1
    locked = locked_zip("notes/plan.txt", b"Nothing real stands here.\n" * 9, PASSWORD, rng)
    files.add("suspect/locked.zip", "GHI/4", locked, person="S").state = "encrypted"
    files.add("suspect/empty.csv", "GHI/5", b"", person="S").state = "empty"
    copied = next(e for e in files.exhibits if e.ref == "ABC/2")
    copy = (files.folder / copied.file).read_bytes()
    files.add_unnamed("received_again/copy_of_call_data.csv", copy, "duplicate_file")
    files.add_unnamed("received_again/blob.dat", rng.randbytes(2_000), "unknown_format")
