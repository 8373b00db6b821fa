"""Around super-complaints: the public record, and an invented one with all that came of it."""

from typing import TYPE_CHECKING

from fourfold.web.accountability import context
from fourfold.web.demonstration import (
    aftermath,
    answers,
    bodies,
    complaints,
    investigation,
    papers,
    people,
    survey,
)
from fourfold.web.demonstration.press import Press, Sheet
from fourfold.web.demonstration.writing import Book
from fourfold.web.recommendations.record.loading import load_record
from fourfold.web.supercomplaints.models import SuperComplaint
from fourfold.web.supercomplaints.selectors import contents

if TYPE_CHECKING:
    from fourfold.web.demonstration.seeding import World


def write(world: "World", book: Book) -> None:
    """Write it all; the public record by its own action, the invented part in bulk."""
    press = Press()
    cast = bodies.write(world, book, press)
    main, stage = complaints.write(world, cast, book)
    for each in SuperComplaint.objects.filter(is_invented=True).select_related("body"):
        papers.write(stage, each)
    investigation.write(stage, main)
    survey.write(stage, main, press)
    written = answers.write(stage, main)
    officer = cast.actor(people.INSPECTORATE)
    at = stage.days.moment(stage.days.published_on)
    press.add(Sheet(contents.super_complaint(main), officer, at, main.ref))
    investigation.publish(stage, main, press)
    answers.publish(stage, main, written, press)
    press.write()
    book.write()
    with context.running(channel="command"):
        load_record(actor=officer)
        aftermath.write(world, cast, main)
