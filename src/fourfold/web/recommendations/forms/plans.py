"""What may be written over a plan's lines, chosen for publishing, handed in, and confirmed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from fourfold.web.recommendations.actions.plans import PlanText
from fourfold.web.recommendations.models import Answer, Plan
from fourfold.web.recommendations.rules.imports import limits
from fourfold.web.recommendations.rules.imports.proposing import TARGETS, Meaning
from fourfold.web.recommendations.rules.imports.values import Meant
from fourfold.web.recommendations.rules.plan_schema import STATUS_WORDS
from fourfold.web.recommendations.rules.standing import NOT_ANSWERED, SAYABLE
from fourfold.web.recommendations.selectors.plans import code_of

NAMES = ("title", "introduction", "website")


class PlanForm(forms.Form):
    """The title, the introduction and the address of a plan."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Enter a title for the plan."}
    )
    introduction = forms.CharField(
        label="Introduction", required=False, max_length=10_000, widget=forms.Textarea,
        help_text="Stands above the lines of the plan. An empty line begins a new paragraph.",
    )  # fmt: skip
    website = forms.URLField(
        label="Where you publish it", required=False, max_length=400, assume_scheme="https",
        help_text="The address of the page on your own website, if there is one.",
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(plan, name) for name in NAMES})
        super().__init__(*args, **kwargs)

    def text(self) -> PlanText:
        """Return what was entered."""
        return PlanText(**{name: self.cleaned_data[name] for name in NAMES})


class PlanPublishForm(forms.Form):
    """Which lines are published with the plan."""

    answers = forms.MultipleChoiceField(
        label="Lines to publish now", required=False, widget=forms.CheckboxSelectMultiple
    )
    with_updates = forms.BooleanField(
        label="Publish all dated updates of the chosen lines, too", required=False
    )

    def __init__(self, *args: Any, ready: Sequence[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["answers"].choices = [
            (answer.ref, f"Recommendation {code_of(answer)}: {answer.get_status_display()}")
            for answer in ready
        ]


class TableForm(forms.Form):
    """A table to take in."""

    file = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.html,.htm,.json"}),
        help_text="CSV, XLSX, a saved web page (HTML), or JSON of this program. At most 5 MB.",
        error_messages={"required": "Choose the file that holds the plan."},
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > limits.FILE_BYTES:
            raise forms.ValidationError("The file is larger than 5 MB. Take out pictures.")
        return file


class MappingForm(forms.Form):
    """Which heading means which field, and which words mean which status."""

    def __init__(
        self,
        *args: Any,
        meanings: Sequence[Meaning],
        statuses: dict[str, Meant | None],
        chosen: dict[str, dict[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meanings, self.statuses = meanings, statuses
        fields: dict[str, Any] = self.fields
        for number, each in enumerate(meanings):
            fields[f"target-{number}"] = forms.ChoiceField(
                label=each.label[:80], required=False, initial=chosen["targets"].get(each.key, ""),
                choices=[("", "Not said: list its cells as not placed"), *TARGETS.items()],
                help_text=each.reason,
            )  # fmt: skip
        for number, (text, meant) in enumerate(statuses.items()):
            proposed = chosen["statuses"].get(text) or (meant.value if meant else "")
            fields[f"status-{number}"] = forms.ChoiceField(
                label=f"“{text[:120]}”", required=False, initial=proposed,
                choices=[
                    ("", "Not said: list it as not placed"),
                    (NOT_ANSWERED, STATUS_WORDS[NOT_ANSWERED]),
                    *SAYABLE,
                ],
                help_text=meant.reason if meant else "No status is known to say this. Choose.",
            )  # fmt: skip

    def targets(self) -> dict[str, str]:
        """Return the field of each heading."""
        data = self.cleaned_data
        return {m.key: data.get(f"target-{n}", "") for n, m in enumerate(self.meanings)}

    def chosen_statuses(self) -> dict[str, str]:
        """Return the status of each wording."""
        data = self.cleaned_data
        return {text: data.get(f"status-{n}", "") for n, text in enumerate(self.statuses)}
