"""Models that others build on: records known by a reference, and records written once."""

from typing import Any, ClassVar, Self

from django.db import models

from fourfold.web.base.references import new_reference

REFERENCE_LENGTH = 16


class WrittenOnceError(Exception):
    """A record that is written once was changed or deleted."""


class Referenced(models.Model):
    """A record known outside by its reference, never by its key."""

    PREFIX: ClassVar[str]

    ref = models.CharField(max_length=REFERENCE_LENGTH, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.ref:
            self.ref = new_reference(self.PREFIX)

    def __str__(self) -> str:
        return self.ref


class WrittenOnce(models.Model):
    """A record that is never changed or deleted by the program."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new record; refuse to change one that stands."""
        if not self._state.adding:
            raise WrittenOnceError(f"{type(self).__name__} is written once")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refuse."""
        raise WrittenOnceError(f"{type(self).__name__} is never deleted")


class Instance(models.Model):
    """The one row about this database: whether it is a demonstration."""

    is_demonstration = models.BooleanField(default=False)
    name = models.CharField(max_length=100, default="Fourfold")
    prepared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="instance_is_one_row")
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self:
        """Return the row, or an ordinary (not a demonstration) instance where none stands."""
        return cls.objects.filter(pk=1).first() or cls(id=1)
