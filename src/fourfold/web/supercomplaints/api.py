"""Super-complaints for programs: the list, one, its steps; what the user may see, no more."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from fourfold.web.supercomplaints.models import Step, SuperComplaint
from fourfold.web.supercomplaints.selectors import complaints as selectors
from fourfold.web.supercomplaints.selectors.loading import supercomplaint_by_ref
from fourfold.web.supercomplaints.selectors.procedure import steps_of
from fourfold.web.supercomplaints.selectors.reading import as_read_by
from fourfold.web.users.access import actor_of
from fourfold.web.users.api import Pages, asked, opened

router = Router(tags=["super-complaints"])


class SuperComplaintOut(Schema):
    """A super-complaint. A date that is null was not seen, or has not come."""

    ref: str
    title: str
    body: str
    regime: str
    with_whom: str
    subject: str
    state: str
    made_on: date | None
    made_words: str
    acknowledge_by_on: date | None
    decided_on: date | None
    published_on: date | None
    responses_due_on: date | None
    is_from_public_record: bool
    is_invented: bool

    @staticmethod
    def resolve_body(each: SuperComplaint) -> str:
        """Return the name of who made it."""
        return each.body.name


class StepOut(Schema):
    """A step of the procedure, and what it rests on."""

    event: str
    from_state: str
    to_state: str
    on: date | None
    on_words: str
    words: str
    basis: str
    source: str
    is_late: bool


@router.get("/super-complaints", response=list[SuperComplaintOut], summary="Super-complaints")
@paginate(Pages, page_size=100)
def list_super_complaints(request: HttpRequest) -> list[SuperComplaint]:
    """List the super-complaints that the user may see."""
    actor = asked(request, "supercomplaint.list")
    return as_read_by(actor, selectors.listed(actor))


@router.get(
    "/super-complaints/{supercomplaint_ref}",
    response=SuperComplaintOut,
    summary="One super-complaint",
)
def one_super_complaint(request: HttpRequest, supercomplaint_ref: str) -> SuperComplaint:
    """Return one super-complaint."""
    return as_read_by(actor_of(request), [_opened(request, supercomplaint_ref)])[0]


@router.get(
    "/super-complaints/{supercomplaint_ref}/steps",
    response=list[StepOut],
    summary="Steps of a super-complaint",
)
def list_steps(request: HttpRequest, supercomplaint_ref: str) -> list[Step]:
    """Return the steps that the user may see, oldest first."""
    return steps_of(actor_of(request), _opened(request, supercomplaint_ref))


def _opened(request: HttpRequest, supercomplaint_ref: str) -> SuperComplaint:
    return opened(
        request, "supercomplaint.open", supercomplaint_by_ref, supercomplaint_ref=supercomplaint_ref
    )
