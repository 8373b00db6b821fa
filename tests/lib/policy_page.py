"""docs/policy.md, written from the code: `PYTHONPATH=src:tests python -m lib.policy_page`."""

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"

HEAD = """# Who may do what, and why

Written from the code by `PYTHONPATH=src:tests python -m lib.policy_page`; a test fails where this page and
the code differ. The role says what somebody may do at all; the rules below say on which case. Both
must allow. A refusal names its rule and says the sentence; it is recorded.

## On which cases: the rules, first one decides

| Order | Rule | Allows | Who, when |
|---|---|---|---|
| 1 | `role`, `account-closed` | no | the role does not include the act, or the account is closed |
| 2 | `other-force` | no | the case belongs to another force; the answer is the one for a case that does not exist |
| 3 | `declared-interest` | no | something the user declared matches the case and nobody has cleared the match |
| 4 | `auditor`, `team-supervisor` | yes | only to review a break-glass; `not-reviewer` refuses others, `own-act` whoever opened it |
| 5 | `own-force` | yes | only to find the pointer of a case, to join a report to it, or to ask for break-glass; not for a sealed case |
| 6 | `assigned` | yes | assigned by name, now |
| 7 | `sealed` | no | the case is sealed |
| 8 | `team-supervisor` | yes | a supervisor of the case's team |
| 9 | `single-point-of-contact` | yes | the force's single point of contact |
| 10 | `break-glass` | yes | only to look, for 8 hours |
| 11 | `need-to-know` | no | everybody else |

What belongs to a case (people, acts, exhibits, runs, ...) is decided as the case is. A report outside a case is
its force's, but closed to whoever declared something that it names.
"""


def text() -> str:
    """Return the page as the code says it."""
    return "\n".join([HEAD, *_sentences(), *_looking(), *_roles()]) + "\n"


def _sentences() -> list[str]:
    from fourfold.web.cases.rules.need_to_know import RULES

    lines = [f"| `{rule}` | {sentence} |" for rule, sentence in RULES.items()]
    return ["## What a page says", "", "| Rule | Sentence |", "|---|---|", *lines, ""]


def _looking() -> list[str]:
    from fourfold.web.cases.rules.need_to_know import LOOKING_BY_BREAK_GLASS

    acts = ", ".join(f"`{act}`" for act in sorted(LOOKING_BY_BREAK_GLASS))
    return ["## What break-glass opens", "", f"{acts}. Nothing that changes a record.", ""]


def _roles() -> list[str]:
    from fourfold.web.accountability.acts import ACTS
    from fourfold.web.users.models import Role
    from fourfold.web.users.permissions import ROLE_MAY

    head = " | ".join(role.label for role in Role)
    lines = [
        f"| `{act}` | {kind.attempt} | "
        + " | ".join("yes" if act in ROLE_MAY[role] else "" for role in Role)
        + " |"
        for act, kind in ACTS.items()
        if any(act in ROLE_MAY[role] for role in Role)
    ]
    rule = "|---|---|" + "---|" * len(Role)
    return ["## What each role may do at all", "", f"| Act | May ... | {head} |", rule, *lines]


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lib.web_settings")
    import django

    django.setup()
    PAGE.write_text(text(), encoding="utf-8")
