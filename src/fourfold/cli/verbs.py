"""What each verb does: a recipe of a few lines; the work is in the pipeline."""

import argparse
from pathlib import Path
from typing import Any

from fourfold.cli.printing import Meter, Printer
from fourfold.evidence.errors import UsageError


def build(arguments: argparse.Namespace) -> int:
    """Run all four stations."""
    from fourfold.evidence import pipeline

    out = arguments.out or _beside(arguments.folder)
    with Meter(arguments) as meter:
        options = _options(arguments, meter, render=_only(arguments.only))
        run = pipeline.build(arguments.folder, out, options)
    Printer(arguments).summary(run, out)
    return 0


def take_in(arguments: argparse.Namespace) -> int:
    """Run station 1 alone."""
    from fourfold.evidence import pipeline

    out = arguments.out or _beside(arguments.folder)
    with Meter(arguments) as meter:
        run = pipeline.take_in_folder(arguments.folder, out, _options(arguments, meter))
    Printer(arguments).line({"package": str(out), "exhibits": len(run.exhibits)})
    return 0


def read(arguments: argparse.Namespace) -> int:
    """Run station 2 alone."""
    return _station("read_package", arguments)


def analyse(arguments: argparse.Namespace) -> int:
    """Run station 3 alone."""
    return _station("analyse_package", arguments)


def render(arguments: argparse.Namespace) -> int:
    """Run station 4 alone."""
    return _station("render_package", arguments)


def _station(name: str, arguments: argparse.Namespace) -> int:
    from fourfold.evidence import pipeline

    with Meter(arguments) as meter:
        run = getattr(pipeline, name)(arguments.package, _options(arguments, meter))
    Printer(arguments).summary(run, arguments.package)
    return 0


def trace(arguments: argparse.Namespace) -> int:
    """Lead a code back to rows."""
    from fourfold.evidence import pipeline

    found = pipeline.trace(arguments.package, arguments.code, limit=max(arguments.limit, 0))
    Printer(arguments).trace(found)
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Check a package, and run it again if asked."""
    from fourfold.evidence import pipeline

    rerun = arguments.rerun
    if rerun == Path():
        rerun = arguments.package / "originals"
    with Meter(arguments) as meter:
        result = pipeline.verify(arguments.package, rerun, _options(arguments, meter))
    Printer(arguments).verified(result)
    return 0


def formats(arguments: argparse.Namespace) -> int:
    """List readers and packs."""
    from fourfold.evidence import pipeline

    Printer(arguments).formats(pipeline.formats(arguments.packs))
    return 0


def learn_pack(arguments: argparse.Namespace) -> int:
    """Propose a format pack from an example."""
    from fourfold.evidence import pipeline

    text, notes = pipeline.learn_pack(arguments.file, arguments.name)
    if arguments.out:
        _write_new(arguments.out, text)
    Printer(arguments).pack(text, notes, arguments.out)
    return 0


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, and the folder it lies in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise UsageError(f"{path} exists; a pack is never overwritten") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None


def demo_case(arguments: argparse.Namespace) -> int:
    """Write a fictional case folder."""
    from fourfold.demo_case import write_case

    if arguments.folder.exists() and any(arguments.folder.iterdir()):
        raise UsageError(f"{arguments.folder} is not empty; choose another folder")
    scale: int | str = arguments.rows or "typical"
    write_case(arguments.folder, seed=arguments.seed, scale=scale, truth=arguments.truth)
    Printer(arguments).line({"case_folder": str(arguments.folder)})
    return 0


def _options(arguments: argparse.Namespace, meter: Meter, **more: Any) -> Any:
    from fourfold.evidence import pipeline

    return pipeline.Options(
        packs=arguments.packs, threads=arguments.threads, progress=meter.show, **more
    )


def _only(names: list[str] | None) -> tuple[str, ...] | None:
    return tuple(names) if names else None


def _beside(folder: Path) -> Path:
    absolute = folder.resolve()
    return absolute.with_name(f"{absolute.name}-package")
