"""The matrix, the page and the command line give one number; others see only what is published."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.config.commands import main
from fourfold.web.measures.actions import computing, publishing
from fourfold.web.measures.models import ComputedFigure
from fourfold.web.measures.rules import definitions, periods
from fourfold.web.measures.selectors.figures import figures_for
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users.models import Force, Role, User
from lib.measure_worlds import fill, people

FOUR = "four-asked"


@pytest.fixture
def world(force: Force) -> Organisation:
    fill(people(force, "north"), 3, cases=20)
    return Organisation.objects.create(
        name="Teasel Constabulary", kind="territorial_force", tenant=force, is_invented=True
    )


def _signed(actor: User, force: Force, period: str) -> ComputedFigure:
    figure = computing.compute(actor=actor, measure=FOUR, force=force, period=periods.parse(period))
    computing.sign(actor=actor, figure=figure, signing=computing.Signing("Head of stalking"))
    return figure


def test_one_number_in_matrix_and_command(
    world: Organisation,
    force: Force,
    make_user: Callable[..., User],
    capsys: pytest.CaptureFixture[str],
) -> None:
    responder = make_user(Role.RESPONDER)
    old = _signed(responder, force, "2026-01..2026-03")
    figure = _signed(responder, force, "2026-01..2026-06")
    assert figures_for([world], [FOUR]) == {}  # signed, not published: the own force's alone
    own = figures_for([world], [FOUR], actor=responder)[world.pk, FOUR]
    assert (own.ref, own.is_published) == (figure.ref, False)
    publishing.publish_figure(actor=responder, figure=old)
    shown = figures_for([world], [FOUR])[world.pk, FOUR]
    assert shown.ref == old.ref
    asked = ["measure", FOUR, "--force", world.name, "--period", "2026-01..2026-06"]
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["value"], told["numerator"], told["denominator"], told["sql_sha256"]) == (
        figure.value, figure.numerator, figure.denominator, figure.sql_sha256,
    )  # fmt: skip
    assert main([*asked, "--explain"]) == 0
    text = capsys.readouterr().out
    assert definitions.find(FOUR).question in text
    assert ":force_id" in text
    last = LedgerEntry.objects.latest("seq")
    assert (last.act, last.channel, last.force_ref) == ("measure.compute", "command", force.ref)


def test_a_break_in_the_period_is_said(
    world: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["measure", "stalking-as-principal", "--force", world.tenant.ref, "--period"]  # type: ignore[union-attr]
    assert main([*asked, "2023-01..2023-12"]) == 0
    assert "crosses a break in the series on 2023-06-01" in capsys.readouterr().out
    assert main([*asked, "2024"]) == 0
    assert "crosses" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["nothing-like-it", "--force", "Teasel Constabulary", "--period", "2026"],
        [FOUR, "--force", "Nobody", "--period", "2026"],
        [FOUR, "--force", "Teasel Constabulary", "--period", "soon"],
        ["training-coverage", "--force", "Teasel Constabulary", "--period", "2026"],
        [FOUR],
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_one_line(
    words: list[str], force: Force, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measure", *words]) == 2
    assert capsys.readouterr().err.startswith("cannot measure: ")


def test_a_period_is_whole_months_of_the_united_kingdom() -> None:
    period = periods.parse("2026-04..2026-06")
    assert (period.from_on, period.to_on) == (date(2026, 4, 1), date(2026, 6, 30))
    assert period.from_at == datetime(2026, 3, 31, 23, 0, tzinfo=UTC)
    assert period.to_at - period.from_at == timedelta(days=91)
    assert str(periods.parse("2026")) == "2026-01..2026-12"
    for text in ("", "2026-1", "2026-00", "2026-06..2026-01", "0000", "2026-01-01", "x"):
        with pytest.raises(periods.PeriodError):
            periods.parse(text)


def test_every_definition_is_whole() -> None:
    for each in definitions.newest():
        assert each.title
        assert each.question.endswith("?")
        assert [one.version for one in definitions.versions_of(each.name)] == list(
            range(1, each.version + 1)
        )
        if not each.is_measurable:
            assert not each.sql
            continue
        assert each.sql
        assert each.numerator
        assert each.period_rule
        assert each.signer
        assert each.caveats
        assert each.counts in ("report", "case", "crime")
        assert bool(each.denominator) == (each.kind != definitions.Kind.COUNT)
        assert (each.within_days is not None) == (each.kind == definitions.Kind.WITHIN_DAYS)
