"""Past super-complaints: their dates as known, their timeline, their features; and the public."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from fourfold.web.base import reference_data
from fourfold.web.base.reference_data import CHANGED, LEFT, MADE
from fourfold.web.publication import content
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.publication.selectors import standing
from fourfold.web.recommendations.record import reading
from fourfold.web.supercomplaints.models import Feature, Organisation, Step, SuperComplaint
from fourfold.web.supercomplaints.selectors import public_documents
from fourfold.web.users import access
from fourfold.web.users.models import User

RECORD: Final = "record"
ORGANISATIONS: Final = ("body", "lead", "collator")
APART: Final = ("ref", "step", "features")


class NotInTheRegisterError(Exception):
    """The record names an organisation that the register does not hold."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the register of organisations does not hold “{name}”")


def load(actor: User) -> Counter[str]:
    """Write the super-complaints of the record and publish what is new; count what was done."""
    decision = access.require(actor, "supercomplaint.record", actor.force)
    done: Counter[str] = Counter()
    for facts in reading.read(reading.COMPLAINTS)["super_complaint"]:
        complaint, what = _keep(actor, facts)
        done[what] += 1
        if what == LEFT:
            continue
        _keep_features(actor, complaint, facts.get("features", ()))
        _add_steps(actor, complaint, facts)
        if what in (MADE, CHANGED):
            access.record_act(actor, "supercomplaint.record", complaint, decision=decision)
        publish_complaint(actor, complaint)
    return done


def organisation(name: str) -> Organisation:
    """Return an organisation of the register by its name.

    Raises:
        NotInTheRegisterError: the register does not hold it.
    """
    found = Organisation.objects.filter(name=name, is_invented=False).first()
    if found is None:
        raise NotInTheRegisterError(name)
    return found


def _keep(actor: User, facts: Mapping[str, Any]) -> tuple[SuperComplaint, str]:
    plain = {name: value for name, value in facts.items() if name not in APART}
    for name in ORGANISATIONS:
        if name in plain:
            plain[name] = organisation(plain[name])
    plain["is_from_public_record"] = True
    plain["gaps"] = [*plain["gaps"], *_unnumbered(facts["ref"])]
    return reference_data.keep(SuperComplaint, {"ref": facts["ref"]}, plain, by=actor)


def _keep_features(actor: User, complaint: SuperComplaint, texts: tuple[str, ...]) -> None:
    for number, text in enumerate(texts, start=1):
        key = {"ref": reading.reference("FE", complaint.ref, number)}
        facts = {"supercomplaint": complaint, "number": number, "text": text}
        reference_data.keep(Feature, key, facts, by=actor)


def _add_steps(actor: User, complaint: SuperComplaint, facts: Mapping[str, Any]) -> None:
    """Add the steps that are not there yet; a step is never changed."""
    known = set(complaint.steps.values_list("words", flat=True))
    told = facts.get("step") or _first_and_last(complaint)
    Step.objects.bulk_create(
        Step(
            supercomplaint=complaint,
            event=RECORD,
            on=each.get("on"),
            on_words=each.get("on_words", ""),
            words=each["words"],
            basis="record",
            source=each.get("source", ""),
            by=actor,
        )
        for each in told
        if each["words"] not in known
    )


def _first_and_last(complaint: SuperComplaint) -> list[dict[str, Any]]:
    """Return the steps of a super-complaint of which only these days are recorded."""
    made = {"on": complaint.made_on, "on_words": complaint.made_words, "words": "Made."}
    steps = [made] if complaint.made_on or complaint.made_words else []
    if complaint.published_on:
        steps.append({"on": complaint.published_on, "words": "Report published."})
    return steps


def publish_complaint(actor: User, complaint: SuperComplaint) -> None:
    """Publish the record of a super-complaint, unless just this stands already."""
    record = public_documents.record_of(complaint)
    made = record.content
    if standing.one(content.SuperComplaint, complaint.ref) == made:
        return
    decision = access.require(actor, "supercomplaint.publish", complaint)
    version = publish(
        actor=actor, content=made, within_ref=complaint.ref, files=record.files
    ).version
    detail = {"version": version}
    access.record_act(actor, "supercomplaint.publish", complaint, decision=decision, detail=detail)


def _unnumbered(complaint_ref: str) -> list[str]:
    """Return content that was seen without a number: said as such, never given one."""
    told = reading.read(reading.STALKING)
    if told["super_complaint"] != complaint_ref:
        return []
    return [unnumbered_words(each) for each in told["unnumbered"]]


def unnumbered_words(entry: Mapping[str, Any]) -> str:
    """Return one sentence or two on content seen without a number."""
    numbers = ", ".join(str(number) for number in entry["candidate_numbers"])
    whom = f"To: {entry['addressee']}. " if entry["addressee"] else "Addressee not seen. "
    what = entry.get("summary") or "Text not found."
    due = f" By {entry['deadline'].isoformat()}." if "deadline" in entry else ""
    came = (
        f" Known of the answer: {entry['response_summary']}" if "response_summary" in entry else ""
    )
    sure = entry["confidence"].replace("_", " ")
    return (
        f"A recommendation seen without its number (it could be {numbers or 'any'}; {sure}). "
        f"{whom}{what}{due}{came} {entry['notes']} Source: {entry['source_url']}"
    )
