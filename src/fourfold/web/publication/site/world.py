"""What the pages of one rendering read: asked of `standing` once, and only when a page needs it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from fourfold.web.base.words import UK
from fourfold.web.publication import content as c
from fourfold.web.publication.rules.addresses import slug
from fourfold.web.publication.selectors import standing

C = TypeVar("C")


def _by_slug(things: Iterable[C]) -> dict[str, C]:
    return {slug(thing.ref): thing for thing in things}  # type: ignore[attr-defined]


@dataclass
class World:
    """Everything that stands published, by the name that its address carries."""

    _within: dict[tuple[type, str], list[object]] = field(default_factory=dict)

    @cached_property
    def organisations(self) -> dict[str, c.Organisation]:
        """Return organisations, by name."""
        return _by_slug(sorted(standing.every(c.Organisation), key=lambda o: o.name.casefold()))

    @cached_property
    def designations(self) -> list[c.Designation]:
        """Return designations, by the name of the body."""
        found = standing.every(c.Designation)
        return sorted(found, key=lambda d: (d.organisation.casefold(), d.designated_on))

    @cached_property
    def complaints(self) -> dict[str, c.SuperComplaint]:
        """Return super-complaints, the newest first; those of no known date last."""
        found = standing.every(c.SuperComplaint)
        return _by_slug(sorted(found, key=lambda s: (s.made_on or "", s.ref), reverse=True))

    @cached_property
    def recommendations(self) -> dict[str, c.Recommendation]:
        """Return recommendations, by complaint and number."""
        found = standing.every(c.Recommendation)
        return _by_slug(sorted(found, key=lambda r: (r.super_complaint_ref, r.number, r.ref)))

    @cached_property
    def plans(self) -> dict[str, c.Plan]:
        """Return action plans, by organisation."""
        return _by_slug(sorted(standing.every(c.Plan), key=lambda p: (p.organisation, p.ref)))

    @cached_property
    def measures(self) -> dict[str, c.Measure]:
        """Return the newest definition of each measure, by its name."""
        newest: dict[str, c.Measure] = {}
        for each in sorted(standing.every(c.Measure), key=lambda m: (m.name, m.version)):
            newest[slug(each.name)] = each
        return newest

    @cached_property
    def figures(self) -> list[c.Figure]:
        """Return figures: by measure, force and period."""
        found = standing.every(c.Figure)
        return sorted(found, key=lambda f: (f.measure, f.organisation, f.period_from, f.ref))

    @cached_property
    def progress_reports(self) -> dict[str, c.ProgressReport]:
        """Return progress reports, the newest first."""
        found = standing.every(c.ProgressReport)
        return _by_slug(sorted(found, key=lambda p: (p.published_on, p.ref), reverse=True))

    @cached_property
    def reports(self) -> dict[str, c.Report]:
        """Return reports of investigations."""
        return _by_slug(standing.every(c.Report))

    @cached_property
    def surveys(self) -> dict[str, c.Survey]:
        """Return published surveys."""
        return _by_slug(standing.every(c.Survey))

    @cached_property
    def practices(self) -> dict[str, c.Practice]:
        """Return the practice bank, by title."""
        return _by_slug(sorted(standing.every(c.Practice), key=lambda p: p.title.casefold()))

    @cached_property
    def adoptions(self) -> list[c.Adoption]:
        """Return who has taken up which practice, by name."""
        return sorted(standing.every(c.Adoption), key=lambda a: (a.organisation, a.ref))

    @cached_property
    def services(self) -> list[c.SupportService]:
        """Return the directory of support services in its order."""
        found = standing.every(c.SupportService)
        return sorted(found, key=lambda s: (s.order, s.name.casefold(), s.ref))

    @cached_property
    def files(self) -> set[tuple[str, str, str]]:
        """Return which files there are: kind, reference, name."""
        return standing.file_names()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many things of each kind stand published."""
        return standing.counts()

    @cached_property
    def as_of(self) -> date | None:
        """Return the day of the newest publication: the site's own day, never the clock's."""
        newest = standing.newest_at()
        return newest.astimezone(UK).date() if newest else None

    def within(self, wanted: type[C], ref: str) -> list[C]:
        """Return the things of a class that belong to a super-complaint."""
        key = (wanted, ref)
        if key not in self._within:
            self._within[key] = list(standing.every(wanted, within_ref=ref))
        return self._within[key]  # type: ignore[return-value]

    def recommendations_of(self, ref: str) -> list[c.Recommendation]:
        """Return the recommendations of a super-complaint in their order."""
        if "recommendations" in vars(self):  # read already, for another part of the page
            return [r for r in self.recommendations.values() if r.super_complaint_ref == ref]
        return sorted(self.within(c.Recommendation, ref), key=lambda r: (r.number, r.ref))

    def answers_of(self, ref: str) -> list[c.Answer]:
        """Return the answers within a super-complaint: by organisation, number and part."""
        found = self.within(c.Answer, ref)
        return sorted(found, key=lambda a: (a.organisation.casefold(), a.number, a.part, a.ref))

    def answers_by(self, organisation_ref: str) -> list[c.Answer]:
        """Return what an organisation answers, in any super-complaint."""
        key = (c.Answer, f"by {organisation_ref}")
        if key not in self._within:
            found = standing.every(c.Answer, organisation_ref=organisation_ref)
            self._within[key] = [*found]
        answers: list[c.Answer] = self._within[key]  # type: ignore[assignment]
        return sorted(answers, key=lambda a: (a.super_complaint_ref, a.number, a.part, a.ref))

    def complaint(self, ref: str) -> c.SuperComplaint | None:
        """Return a super-complaint by its reference."""
        return self.complaints.get(slug(ref))
