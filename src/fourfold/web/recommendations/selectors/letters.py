"""The facts of a letter to one organisation, from the record as others know it."""

from datetime import date

from fourfold.web.recommendations.models import Answer, Reminder, SentAnswer
from fourfold.web.recommendations.rules import letters
from fourfold.web.recommendations.rules.deadlines import Basis
from fourfold.web.recommendations.rules.drafts import NOT_FOUND_WORDS
from fourfold.web.recommendations.rules.letters import Facts, Item
from fourfold.web.recommendations.rules.standing import NOT_RECORDED, silence
from fourfold.web.recommendations.rules.wording import STATUS_WORDS
from fourfold.web.supercomplaints.models import Organisation, SuperComplaint

NO_SENDER = "The decision-making authorities"


def facts_for(
    supercomplaint: SuperComplaint, organisation: Organisation, kind: str, *, on: date, address: str
) -> Facts:
    """Return what a letter is made of; what was not sent counts as a silence."""
    return Facts(
        kind=kind,
        addressee=organisation.name,
        copies=_copies(supercomplaint, organisation, kind),
        sender=supercomplaint.lead.name if supercomplaint.lead else NO_SENDER,
        complaint=supercomplaint.title,
        body=supercomplaint.body.name,
        report_title=supercomplaint.report_title,
        published_on=supercomplaint.published_on,
        on=on,
        items=_items(supercomplaint, organisation, kind, on),
        reminded_on=tuple(
            Reminder.objects.filter(supercomplaint=supercomplaint, organisation=organisation)
            .order_by("sent_on")
            .values_list("sent_on", flat=True)
            .distinct()
        ),
        address=address,
    )


def _copies(
    supercomplaint: SuperComplaint, organisation: Organisation, kind: str
) -> tuple[str, ...]:
    if kind != letters.ESCALATION:
        return ()
    found = (organisation.polices_for, supercomplaint.collator)
    return tuple(each.name for each in found if each is not None)


def _items(
    supercomplaint: SuperComplaint, organisation: Organisation, kind: str, on: date
) -> tuple[Item, ...]:
    asked = Answer.objects.filter(
        organisation=organisation,
        part=None,
        recommendation__supercomplaint=supercomplaint,
        recommendation__issued_on__isnull=False,
    )
    silent = silence(is_past_record=supercomplaint.is_from_public_record)
    if silent == NOT_RECORDED and kind in (letters.REMINDER, letters.ESCALATION):
        return ()  # no answer was seen, which is not the same as none
    if kind == letters.THANKS:
        asked = asked.filter(submitted_at__isnull=False)
    elif kind != letters.REQUEST:
        asked = asked.filter(submitted_at=None)
    sent = {
        answer: status
        for answer, status in SentAnswer.objects.filter(answer__in=asked)
        .order_by("version")
        .values_list("answer_id", "status")
    }
    rows = asked.select_related("recommendation").order_by("recommendation__number")
    return tuple(_item(answer, sent.get(answer.pk, silent), on) for answer in rows)


def _item(answer: Answer, status: str, on: date) -> Item:
    found = answer.recommendation
    is_owed = answer.submitted_at is None and status != NOT_RECORDED
    is_late = found.due_on is not None and is_owed and on > found.due_on
    return Item(
        number=found.number,
        words=found.text or f"{NOT_FOUND_WORDS}.",
        due_on=found.due_on,
        status_words=str(STATUS_WORDS[status]),
        days_late=(on - found.due_on).days if is_late and found.due_on else 0,
        is_practice=found.due_basis == Basis.AFTER_PUBLICATION,
        answered_on=answer.answered_on,
    )
