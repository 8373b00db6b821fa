"""Commands of the workspace: `fourfold VERB`, or `python -m fourfold.web VERB`.

One module per group of verbs; each has `VERBS`: name, help, example, arguments, run. Django is
loaded by the verb that needs it (`load_django`), so that help is quick and `verify-ledger` works
where there is no Django.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence

from fourfold.web.accountability.commands import VERBS as LEDGER_VERBS
from fourfold.web.accountability.commands import Verb
from fourfold.web.config.commands import backups, instance, people, serving
from fourfold.web.measures.commands import VERBS as MEASURE_VERBS
from fourfold.web.publication.commands import VERBS as PUBLICATION_VERBS
from fourfold.web.recommendations.commands import VERBS as RECORD_VERBS


def verbs() -> Mapping[str, Verb]:
    """Return every verb by name."""
    return {
        **serving.VERBS, **instance.VERBS, **people.VERBS, **backups.VERBS, **LEDGER_VERBS,
        **MEASURE_VERBS,
        **PUBLICATION_VERBS,
        **RECORD_VERBS,
    }  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    root = argparse.ArgumentParser(prog="fourfold", description="The workspace.")
    group = root.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, verb in verbs().items():
        sub = group.add_parser(
            name,
            help=verb.help,
            description=verb.help,
            epilog=f"example:\n  {verb.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.add_arguments(sub)
        sub.set_defaults(run=verb.run)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    chosen = parser().parse_args(sys.argv[1:] if arguments is None else arguments)
    return int(chosen.run(chosen))
