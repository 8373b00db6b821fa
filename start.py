#!/usr/bin/env python3
"""Set everything up and run it, with Python's standard library and pip alone.

python3 start.py demo     a fictional case becomes a package; a fictional force works with it in
                          the browser (--reset makes it anew, --once only tries it, --port N)
python3 start.py test     all everyday tests, the browser's included
                          (--postgresql: the workspace's, on a throw-away PostgreSQL server;
                          --thorough: slow properties with many examples)
python3 start.py check    format, lint, types, import contracts, migrations, deployment
python3 start.py bench    the benchmarks of the README
python3 start.py setup    only set up (add --dev for the tools of a contributor)
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DEMO = ROOT / "demo"
BENCHMARKS = ("build", "ingest", "contact", "coincidence", "workbook")
POSTGRESQL = Path("/usr/lib/postgresql")
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
    _write_command()
    # Some machines forbid Python to keep compiled modules by itself; starts are quicker with them.
    run(PYTHON, "-m", "compileall", "-q", packages, ROOT / "src", stdout=subprocess.DEVNULL)
    stamp.write_text(digest)


def _write_command() -> None:
    """Make .venv/bin/fourfold, as pip would."""
    if os.name == "nt":
        return
    script = PYTHON.parent / "fourfold"
    script.write_text(
        f"#!{PYTHON}\nimport sys\nfrom fourfold.cli.main import main\nsys.exit(main())\n",
        encoding="utf-8",
    )
    script.chmod(0o755)


def demo(arguments: list[str]) -> int:
    """Make the fictional case and its package, then serve the workspace with it."""
    began = time.monotonic()
    setup("web")
    say(f"Set up in {time.monotonic() - began:.0f} s.")
    case, package = DEMO / "case", DEMO / "package"
    fourfold = (PYTHON, "-m", "fourfold")
    if "--reset" in arguments or not (package / "workbook.html").exists():
        shutil.rmtree(case, ignore_errors=True)
        shutil.rmtree(package, ignore_errors=True)
        DEMO.mkdir(exist_ok=True)
        must(*fourfold, "demo-case", case)
        must(*fourfold, "build", case, "--out", package)
        must(*fourfold, "verify", package)
    say(f"\nThe workbook: {(package / 'workbook.html').as_uri()}")
    say("\nThe workspace:")
    home = {**os.environ, "FOURFOLD_HOME": str(DEMO / "workspace"), "FOURFOLD_DATABASE": ""}
    words = [str(word) for word in (*fourfold, "demo", "--case", case, *arguments)]
    if os.name == "nt" or "--once" in arguments:
        return run(*words, env=home)
    os.execve(PYTHON, words, home)  # Ctrl-C and signals go straight to the server
    return 0


def has_browser() -> bool:
    return any(shutil.which(name) for name in CHROMIUM)


def is_debian_root() -> bool:
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def install(package: str) -> None:
    """Install a package of Debian's."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    run("apt-get", "update", "-qq", **quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", package, **quiet)


def install_browser() -> None:
    """Browser tests want Chromium; on Debian as root it is one package away."""
    if has_browser():
        return
    if is_debian_root():
        say("Installing Chromium for the browser tests ...")
        install("chromium")
    if not has_browser():
        say("No Chromium: the browser tests will be skipped. Install 'chromium' to run them.")


def has_postgresql() -> bool:
    return any(POSTGRESQL.glob("*/bin/postgres"))


def install_postgresql() -> None:
    """Tests on PostgreSQL want its programs; they start a server of their own."""
    if has_postgresql():
        return
    if is_debian_root():
        say("Installing PostgreSQL for the tests ...")
        settings = Path("/etc/postgresql-common/createcluster.conf")
        settings.parent.mkdir(parents=True, exist_ok=True)
        if not settings.exists():
            settings.write_text("create_main_cluster = false\n")
        install("postgresql")
    if not has_postgresql():
        sys.exit("No PostgreSQL: install Debian's 'postgresql', or leave --postgresql out.")


def test(arguments: list[str]) -> int:
    """Run the everyday tests; more words go to pytest."""
    setup("dev")
    install_browser()
    # By file: what a file shares (a served workspace, a built package) is made once.
    pytest = [PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    if "--thorough" in arguments:
        os.environ["FOURFOLD_THOROUGH"] = "1"
        arguments = [word for word in arguments if word != "--thorough"]
    if "--postgresql" not in arguments:
        return run(*pytest, *arguments)
    install_postgresql()
    words = [word for word in arguments if word != "--postgresql"] or ["tests/web", *web_journeys()]
    return run(PYTHON, ROOT / "tests" / "lib" / "on_postgresql.py", *pytest, *words)


def web_journeys() -> list[str]:
    """Return the browser tests of the workspace: all but those of the workbook's one page."""
    journeys = sorted((ROOT / "tests" / "journeys").glob("test_*.py"))
    return [str(path) for path in journeys if path.name != "test_workbook.py"]


def check() -> int:
    """Format, lint, types, import contracts, migrations, deployment."""
    setup("dev")
    tools = PYTHON.parent
    manage = (PYTHON, "-m", "fourfold.web", "manage")
    # An instance of its own: the types plugin and the checks load the settings.
    plain = {**os.environ, "FOURFOLD_HOME": str(VENV / "check"), "FOURFOLD_DATABASE": ""}
    served = {**plain, "FOURFOLD_HTTPS": "1", "FOURFOLD_STAFF_HOST": "fourfold.example.org"}
    deploy = (*manage, "check", "--deploy", "--fail-level", "WARNING")
    return (
        run(tools / "ruff", "format", "--check", "src", "tests", "benchmarks", "start.py")
        or run(tools / "ruff", "check", "src", "tests", "benchmarks", "start.py")
        or run(tools / "mypy", env=plain)
        or run(tools / "lint-imports")
        or run(*manage, "makemigrations", "--check", "--dry-run", env=plain)
        or run(*deploy, env=served)
    )


def bench(arguments: list[str]) -> int:
    """Run the named benchmarks, or all of them."""
    setup("bench")
    for name in arguments or BENCHMARKS:
        must(PYTHON, ROOT / "benchmarks" / f"{name}.py")
    return 0


def main() -> int:
    verb, *rest = sys.argv[1:] or [""]
    if verb == "demo":
        return demo(rest)
    if verb == "test":
        return test(rest)
    if verb == "check":
        return check()
    if verb == "bench":
        return bench(rest)
    if verb == "setup":
        setup("dev" if "--dev" in rest else "web")
        return 0
    print(__doc__)
    return 0 if verb in ("", "help", "--help", "-h") else 2


if __name__ == "__main__":
    sys.exit(main())
