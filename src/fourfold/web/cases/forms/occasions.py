"""Which occasions a list shows."""

from django import forms

from fourfold.web.cases.models import Occasion


class StateForm(forms.Form):
    """One state, or those that are open."""

    state = forms.ChoiceField(choices=Occasion.State.choices, required=False)

    def states(self) -> tuple[str, ...]:
        """Return the state asked for, if it is one."""
        state = self.cleaned_data.get("state", "") if self.is_valid() else ""
        return (state,) if state else ()
