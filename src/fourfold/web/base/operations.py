"""Operations of migrations, where Django's own cost more than they must.

Django renders every related model anew whenever one changes in the state of migrations. All our
models are related, so first migrations of many models take time that grows with their square. A
model that is new changes no other, nor does an index or a constraint.
"""

from typing import Any

from django.db import migrations
from django.db.migrations.state import ProjectState, StateApps


def without_rendering(state: ProjectState, change: Any, app_label: str) -> StateApps | None:
    """Change the state and leave the rendered models as they are; return them, if there are any."""
    apps: StateApps | None = state.__dict__.pop("apps", None)
    change(app_label, state)
    if apps is not None:
        state.__dict__["apps"] = apps
    return apps


class CreateModel(migrations.CreateModel):
    """Create a model; render only the model that is new."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the model to the state."""
        apps = without_rendering(state, super().state_forwards, app_label)
        if apps is not None:
            apps.render_multiple([state.models[app_label, self.name_lower]])


class AddIndex(migrations.AddIndex):
    """Add an index; render no model anew."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the index to the model's options."""
        apps = without_rendering(state, super().state_forwards, app_label)
        if apps is not None:
            options = apps.get_model(app_label, self.model_name)._meta
            options.indexes = [*options.indexes, self.index]


class AddConstraint(migrations.AddConstraint):
    """Add a constraint; render no model anew."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the constraint to the model's options."""
        apps = without_rendering(state, super().state_forwards, app_label)
        if apps is not None:
            options = apps.get_model(app_label, self.model_name)._meta
            options.constraints = [*options.constraints, self.constraint]
