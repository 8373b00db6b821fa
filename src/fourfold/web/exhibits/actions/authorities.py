"""Authorities: what permits the use of an exhibit's rows, and for which period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.models import Authority, Exhibit
from fourfold.web.users import access
from fourfold.web.users.models import User


@dataclass(frozen=True)
class AuthorityFacts:
    """What an authority says. The period includes its start and excludes its end."""

    reference: str
    kind: str
    grade: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None
    scope: str = ""


def add_authority(*, actor: User, case: Case, facts: AuthorityFacts) -> Authority:
    """Record an authority."""
    decision = access.require(actor, "authority.add", case)
    with transaction.atomic():
        authority = Authority.objects.create(case=case, **vars(facts))
        access.record_act(actor, "authority.add", authority, decision=decision)
    return authority


def change_authority(*, actor: User, authority: Authority, facts: AuthorityFacts) -> None:
    """Change what is recorded of an authority; the version before is kept."""
    decision = access.require(actor, "authority.change", authority)
    with transaction.atomic():
        for name, value in vars(facts).items():
            setattr(authority, name, value)
        authority.save()
        access.record_act(actor, "authority.change", authority, decision=decision)


def cite_authority(*, actor: User, authority: Authority, exhibits: Sequence[Exhibit]) -> int:
    """Let exhibits of the same case cite an authority; return how many."""
    decision = access.require(actor, "exhibit.change", authority)
    with transaction.atomic():
        own = [exhibit for exhibit in exhibits if exhibit.case_id == authority.case_id]
        authority.exhibits.add(*own)
        detail = {"cited_by": [exhibit.ref for exhibit in own]}
        access.record_act(actor, "exhibit.change", authority, decision=decision, detail=detail)
    return len(own)
