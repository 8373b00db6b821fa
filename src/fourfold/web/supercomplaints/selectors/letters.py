"""Progress reports to the body: which there are, when the next is due, what it would say."""

from collections import Counter
from datetime import date

from fourfold.web.supercomplaints.models import (
    EvidenceEntry,
    Organisation,
    ProgressLetter,
    SuperComplaint,
)
from fourfold.web.supercomplaints.rules import investigation
from fourfold.web.supercomplaints.rules.investigation import Due, Told
from fourfold.web.supercomplaints.rules.procedure import AUTHORITIES
from fourfold.web.users import policy
from fourfold.web.users.models import User


def letters_of(actor: User, supercomplaint: SuperComplaint) -> list[ProgressLetter]:
    """Return the letters that an actor may see, newest first; the body sees those sent."""
    every = ProgressLetter.objects.filter(supercomplaint=supercomplaint)
    found = policy.permitted(actor, "progressletter.open", every)
    return list(found.select_related("sent_by", "written_by").order_by("-on", "-id"))


def last_told_on(supercomplaint: SuperComplaint) -> date | None:
    """Return when the body was last told: by a letter that was sent, or by the decision."""
    sent = supercomplaint.progress_letters.filter(sent_at__isnull=False)
    last = sent.order_by("-on").values_list("on", flat=True).first()
    return last or supercomplaint.decided_on


def due_of(supercomplaint: SuperComplaint, today: date) -> Due:
    """Return when the next letter is due."""
    last, every = last_told_on(supercomplaint), supercomplaint.progress_every_days
    return investigation.due(supercomplaint.state, last, every, today)


def text_of(supercomplaint: SuperComplaint, on: date) -> str:
    """Return a letter built from the record since the body was last told."""
    since = last_told_on(supercomplaint)
    entries = EvidenceEntry.objects.filter(supercomplaint=supercomplaint, on__lte=on)
    steps = supercomplaint.steps.filter(is_public=True, on__lte=on)
    if since is not None:
        entries, steps = entries.filter(on__gt=since), steps.filter(on__gt=since)
    kinds = Counter(entries.values_list("kind", flat=True))
    every = supercomplaint.progress_every_days
    next_due = investigation.due(supercomplaint.state, on, every, on)
    return investigation.letter(
        Told(
            ref=supercomplaint.ref,
            title=supercomplaint.title,
            body=supercomplaint.body.name,
            contact=supercomplaint.contact_name,
            lead=supercomplaint.lead.name if supercomplaint.lead else "",
            since_on=since,
            until_on=on,
            done=tuple((kind.label, kinds[kind]) for kind in EvidenceEntry.Kind if kinds[kind]),
            steps=tuple((step.on, step.words) for step in steps),
            next_on=next_due.on,
        )
    )


def collators_of(supercomplaint: SuperComplaint) -> list[Organisation]:
    """Return who may collate answers: national bodies and the authorities."""
    kinds = (Organisation.Kind.NATIONAL_BODY, Organisation.Kind.AUTHORITY)
    found = Organisation.objects.filter(
        kind__in=kinds, is_invented=supercomplaint.is_invented
    ).order_by("name")
    return list(found)


def authorities_of(supercomplaint: SuperComplaint) -> list[Organisation]:
    """Return the authorities that decide jointly on a super-complaint of this regime."""
    codes = AUTHORITIES[supercomplaint.regime]
    found = Organisation.objects.filter(authority__in=codes, is_invented=supercomplaint.is_invented)
    return sorted(found, key=lambda each: (codes.index(each.authority), each.pk))
