"""What the public may know of a super-complaint, its body and designations."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from fourfold.web.publication import content
from fourfold.web.supercomplaints.models import Designation, Organisation, Step, SuperComplaint
from fourfold.web.supercomplaints.reference import register as reference
from fourfold.web.supercomplaints.rules.clocks import days_between


def iso(value: object) -> str:
    """Return a day as the public contract writes it, or nothing."""
    return value.isoformat() if hasattr(value, "isoformat") else ""


def organisation(row: Organisation) -> content.Organisation:
    """Return an organisation as it is publicly known."""
    return content.Organisation(
        ref=row.ref,
        name=row.name,
        kind=row.kind,
        kind_words=row.get_kind_display(),
        region=row.region,
        website=row.website,
        is_invented=row.is_invented,
    )


def designation(row: Designation) -> content.Designation:
    """Return a designation as it is publicly known."""
    grounds = reference.words_of(row.revocation_grounds, reference.grounds())
    return content.Designation(
        ref=row.ref,
        organisation_ref=row.organisation.ref,
        organisation=row.organisation.name,
        regime=row.regime,
        designated_on=iso(row.designated_on),
        designated_words=row.designated_words,
        instrument=row.instrument,
        revoked_on=iso(row.revoked_on),
        revocation_grounds=tuple(grounds),
        source_url=row.source_url,
        note=row.note,
    )


def super_complaint(
    row: SuperComplaint,
    files: tuple[content.File, ...] = (),
    file_of: Mapping[int | None, str] = MappingProxyType({}),
) -> content.SuperComplaint:
    """Return the public record: public steps alone, no contact, no facts.

    `files` are documents that were chosen for the public (`selectors/public_documents.py`);
    `file_of` names the file that stands for a document of a step, by its key.
    """
    return content.SuperComplaint(
        ref=row.ref,
        title=row.title,
        body=row.body.name,
        regime=row.regime,
        subject=row.subject,
        state=row.state,
        state_words=row.get_state_display(),
        with_whom=row.with_whom,
        lead=row.lead.name if row.lead else "",
        made_on=iso(row.made_on),
        made_words=row.made_words,
        report_on=iso(row.published_on),
        report_title=row.report_title,
        days_to_report=days_between(row.made_on, row.published_on),
        responses_due_on=iso(row.responses_due_on),
        features=tuple(
            content.Feature(each.number, each.text, tuple(h.nature for h in each.harms.all()))
            for each in row.features.prefetch_related("harms")
        ),
        timeline=tuple(step(each, file_of.get(each.document_id, "")) for each in public_steps(row)),
        files=files,
        gaps=tuple(row.gaps),
        sources=tuple(row.sources),
        is_from_public_record=row.is_from_public_record,
        is_invented=row.is_invented,
    )


def public_steps(row: SuperComplaint) -> list[Step]:
    """Return the steps that are public, oldest first.

    One without a day stands where it was recorded: after those that were recorded before it.
    """
    last = date.min
    placed: list[tuple[date, int, Step]] = []
    for each in sorted(row.steps.filter(is_public=True), key=lambda each: each.pk):
        last = each.on or last
        placed.append((last, each.pk, each))
    return [each for _, _, each in sorted(placed, key=lambda item: item[:2])]


def step(row: Step, file: str = "") -> content.Step:
    """Return a step as the public timeline has it."""
    return content.Step(
        on=iso(row.on),
        words=row.words,
        basis=row.basis,
        on_words=row.on_words,
        source=row.source,
        is_late=row.is_late,
        file=file,
    )
