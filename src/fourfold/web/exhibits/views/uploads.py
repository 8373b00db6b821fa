"""Handing in files: the page, the ordinary form, and what the browser's program calls."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.web.base.words import plural
from fourfold.web.cases.models import Case
from fourfold.web.cases.selectors.loading import case_by_ref
from fourfold.web.exhibits import storage
from fourfold.web.exhibits.actions import uploads
from fourfold.web.exhibits.forms.uploads import AnnouncedForm, FilesForm, UploadForm
from fourfold.web.exhibits.models import Exhibit, Upload
from fourfold.web.exhibits.rules import limits, refusals
from fourfold.web.exhibits.selectors import uploads as selectors
from fourfold.web.exhibits.selectors.loading import upload_by_ref
from fourfold.web.exhibits.views.sending import sent
from fourfold.web.users.access import actor_of, needs

ANNOUNCED_BYTES: Final = 64 * 1024
BUSY_WORDS: Final = "This file is being written by another page. Wait a moment and try again."
OVER_WORDS: Final = "This upload is over: it was finished, refused or removed. Load the page again."


@needs("upload.start", case_by_ref)
def upload(request: HttpRequest, case: Case, **_: str) -> HttpResponse:
    """Show the form; take in what an ordinary form sends."""
    form = FilesForm(sent(request), request.FILES or None, case=case)
    if request.method == "POST" and form.is_valid():
        _take_in_all(request, case, form)
        return redirect("exhibits:upload", case_ref=case.ref)
    return _page(request, case, form, status=400 if form.errors else 200)


def _page(request: HttpRequest, case: Case, form: FilesForm, status: int) -> HttpResponse:
    context = {
        "case": case,
        "tab": "evidence",
        "form": form,
        "unfinished": selectors.unfinished_of_case(case),
        "refused": [
            (each, refusals.words_of(each.refusal)) for each in selectors.refused_of_case(case)
        ],
        "part_bytes": limits.PART_BYTES,
        "file_limit_bytes": limits.FILE_BYTES,
    }
    return render(request, "exhibits/custody/upload.html", context, status=status)


def _take_in_all(request: HttpRequest, case: Case, form: FilesForm) -> None:
    """Take in each file of a form; a refused one does not stop the others."""
    taken, refused = 0, 0
    for file in form.cleaned_data["handed_in"]:
        offer = form.offer(file.name, file.size)
        try:
            uploads.take_in(actor=actor_of(request), case=case, offer=offer, chunks=file.chunks())
            taken += 1
        except (uploads.UploadRefusedError, storage.BusyError):
            refused += 1
    if taken:
        messages.success(request, f"{plural(taken, 'file')} taken in and sealed.")
    if refused:
        messages.error(request, f"{plural(refused, 'file')} refused. The reasons stand below.")


def _answers_json(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Turn what can go wrong with an upload into an answer that says what to do."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except uploads.WrongOffsetError as error:
            return _problem("offset", f"Go on at byte {error.wanted}.", 409, wanted=error.wanted)
        except storage.BusyError:
            return _problem("busy", BUSY_WORDS, 409)
        except uploads.NotReceivingError:
            return _problem("over", OVER_WORDS, 410)
        except storage.TooManyBytesError:
            words = "The part is larger than the file or the limit allows."
            return _problem("part-too-large", words, 413)
        except uploads.UploadRefusedError as error:
            return _problem(error.code, error.words, 422)

    return answered


def _problem(code: str, words: str, status: int, **more: object) -> JsonResponse:
    return JsonResponse({"code": code, "words": words, **more}, status=status)


@require_POST
@needs("upload.start", case_by_ref)
@_answers_json
def upload_start(request: HttpRequest, case: Case, **_: str) -> HttpResponseBase:
    """Announce one file: JSON with `file` (path, size_bytes, sha256) and `facts` of the form."""
    announced = _announced(request)
    file = AnnouncedForm(announced.get("file", {}))
    facts = UploadForm(MultiValueDict(announced.get("facts", {})), case=case)
    if not file.is_valid() or not facts.is_valid():
        return _form_problem(file, facts)
    given = file.cleaned_data
    offer = facts.offer(given["path"], given["size_bytes"], given["sha256"])
    upload = uploads.start(actor=actor_of(request), case=case, offer=offer)
    return JsonResponse(_where(upload))


def _announced(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """Return the two objects of an announcement; anything else counts as empty."""
    if int(request.headers.get("Content-Length") or 0) > ANNOUNCED_BYTES:
        return {}
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    file = said.get("file")
    facts = said.get("facts")
    return {
        "file": file if isinstance(file, dict) else {},
        "facts": _texts(facts) if isinstance(facts, dict) else {},
    }


def _texts(facts: dict[str, Any]) -> dict[str, list[str]]:
    """Return each fact as a list of texts, as a form would send it."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in facts.items()}
    return {name: [str(each) for each in value] for name, value in lists.items()}


def _form_problem(*forms: BaseForm) -> JsonResponse:
    errors = {name: list(errors) for form in forms for name, errors in form.errors.items()}
    words = " ".join(str(each) for found in errors.values() for each in found)
    return _problem("form", words, 400, errors=errors)


def _where(upload: Upload) -> dict[str, object]:
    kwargs = {"case_ref": upload.case.ref, "upload_ref": upload.ref}
    return {
        "upload": upload.ref,
        "offset": upload.received_bytes,
        "part_bytes": limits.PART_BYTES,
        "part_url": reverse("exhibits:upload_part", kwargs=kwargs),
        "finish_url": reverse("exhibits:upload_finish", kwargs=kwargs),
        "abandon_url": reverse("exhibits:upload_abandon", kwargs=kwargs),
    }


@require_http_methods(["PUT"])
@needs("upload.part", upload_by_ref)
@_answers_json
def upload_part(request: HttpRequest, upload: Upload, **_: str) -> HttpResponseBase:
    """Take the bytes of one part, which begin at ?offset=."""
    offset = request.GET.get("offset", "")
    if not (offset.isascii() and offset.isdigit() and len(offset) < 20):
        return _problem("offset", f"Go on at byte {upload.received_bytes}.", 409,
                        wanted=upload.received_bytes)  # fmt: skip
    if int(request.headers.get("Content-Length") or 0) > limits.PART_BYTES:
        raise storage.TooManyBytesError
    chunks = iter(lambda: request.read(storage.CHUNK_BYTES), b"")
    end = uploads.add_part(
        actor=actor_of(request), upload=upload, offset=int(offset), chunks=chunks
    )
    return JsonResponse({"offset": end})


@require_POST
@needs("upload.finish", upload_by_ref)
def upload_finish(request: HttpRequest, upload: Upload, **_: str) -> HttpResponseBase:
    """Finish an upload of which every byte has arrived."""
    if request.accepts("text/html"):
        return _back(
            request, upload, lambda: uploads.finish(actor=actor_of(request), upload=upload)
        )
    return _finish_json(request, upload)


@_answers_json
def _finish_json(request: HttpRequest, upload: Upload) -> HttpResponseBase:
    exhibit = uploads.finish(actor=actor_of(request), upload=upload)
    return JsonResponse({"exhibit": exhibit.ref, "exhibit_url": _address(exhibit)})


@require_POST
@needs("upload.abandon", upload_by_ref)
def upload_abandon(request: HttpRequest, upload: Upload, **_: str) -> HttpResponseBase:
    """Give an unfinished upload up."""
    if request.accepts("text/html"):
        return _back(
            request, upload, lambda: uploads.abandon(actor=actor_of(request), upload=upload)
        )
    return _abandon_json(request, upload)


@_answers_json
def _abandon_json(request: HttpRequest, upload: Upload) -> HttpResponseBase:
    uploads.abandon(actor=actor_of(request), upload=upload)
    return JsonResponse({"abandoned": upload.ref})


def _back(request: HttpRequest, upload: Upload, do: Callable[[], object]) -> HttpResponseBase:
    """Do what a button of the page asked for, and go back to the page with its outcome."""
    answer = _answers_json(lambda _request: _done(do))(request)
    if answer.status_code == 200:
        messages.success(request, "Done.")
    else:
        said = json.loads(cast(HttpResponse, answer).content)
        messages.error(request, said["words"])
    return redirect("exhibits:upload", case_ref=upload.case.ref)


def _done(do: Callable[[], object]) -> HttpResponseBase:
    do()
    return HttpResponse()


def _address(exhibit: Exhibit) -> str:
    kwargs = {"case_ref": exhibit.case.ref, "exhibit_ref": exhibit.ref}
    return reverse("exhibits:exhibit", kwargs=kwargs)
