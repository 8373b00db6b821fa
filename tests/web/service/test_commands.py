"""The workspace's commands: every verb explained, and handed over by the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fourfold.cli import workspace
from fourfold.cli.main import main
from fourfold.web.config import newcomers
from fourfold.web.config.commands import parser, verbs
from fourfold.web.config.server import PortError, listen
from fourfold.web.users.models import SignInToken, User

INTERNAL = {"answer", "manage"}  # what serve starts by itself, and what developers call


def test_the_command_line_names_every_verb_of_the_workspace() -> None:
    assert set(workspace.VERBS) == set(verbs()) - INTERNAL


@pytest.mark.parametrize("name", sorted(verbs()))
def test_every_verb_has_help_and_an_example(name: str) -> None:
    verb = verbs()[name]
    assert verb.help
    assert f"fourfold {name}" in verb.example or name in INTERNAL


@pytest.mark.parametrize("name", sorted(workspace.VERBS))
def test_the_example_on_the_command_line_is_understood(name: str) -> None:
    import shlex

    words = shlex.split(workspace.VERBS[name][1])
    assert words[0] == "fourfold"
    assert parser().parse_args(words[1:]).verb == name


def test_words_with_dashes_are_handed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    handed: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["fourfold"])
    monkeypatch.setattr(
        "fourfold.cli.workspace.runpy.run_module", lambda *_, **__: handed.append(sys.argv[:])
    )
    assert main(["serve", "--port", "8001", "--workers=2"]) == 0
    assert handed == [["fourfold", "serve", "--port", "8001", "--workers=2"]]


def test_help_of_a_verb_needs_no_instance(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fourfold", "restore", "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--check-only" in done.stdout
    assert not list(tmp_path.iterdir())


def test_the_description_of_the_interface_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    from fourfold.web.config.commands import main as run

    assert run(["openapi"]) == 0
    assert json.loads(capsys.readouterr().out)["openapi"].startswith("3.")


def test_a_newcomer_gets_a_link_that_works_once(db: None) -> None:
    wanted = newcomers.Newcomer("Teasel Constabulary", "A. Example", "a@example.org", "supervisor")
    link = newcomers.add(wanted)
    user = User.objects.get(email="a@example.org")
    assert (user.role, user.force.name) == ("supervisor", "Teasel Constabulary")
    assert "/account/enrol/" in link
    assert SignInToken.objects.get(user=user).sha256 not in link


@pytest.mark.parametrize("email", ["no address", "a@example.org"])
def test_a_newcomer_needs_an_address_of_their_own(db: None, email: str) -> None:
    wanted = newcomers.Newcomer("Teasel Constabulary", "A. Example", "a@example.org", "auditor")
    newcomers.add(wanted)
    with pytest.raises(newcomers.NewcomerError):
        newcomers.add(newcomers.Newcomer("Teasel Constabulary", "B.", email, "auditor"))


@pytest.mark.enable_socket
def test_a_busy_port_leads_to_the_next(socket_enabled: None) -> None:
    with listen("127.0.0.1", 18_431) as first, listen("127.0.0.1", 18_431) as second:
        assert second.getsockname()[1] > first.getsockname()[1]


def test_no_port_is_a_clear_error(socket_enabled: None) -> None:
    with pytest.raises(PortError, match="--port"):
        listen("127.0.0.1", 65_536)
