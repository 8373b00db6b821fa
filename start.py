#!/usr/bin/env python3
"""Set everything up and run it, with Python's standard library and pip alone.

python3 start.py demo     a fictional case becomes a package; prints where the workbook is
python3 start.py test     all everyday tests, the browser's included
python3 start.py check    format, lint, types, import contracts
python3 start.py bench    the benchmarks of the README
python3 start.py setup    only set up (add --dev for the tools of a contributor)
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DEMO = ROOT / "demo"
BENCHMARKS = ("build", "ingest", "contact", "coincidence", "workbook")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def say(text: str) -> None:
    print(text, flush=True)


def run(*words: object, **options: object) -> int:
    return subprocess.run(
        [str(word) for word in words], cwd=ROOT, check=False, **options
    ).returncode


def must(*words: object) -> None:
    if code := run(*words):
        sys.exit(code)


def setup(lock: str) -> None:
    """Make .venv and install what requirements/<lock>.txt names, every file by its hash."""
    if sys.version_info < (3, 11):
        sys.exit(f"Fourfold needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    wanted = ROOT / "requirements" / f"{lock}.txt"
    stamp = VENV / f"installed-{lock}"
    digest = hashlib.sha256(
        wanted.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    ).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    if not PYTHON.exists():
        say("Making .venv ...")
        # Without pip: Debian ships venv, but not always the pip that venv would copy in.
        must(sys.executable, "-m", "venv", "--without-pip", VENV)
    say(f"Installing from requirements/{lock}.txt (once; about a minute) ...")
    must(
        sys.executable,
        "-m",
        "pip",
        "--python",
        PYTHON,
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        wanted,
    )
    packages = subprocess.run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    (Path(packages) / "fourfold.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    # Some machines forbid Python to keep compiled modules by itself; starts are quicker with them.
    run(PYTHON, "-m", "compileall", "-q", packages, ROOT / "src", stdout=subprocess.DEVNULL)
    stamp.write_text(digest)


def demo() -> int:
    """Generate the fictional case, build its package, say what came out and where it is."""
    setup("base")
    case, package = DEMO / "case", DEMO / "package"
    shutil.rmtree(DEMO, ignore_errors=True)
    DEMO.mkdir()
    fourfold = (PYTHON, "-m", "fourfold")
    must(*fourfold, "demo-case", case)
    must(*fourfold, "build", case, "--out", package)
    must(*fourfold, "verify", package)
    say(f"\nThe workbook: {(package / 'workbook.html').as_uri()}")
    return 0


def has_browser() -> bool:
    return any(shutil.which(name) for name in CHROMIUM)


def install_browser() -> None:
    """Browser tests want Chromium; on Debian as root it is one package away."""
    if has_browser():
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("Installing Chromium for the browser tests ...")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        quiet = {"env": environment, "stdout": subprocess.DEVNULL}
        run("apt-get", "update", "-qq", **quiet)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", **quiet)
    if not has_browser():
        say("No Chromium: the browser tests will be skipped. Install 'chromium' to run them.")


def test(arguments: list[str]) -> int:
    """Run the everyday tests; more words go to pytest."""
    setup("dev")
    install_browser()
    return run(PYTHON, "-m", "pytest", "-n", "2", *arguments)


def check() -> int:
    """Format, lint, types and import contracts."""
    setup("dev")
    tools = PYTHON.parent
    return (
        run(tools / "ruff", "format", "--check", "src", "tests", "benchmarks", "start.py")
        or run(tools / "ruff", "check", "src", "tests", "benchmarks", "start.py")
        or run(tools / "mypy")
        or run(tools / "lint-imports")
    )


def bench(arguments: list[str]) -> int:
    """Run the named benchmarks, or all of them."""
    setup("bench")
    for name in arguments or BENCHMARKS:
        must(PYTHON, ROOT / "benchmarks" / f"{name}.py")
    return 0


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "--once"]  # demo ends by itself
    verb, rest = (words[0], words[1:]) if words else ("", [])
    if verb == "demo":
        return demo()
    if verb == "test":
        return test(rest)
    if verb == "check":
        return check()
    if verb == "bench":
        return bench(rest)
    if verb == "setup":
        setup("dev" if "--dev" in rest else "base")
        return 0
    print(__doc__)
    return 0 if verb in ("", "help", "--help", "-h") else 2


if __name__ == "__main__":
    sys.exit(main())
