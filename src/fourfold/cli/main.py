"""`fourfold`: one verb per station, and the verbs that check, trace and teach.

Nothing heavy is imported before the verb that needs it runs.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

import fourfold
from fourfold.cli.arguments import add_verbs
from fourfold.evidence.errors import FourfoldError

INTERRUPTED = 130
PIPE_CLOSED = 141

EPILOG = """exit codes:
  0  done                                5  a ledger does not balance: no package was written
  1  an error of ours, with a traceback  6  a package does not match its own record, or a rerun
  2  the command was not understood      7  a trace code leads nowhere
  3  case.toml cannot be used            8  a format pack is not well formed
  4  the case folder cannot be used    130  stopped with Ctrl-C; no package was written

example:
  fourfold build "Op Teasel" --out "Op Teasel package"
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    root = argparse.ArgumentParser(
        prog="fourfold",
        description="From a folder of raw evidence to a package that a court can check.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"fourfold {fourfold.__version__}")
    add_verbs(root)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    root = parser()
    chosen = root.parse_args(arguments)
    if not hasattr(chosen, "verb"):
        root.print_help()
        return 0
    verb: Callable[[argparse.Namespace], int] = chosen.verb
    try:
        return verb(chosen)
    except FourfoldError as error:
        sys.stderr.write(f"fourfold: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return _interrupted()
    except RuntimeError as error:  # the table engine turns Ctrl-C into this
        if "interrupt" not in str(error).lower():
            raise
        return _interrupted()
    except BrokenPipeError:
        sys.stderr.close()
        return PIPE_CLOSED


def _interrupted() -> int:
    sys.stderr.write("fourfold: stopped; no package was written\n")
    return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
