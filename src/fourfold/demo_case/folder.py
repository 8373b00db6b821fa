"""Write the whole case folder from one seed."""

import json
from pathlib import Path
from random import Random
from typing import Final

from fourfold.demo_case import chats, locations, phone_backup, story, witnesses
from fourfold.demo_case.call_data import Provider, Return, write_return
from fourfold.demo_case.case_file import case_toml
from fourfold.demo_case.faulty_files import write_faulty_files
from fourfold.demo_case.ledger import Files
from fourfold.demo_case.truth import truth_of
from fourfold.demo_case.world import AUTHORITY_END, DAYS, S1, S2, V1, Masts

VOLUMES: Final = {"small": story.SMALL, "typical": story.TYPICAL}
TYPICAL_FROM: Final = 30_000  # rows; smaller cases of a stated size start from the small one
SESSIONS_SHARE: Final = 0.15  # per line, of the rows that fill a case up to a stated size


def write_case(
    folder: Path, seed: int = 1, scale: str | int = "small", *, truth: bool = False
) -> None:
    """Write a fictional case folder: case.toml, exhibits and faults; the same for a seed.

    Args:
        folder: where to write; made if it is not there.
        seed: another seed, another case of the same plan.
        scale: `small` (about 2,600 rows), `typical` (about 15,000), or a number of rows,
            reached exactly unless the small case already holds more.
        truth: also write truth.json beside the folder.

    Raises:
        ValueError: the scale is neither a known word nor a positive number.
    """
    volume, wanted_rows = _volume(scale)
    rng = Random(seed)  # noqa: S311 - repeatable, not secret
    files = Files(folder)
    contacts = story.contacts(rng, volume)
    _write_story(files, contacts, rng, volume)
    telegram, instagram = chats.write_telegram(files, rng), chats.write_instagram(files, rng)
    provider = Provider(rng, Masts(rng))
    _write_calls(files, contacts, provider)
    write_faulty_files(files, rng)
    _write_bulk(files, provider, volume, wanted_rows)
    files.exhibits.sort(key=lambda exhibit: exhibit.file)
    (folder / "case.toml").write_text(case_toml(files.exhibits), encoding="utf-8")
    if truth:
        planted = truth_of(files, contacts, telegram, instagram)
        text = json.dumps(planted, indent=1, ensure_ascii=False)
        (folder.parent / "truth.json").write_text(text, encoding="utf-8")


def _volume(scale: str | int) -> tuple[story.Volume, int]:
    if isinstance(scale, int) and scale > 0:
        return (story.TYPICAL if scale >= TYPICAL_FROM else story.SMALL), scale
    if isinstance(scale, str) and scale in VOLUMES:
        return VOLUMES[scale], 0
    raise ValueError(f"scale is 'small', 'typical' or a number of rows, not {scale!r}")


def _write_story(
    files: Files, contacts: list[story.Contact], rng: Random, volume: story.Volume
) -> None:
    phone_backup.write_backups(files, contacts, rng)
    chats.write_whatsapp(files, contacts)
    witnesses.write_diaries(files)
    witnesses.write_anpr(files, rng, volume.others / 4)
    locations.write_timeline(files, rng, volume.fixes / 2)
    locations.write_walks(files, rng, volume.walks)
    locations.write_drives(files)


def _write_calls(files: Files, contacts: list[story.Contact], provider: Provider) -> None:
    for asked in (
        Return("cd/447700900117_CallData.csv", "ABC/1", S1, "CD/DEMO/S1", AUTHORITY_END),
        Return("cd/447700900381_CallData.csv", "ABC/2", V1, "CD/DEMO/V1", has_mark=True),
        Return("cd/447700900264_CallData.csv", "ABC/3", S2, "CD/DEMO/S2"),
    ):
        records = provider.voice_and_texts(asked.line, contacts)
        write_return(files, asked, records, provider.rng)


def _write_bulk(files: Files, provider: Provider, volume: story.Volume, wanted_rows: int) -> None:
    """Write what fills a case: data sessions, and as many fixes as are still wanting."""
    filling = max(0, wanted_rows - files.rows) * SESSIONS_SHARE
    count = round(volume.data_sessions * DAYS if not wanted_rows else filling)
    for asked in (
        Return("cd/447700900117_Data.csv", "ABC/4", S1, "CD/DEMO/S1", AUTHORITY_END),
        Return("cd/447700900381_Data.csv", "ABC/5", V1, "CD/DEMO/V1"),
    ):
        write_return(files, asked, provider.data_sessions(asked.line, count), provider.rng)
    locations.write_takeout(files, provider.rng, volume.fixes, max(0, wanted_rows - files.rows))
