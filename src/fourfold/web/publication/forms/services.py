"""What may be recorded of a support service."""

from typing import Any

from django import forms

from fourfold.web.base.web_addresses import web_address
from fourfold.web.base.widgets import DayField
from fourfold.web.publication.actions.services import ServiceFacts
from fourfold.web.publication.models import SupportService


class ServiceForm(forms.Form):
    """A support service, as the public reads it."""

    name = forms.CharField(
        label="Name",
        max_length=150,
        error_messages={"required": "Enter the name of the service."},
    )
    what = forms.CharField(
        label="What it does, and for whom",
        max_length=500,
        widget=forms.Textarea,
        help_text="One or two short sentences, as somebody in need would say them.",
        error_messages={"required": "Say what the service does, and for whom."},
    )
    phone = forms.CharField(label="Telephone number", max_length=40, required=False)
    text_number = forms.CharField(label="Number for text messages", max_length=40, required=False)
    website = forms.URLField(
        label="Website",
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text="Begins with https://",
        error_messages={"invalid": "Enter a whole address, such as https://example.org/"},
    )
    hours = forms.CharField(
        label="Hours", max_length=200, required=False, help_text="When somebody answers."
    )
    area = forms.CharField(
        label="Area",
        max_length=150,
        help_text="Where it works, such as England and Wales.",
        error_messages={"required": "Say where the service works."},
    )
    languages = forms.CharField(label="Languages", max_length=300, required=False)
    access = forms.CharField(
        label="Ways to reach it",
        max_length=300,
        required=False,
        help_text="Relay, sign language, easy read.",
    )
    checked_on = DayField(
        label="Last checked on",
        required=False,
        help_text="The day on which number and hours were seen to be right.",
    )
    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="Where number and hours were read: a page, a call, a letter.",
        error_messages={"required": "Say where these facts were read."},
    )
    order = forms.IntegerField(
        label="Place in the list",
        min_value=1,
        max_value=9_999,
        initial=100,
        help_text="The lowest number stands first.",
    )

    def __init__(self, *args: Any, service: SupportService | None = None, **kwargs: Any) -> None:
        if service is not None:
            names = ServiceFacts.__dataclass_fields__
            kwargs.setdefault("initial", {name: getattr(service, name) for name in names})
        super().__init__(*args, **kwargs)
        self.service = service

    def clean_name(self) -> str:
        """Refuse a name that the directory has already."""
        name = str(self.cleaned_data["name"])
        twins = SupportService.objects.filter(name__iexact=name)
        if self.service is not None:
            twins = twins.exclude(pk=self.service.pk)
        if twins.exists():
            raise forms.ValidationError("The directory has a service of this name already.")
        return name

    def clean_website(self) -> str:
        """Accept addresses of the web only."""
        website = str(self.cleaned_data["website"])
        if website and not web_address(website):
            raise forms.ValidationError("The address must begin with https:// or http://")
        return website

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the service."""
        given = super().clean() or {}
        ways = ("phone", "text_number", "website")
        if not any(given.get(way) or way in self.errors for way in ways):
            self.add_error("phone", "Enter a telephone number, a text number or a website.")
        return given

    def facts(self) -> ServiceFacts:
        """Return what was entered."""
        names = ServiceFacts.__dataclass_fields__
        return ServiceFacts(**{name: self.cleaned_data[name] for name in names})
