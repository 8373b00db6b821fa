"""Recorded crimes of a case, with offences taken out and why; earlier cases to continue."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from fourfold.web.cases.models import Case, IncludedOffence, Offence, RecordedCrime
from fourfold.web.users import policy
from fourfold.web.users.models import User

CASES_OFFERED = 50


@dataclass(frozen=True)
class Removal:
    """An offence that was taken out of a crime."""

    title: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class CrimeRow:
    """A crime, its included offences and those taken out."""

    crime: RecordedCrime
    included: tuple[IncludedOffence, ...]
    removed: tuple[Removal, ...]
    owes_reason: bool


def crimes_of(case: Case) -> list[CrimeRow]:
    """Return the recorded crimes of a case: three queries."""
    crimes = list(case.crimes.select_related("principal", "recorded_by"))
    keys = [crime.pk for crime in crimes]
    included: dict[int, list[IncludedOffence]] = {}
    for each in IncludedOffence.objects.filter(crime__in=keys).select_related(
        "offence", "added_by"
    ):
        included.setdefault(each.crime_id, []).append(each)
    removed: dict[int, list[Removal]] = {}
    versions = IncludedOffence.history.filter(crime__in=keys, history_type="-")
    for version in versions.select_related("offence", "history_user").order_by("-history_id"):
        by = version.history_user.name if version.history_user else "Not recorded"
        removal = Removal(
            version.offence.title, version.history_date, by, version.history_change_reason or ""
        )
        removed.setdefault(version.crime_id, []).append(removal)
    return [
        CrimeRow(
            crime,
            tuple(included.get(crime.pk, ())),
            tuple(removed.get(crime.pk, ())),
            crime.principal.is_harassment and not crime.harassment_reason.strip(),
        )
        for crime in crimes
    ]


def offences_on(day: date, jurisdiction: str) -> QuerySet[Offence]:
    """Return the offences that could be recorded on a day in a jurisdiction."""
    return Offence.objects.filter(
        Q(from_on__isnull=True) | Q(from_on__lte=day),
        Q(to_on__isnull=True) | Q(to_on__gte=day),
        jurisdiction=jurisdiction,
    )


def earlier_cases(actor: User, case: Case) -> QuerySet[Case]:
    """Return cases that this one could continue: those that the user may open, opened before."""
    cases = policy.permitted(actor, "case.open", Case.objects.all())
    return cases.filter(opened_at__lte=case.opened_at).exclude(pk=case.pk)[:CASES_OFFERED]
