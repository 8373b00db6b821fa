"""Exhibits, uploads in parts, engine runs and findings for programs."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from fourfold.evidence import pipeline
from fourfold.evidence.errors import TraceError
from fourfold.web.cases.api.fields import Text
from fourfold.web.cases.models import Case
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.exhibits.actions import runs, uploads
from fourfold.web.exhibits.engine.folder import package_of
from fourfold.web.exhibits.models import EngineRun, Exhibit, Upload
from fourfold.web.exhibits.rules import limits
from fourfold.web.exhibits.selectors import runs as selectors
from fourfold.web.exhibits.selectors.loading import upload_by_ref
from fourfold.web.exhibits.storage import TooManyBytesError
from fourfold.web.users.access import actor_of
from fourfold.web.users.api import Pages, opened

router = Router(tags=["exhibits"])
ROWS_SHOWN = 50
Offset = Annotated[int, Field(ge=0, le=2**62, description="Byte at which the part begins.")]


class ExhibitOut(Schema):
    """An exhibit: what was handed in, sealed by its SHA-256."""

    ref: str
    exhibit_reference: str
    path: str
    sha256: str
    size_bytes: int
    producer: str
    description: str
    taken_in_at: datetime


class FileIn(Schema):
    """A file to hand in. `sha256` is compared when it is finished; may be left out."""

    path: Text = Field(max_length=1000)
    size_bytes: int = Field(ge=0, le=2**62)
    sha256: str = Field("", pattern="^([0-9a-f]{64})?$")
    producer: Text = Field("", max_length=200)
    received_from: Text = Field("", max_length=200)


class UploadOut(Schema):
    """An upload on its way: send the bytes from `received_bytes` on, in parts."""

    ref: str
    path: str = Field(alias="name")
    size_bytes: int
    received_bytes: int
    state: str


class RunOut(Schema):
    """An engine run. Rows read = used + merged + set aside."""

    ref: str
    state: Literal["queued", "running", "finished", "failed", "cancelled"]
    queued_at: datetime
    ended_at: datetime | None
    rows_read: int
    rows_used: int
    rows_merged: int
    rows_set_aside: int
    finding_count: int
    tables_sha256: str
    error_words: str


class ValueOut(Schema):
    """A figure of a finding; its code leads back to the rows."""

    code: str
    name: str
    value: Any = None
    unit: str


class FindingOut(Schema):
    """A finding: question, sentence, method, figures and what they do not say."""

    finding_id: str
    question: str
    title: str
    statement: str
    method: str
    version: str
    values: list[ValueOut]
    caveats: list[str]
    evidence_class: str


class TraceOut(Schema):
    """What a code leads back to."""

    code: str
    what: str
    row_count: int
    rows: list[dict[str, Any]]


@router.get("/cases/{case_ref}/exhibits", response=list[ExhibitOut], summary="Exhibits of a case")
@paginate(Pages, page_size=100)
def list_exhibits(request: HttpRequest, case_ref: str) -> QuerySet[Exhibit]:
    """List the exhibits of a case."""
    return _case(request, "exhibit.list", case_ref).exhibits.all()


def _case(request: HttpRequest, action: str, case_ref: str) -> Case:
    return opened(request, action, case_by_ref, case_ref=case_ref)


@router.post("/cases/{case_ref}/uploads", response={201: UploadOut}, summary="Begin an upload")
def post_upload(request: HttpRequest, case_ref: str, file: FileIn) -> Status[Upload]:
    """Begin to hand a file in, or find the unfinished upload of the same file to go on with."""
    case = _case(request, "upload.start", case_ref)
    offer = uploads.Offer(**file.dict())
    return Status(201, uploads.start(actor=actor_of(request), case=case, offer=offer))


@router.get(
    "/cases/{case_ref}/uploads/{upload_ref}", response=UploadOut, summary="How far an upload is"
)
def get_upload(request: HttpRequest, case_ref: str, upload_ref: str) -> Upload:
    """Say at which byte to go on."""
    references = {"case_ref": case_ref, "upload_ref": upload_ref}
    return opened(request, "upload.part", upload_by_ref, **references)


@router.put(
    "/cases/{case_ref}/uploads/{upload_ref}",
    response=UploadOut,
    summary="Send a part",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    },
)
def put_part(
    request: HttpRequest,
    case_ref: str,
    upload_ref: str,
    offset: Offset,
) -> Upload:
    """Take the bytes of one part, at most 8 MiB; a wrong offset answers 409 with the right one."""
    references = {"case_ref": case_ref, "upload_ref": upload_ref}
    upload = opened(request, "upload.part", upload_by_ref, **references)
    part = request.body
    if len(part) > limits.PART_BYTES:
        raise TooManyBytesError
    uploads.add_part(actor=actor_of(request), upload=upload, offset=offset, chunks=[part])
    upload.refresh_from_db()
    return upload


@router.post(
    "/cases/{case_ref}/uploads/{upload_ref}/finish",
    response=ExhibitOut,
    summary="Finish an upload",
)
def post_finish(request: HttpRequest, case_ref: str, upload_ref: str) -> Exhibit:
    """Seal the file and make it an exhibit."""
    references = {"case_ref": case_ref, "upload_ref": upload_ref}
    upload = opened(request, "upload.finish", upload_by_ref, **references)
    return uploads.finish(actor=actor_of(request), upload=upload)


@router.get("/cases/{case_ref}/runs", response=list[RunOut], summary="Runs of a case")
def list_runs(request: HttpRequest, case_ref: str) -> list[EngineRun]:
    """List the runs of a case, latest first."""
    return selectors.runs_of(_case(request, "run.list", case_ref))


@router.post("/cases/{case_ref}/runs", response={201: RunOut}, summary="Start a run")
def post_run(request: HttpRequest, case_ref: str) -> Status[EngineRun]:
    """Queue a run over the exhibits as they stand."""
    case = _case(request, "run.start", case_ref)
    return Status(201, runs.start_run(actor=actor_of(request), case=case))


@router.get("/cases/{case_ref}/runs/{run_ref}", response=RunOut, summary="A run")
def get_run(request: HttpRequest, case_ref: str, run_ref: str) -> EngineRun:
    """Say how far a run is, or what came of it."""
    references = {"case_ref": case_ref, "run_ref": run_ref}
    return opened(request, "run.open", selectors.run_by_ref, **references)


@router.post("/cases/{case_ref}/runs/{run_ref}/cancel", response=RunOut, summary="Cancel a run")
def post_cancel(request: HttpRequest, case_ref: str, run_ref: str) -> EngineRun:
    """Cancel a run that is under way."""
    references = {"case_ref": case_ref, "run_ref": run_ref}
    run = opened(request, "run.cancel", selectors.run_by_ref, **references)
    return runs.cancel_run(actor=actor_of(request), run=run)


@router.get(
    "/cases/{case_ref}/runs/{run_ref}/findings", response=list[FindingOut], summary="Findings"
)
def list_findings(request: HttpRequest, case_ref: str, run_ref: str) -> list[Any]:
    """List the findings of a finished run."""
    references = {"case_ref": case_ref, "run_ref": run_ref}
    run = opened(request, "finding.list", selectors.finished_run_by_ref, **references)
    return list(pipeline.findings_of(package_of(run.ref)))


@router.get(
    "/cases/{case_ref}/runs/{run_ref}/trace/{code}", response=TraceOut, summary="Rows of a figure"
)
def get_trace(request: HttpRequest, case_ref: str, run_ref: str, code: str) -> dict[str, Any]:
    """Lead the code of a figure, finding, occurrence or row back to its source rows."""
    references = {"case_ref": case_ref, "run_ref": run_ref}
    run = opened(request, "finding.trace", selectors.finished_run_by_ref, **references)
    try:
        found = pipeline.trace(package_of(run.ref), code, limit=ROWS_SHOWN)
    except TraceError as error:
        raise Http404 from error
    return {
        "code": found.code, "what": found.what, "row_count": found.row_count, "rows": found.rows,
    }  # fmt: skip
