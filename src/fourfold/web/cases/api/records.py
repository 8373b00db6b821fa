"""What programs are given of a case. A record is known by its reference, never by its key."""

from datetime import date, datetime

from ninja import Schema

from fourfold.web.cases.models import Act, Case, Occasion, RecordedCrime, Report


class CaseOut(Schema):
    """A case."""

    ref: str
    operation_name: str
    team: str
    state: str
    jurisdiction: str
    is_sealed: bool
    opened_at: datetime
    closed_at: datetime | None

    @staticmethod
    def resolve_team(case: Case) -> str:
        """Name the team."""
        return case.team.name


class ReportOut(Schema):
    """A report: what was told, and what was asked (`not_asked` is no answer)."""

    ref: str
    case_ref: str | None
    taken_at: datetime
    channel: str
    victim_words: str
    effect_words: str
    fixated: str
    obsessive: str
    unwanted: str
    repeated: str
    in_danger_now: str
    fear_of_violence: str
    relationship: str
    classification: str
    classification_reason: str
    jurisdiction: str

    @staticmethod
    def resolve_case_ref(report: Report) -> str | None:
        """Name the case it was joined to."""
        return report.case.ref if report.case else None


class ActOut(Schema):
    """An act: the victim's words and the effect first."""

    ref: str
    victim_words: str
    effect_words: str
    fear_of_violence: str
    alarm: str
    distress: str
    occurred_from_at: datetime | None
    occurred_to_at: datetime | None
    precision: str
    when_text: str
    codes: list[str]
    means: str
    place_text: str
    actor_kind: str
    proxy_basis: str
    target: str
    summary: str
    state: str
    occasion_ref: str | None

    @staticmethod
    def resolve_occasion_ref(act: Act) -> str | None:
        """Name the occasion it belongs to."""
        return act.occasion.ref if act.occasion else None


class OccasionOut(Schema):
    """An occasion: acts that count as one, and whether a person has confirmed it."""

    ref: str
    state: str
    rule: str
    act_refs: list[str]
    confirmed_at: datetime | None

    @staticmethod
    def resolve_act_refs(occasion: Occasion) -> list[str]:
        """Name its acts."""
        return [act.ref for act in occasion.acts.all()]


class CrimeOut(Schema):
    """A recorded crime: one principal offence, and every included one."""

    ref: str
    crime_number: str
    recorded_on: date
    principal: str
    included: list[str]

    @staticmethod
    def resolve_principal(crime: RecordedCrime) -> str:
        """Give our code of the principal offence."""
        return crime.principal.code

    @staticmethod
    def resolve_included(crime: RecordedCrime) -> list[str]:
        """Give our codes of the included offences."""
        return [offence.code for offence in crime.included.all()]
