"""Run a command on a throw-away PostgreSQL server: on_postgresql.py COMMAND WORD ...

The command finds the server's address in FOURFOLD_DATABASE. The server is gone when it ends.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lib.postgres import cluster

DATABASE = "fourfold"


def main(words: list[str]) -> int:
    """Run the command with the server; return its exit code."""
    with cluster() as server:
        server.create(DATABASE)
        address = server.url(DATABASE)
        return subprocess.run(
            words, check=False, env={**os.environ, "FOURFOLD_DATABASE": address}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
