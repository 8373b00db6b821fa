"""The interface for other programs: the same actions, the same policy, the same ledger."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from fourfold import __version__
from fourfold.web.cases.actions.occasions import OccasionError
from fourfold.web.cases.api import router as cases
from fourfold.web.cases.errors import OtherCaseError
from fourfold.web.exhibits.actions import runs, uploads
from fourfold.web.exhibits.api import router as exhibits
from fourfold.web.exhibits.storage import BusyError, TooManyBytesError
from fourfold.web.recommendations.api import router as recommendations
from fourfold.web.recommendations.plans_api import router as plans
from fourfold.web.supercomplaints.api import router as supercomplaints
from fourfold.web.surveys.api import router as surveys
from fourfold.web.surveys.errors import SurveyError
from fourfold.web.users.access import Refused
from fourfold.web.users.api import BY_KEY_OR_SESSION

DESCRIPTION = """A program acts as one user: by a key of that user (`Authorization: Bearer`
and the key), or in a signed-in session. It may do what the user may do on a page, and what it
does and looks at is recorded in the same ledger. A refusal (403) carries the rule's name and its
reason. What belongs to another force answers 404, as what does not exist does. Moments are UTC."""

api = NinjaAPI(
    title="Fourfold",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    auth=BY_KEY_OR_SESSION,
    urls_namespace="api",
)
api.add_router("", cases)
api.add_router("", exhibits)
api.add_router("", supercomplaints)
api.add_router("", surveys)
api.add_router("", recommendations)
api.add_router("", plans)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Say which rule refused."""
    told = {"rule": error.decision.rule, "reason": error.decision.reason}
    return api.create_response(request, told, status=403)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say that there is nothing, in the same words whether or not there is."""
    return api.create_response(request, {"message": "There is no such record."}, status=404)


def unfit(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Say what an action would not take; its message is ours and repeats no evidence."""
    return api.create_response(request, {"message": str(error)}, status=409)


for fault in (
    OtherCaseError,
    OccasionError,
    SurveyError,
    runs.RunNotStartedError,
    uploads.UploadRefusedError,
    uploads.NotReceivingError,
    BusyError,
):
    api.add_exception_handler(fault, unfit)


@api.exception_handler(uploads.WrongOffsetError)
def wrong_offset(request: HttpRequest, error: uploads.WrongOffsetError) -> HttpResponse:
    """Say at which byte to go on."""
    told = {"message": f"Go on at byte {error.wanted}.", "wanted": error.wanted}
    return api.create_response(request, told, status=409)


@api.exception_handler(TooManyBytesError)
def too_large(request: HttpRequest, error: TooManyBytesError) -> HttpResponse:
    """Say that a part is too large."""
    told = {"message": "The part is larger than the file or the limit allows."}
    return api.create_response(request, told, status=413)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which fields are wrong, without repeating what was sent."""
    faults = [{"where": list(map(str, each["loc"])), "what": each["msg"]} for each in error.errors]
    return api.create_response(
        request, {"message": "Not understood.", "faults": faults}, status=422
    )
