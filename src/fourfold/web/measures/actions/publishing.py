"""Publish a signed figure: the number, or that it is withheld and why; never the rows."""

from django.db import transaction
from django.utils import timezone

from fourfold.web.base.words import UK
from fourfold.web.measures.models import ComputedFigure, FigureRelease
from fourfold.web.measures.rules import definitions
from fourfold.web.measures.rules.definitions import Definition
from fourfold.web.measures.rules.wording import WITHHELD, value_words
from fourfold.web.measures.selectors.figures import definition_of
from fourfold.web.measures.selectors.releases import reason_to_come, replaced_by
from fourfold.web.publication import content
from fourfold.web.publication.actions.publishing import publish, withdraw
from fourfold.web.supercomplaints.models import Organisation
from fourfold.web.users import access
from fourfold.web.users.models import Force, User


class NotSignedError(ValueError):
    """Only a signed figure is published."""


class AlreadyPublishedError(ValueError):
    """A figure is published once."""


class NoRegisterEntryError(ValueError):
    """The force has no entry in the register of organisations."""


def publish_figure(*, actor: User, figure: ComputedFigure) -> FigureRelease:
    """Publish a signed figure and its definition; small numbers are withheld, with the reason.

    Raises:
        NotSignedError: nobody has signed it.
        AlreadyPublishedError: it is published.
        NoRegisterEntryError: the register does not say whose figure it is.
    """
    decision = access.require(actor, "figure.publish", figure)
    definition = definition_of(figure)
    with transaction.atomic():
        Force.objects.select_for_update().get(pk=figure.force_id)  # one at a time for a force
        organisation = _require_fit(figure)
        reason = reason_to_come(figure, definition)
        release = FigureRelease.objects.create(
            figure=figure,
            is_suppressed=bool(reason),
            reason=reason,
            released_by=actor,
            released_at=timezone.now(),
        )
        for older in replaced_by(figure):
            withdraw(actor=actor, kind=content.Kind.FIGURE, ref=older.ref)
        publish_definitions(actor=actor)
        publish(
            actor=actor,
            content=figure_content(figure, definition, organisation, reason),
            within_ref=definition.name,
        )
        detail = {"measure": definition.name, "withheld": bool(reason)}
        access.record_act(actor, "figure.publish", figure, decision=decision, detail=detail)
    return release


def publish_definitions(*, actor: User) -> None:
    """Let the public read every definition, those that cannot be computed with the reason.

    The caller has asked whether the actor may publish, and records the act. What stands is not
    written again.
    """
    for definition in definitions.newest():
        made = measure_content(definition)
        publish(actor=actor, content=made, within_ref=definition.name)


def _require_fit(figure: ComputedFigure) -> Organisation:
    if not hasattr(figure, "signature"):
        raise NotSignedError("The figure is not signed. Somebody of the force signs it first.")
    if FigureRelease.objects.filter(figure=figure).exists():
        raise AlreadyPublishedError("The figure is published already.")
    found = Organisation.objects.filter(tenant=figure.force_id).first()
    if found is None:
        raise NoRegisterEntryError(
            "Your force has no entry in the register of organisations."
            " Ask the authorities to add it."
        )
    return found


def measure_content(definition: Definition) -> content.Measure:
    """Return a definition as the public reads it, with its SQL."""
    return content.Measure(
        ref=definition.name,
        name=definition.name,
        version=definition.version,
        title=definition.title,
        question=definition.question,
        kind=definition.kind.words,
        numerator=definition.numerator,
        denominator=definition.denominator,
        unit=definition.unit,
        period=definition.period_rule,
        sql=definition.sql,
        sql_sha256=definition.sql_sha256,
        caveats=definition.caveats,
        breaks=tuple(
            content.Break(each.on.isoformat(), f"{each.words} Source: {each.source}.")
            for each in definition.breaks
        ),
        not_measurable_because=definition.not_measurable_because,
        recommendation_numbers=definition.recommendations,
    )


def figure_content(
    figure: ComputedFigure, definition: Definition, organisation: Organisation, reason: str
) -> content.Figure:
    """Return a figure as the public reads it: withheld, no number of it is there."""
    parts = (figure.value, figure.numerator, figure.denominator)
    value, numerator, denominator = (None, None, None) if reason else parts
    return content.Figure(
        ref=figure.ref,
        measure=definition.name,
        measure_version=definition.version,
        organisation_ref=organisation.ref,
        organisation=organisation.name,
        period_from=figure.from_on.isoformat(),
        period_to=figure.to_on.isoformat(),
        value=value,
        value_words=WITHHELD if reason else value_words(definition.kind, *parts),
        numerator=numerator,
        denominator=denominator,
        is_suppressed=bool(reason),
        suppressed_because=reason,
        signed_by=figure.signature.post,
        signed_on=figure.signature.signed_at.astimezone(UK).date().isoformat(),
        computed_at=figure.computed_at.isoformat(),
        sql_sha256=figure.sql_sha256,
    )
