"""The five practices of practices.md: loaded, marked, published; people's edits stand."""

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.practices.actions import entries, loading
from fourfold.web.practices.models import Practice
from fourfold.web.practices.rules.serving import PARTS
from fourfold.web.publication import content
from fourfold.web.publication.models import Published
from fourfold.web.publication.selectors import standing
from fourfold.web.users.models import User


def test_practices_the_five_with_reasons_sources_and_known_parts() -> None:
    found = loading.entries()
    assert len(found) == 5
    for entry in found:
        assert entry["sources"] and entry["rating_reasons"] and entry["code"]
        assert set(entry["served_by"]) <= set(PARTS)
        assert entry["does_it_work"] in Practice.Rating.values


def test_practices_section_3_nothing_about_easi_is_taken_as_settled() -> None:
    easi = next(entry for entry in loading.entries() if entry["code"] == "early-intervention")
    assert easi["does_it_work"] == "not_seen"
    assert not easi["organisation"] and not easi["partners"]
    assert any("Hampton Trust" in words for words in easi["unconfirmed"])
    assert "say nothing about EASI" in easi["evaluation"]


def test_practices_multi_agency_says_that_it_is_not_yet_built() -> None:
    assert not PARTS["panel"].is_built and "not yet built" in PARTS["panel"].words


def test_loading_twice_changes_nothing_and_leaves_edits_alone(officer: User) -> None:
    assert loading.load_practices(actor=officer) == {"made": 5}
    stood = Published.objects.count(), LedgerEntry.objects.count()
    assert loading.load_practices(actor=officer) == {"same": 5}
    assert stood == (Published.objects.count(), LedgerEntry.objects.count())
    edited = Practice.objects.get(code="safeguarding-app")
    entries.change_practice(actor=officer, practice=edited, facts={"title": "Our own words"})
    taken = Practice.objects.get(code="early-intervention")
    entries.withdraw_practice(actor=officer, practice=taken)
    assert loading.load_practices(actor=officer) == {"same": 4, "left": 1}
    edited.refresh_from_db()
    assert edited.title == "Our own words"
    assert standing.one(content.Practice, taken.ref) is None
    assert len(standing.every(content.Practice)) == 4
