"""What is asked when files are handed in: by the browser's program, and by an ordinary form."""

from typing import Any, Final

from django import forms

from fourfold.web.cases.models import Case
from fourfold.web.exhibits.actions.uploads import Offer
from fourfold.web.exhibits.forms.choosing import SomeOf, authority_label
from fourfold.web.exhibits.forms.moments import ClockField, MomentsForm, day_field
from fourfold.web.exhibits.models import Authority
from fourfold.web.exhibits.rules import limits, paths

DATABASE_LIMIT: Final = 2**63 - 1


class ManyFiles(forms.ClearableFileInput):
    """A box for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return all files that were chosen."""
        given = data if isinstance(data, list) and data else [data or None]
        return [super(ManyFilesField, self).clean(each, initial) for each in given]


class UploadForm(MomentsForm):
    """What is said of all files of one hand-over. Nothing but the files must be given."""

    folder = forms.CharField(
        label="Folder inside the case",
        required=False,
        max_length=limits.PATH_CHARACTERS,
        help_text="For example exhibits/phone. Keeps files of the same name apart.",
    )
    received_from = forms.CharField(
        label="Received from",
        required=False,
        max_length=200,
        help_text="The person or company who handed it over.",
    )
    producer = forms.CharField(
        label="Produced by",
        required=False,
        max_length=200,
        help_text="Who will exhibit it in a statement, such as DC 7041 Marlpit.",
    )
    received_on = day_field("Day it was received")
    received_time = ClockField(label="Time it was received")
    authorities = SomeOf(
        label="Authority for its use",
        required=False,
        help_text="Rows outside every chosen period are set aside by the engine.",
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["authorities"]
        field.offer(list(Authority.objects.filter(case=case)), authority_label)

    def clean(self) -> dict[str, Any]:
        """Join the day and time of receipt."""
        given = super().clean() or {}
        given["received_at"] = self.moment("received")
        self.not_later_than_now("received", given["received_at"])
        return given

    def offer(self, name: str, size_bytes: int, sha256: str = "") -> Offer:
        """Return a file with what was said of it."""
        given = self.cleaned_data
        received_at = given["received_at"]
        return Offer(
            path=paths.joined(given["folder"], name),
            size_bytes=size_bytes,
            sha256=sha256,
            producer=given["producer"],
            received_from=given["received_from"],
            received_at=received_at.isoformat() if received_at else "",
            authorities=tuple(each.ref for each in given["authorities"]),
        )


class FilesForm(UploadForm):
    """The same with the files themselves, for an ordinary form."""

    handed_in = ManyFilesField(
        label="Files",
        allow_empty_file=True,  # an empty exhibit is reported by the engine, not lost here
        error_messages={"required": "Choose one or more files to upload."},
    )


class PathField(forms.Field):
    """A path as it was sent, whatever stands in it: what is wrong with it is recorded later."""

    def to_python(self, value: Any) -> str:
        """Return the text."""
        if not isinstance(value, str):
            raise forms.ValidationError("The path is not a text.")
        return value


class AnnouncedForm(forms.Form):
    """One file as the browser announces it: path, size and hash. Only the form of each is asked."""

    path = PathField(required=False)
    size_bytes = forms.IntegerField(min_value=0, max_value=DATABASE_LIMIT)
    sha256 = forms.RegexField(r"\A[0-9a-f]{64}\Z", strip=False)
