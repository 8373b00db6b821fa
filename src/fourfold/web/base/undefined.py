"""An undefined that is not silent, yet lets the borrowed macros leave options out."""

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Undefined
from jinja2.utils import missing

LEFT_OUT = (None, "undefined", "null")  # what borrowed macros call an option that is not given


class LoudUndefined(Undefined):
    """Refuse an unknown name or attribute; stay silent for a key that a mapping does not hold."""

    __slots__ = ()

    def _must_be_option(self) -> None:
        no_name = self._undefined_obj is missing and self._undefined_name in LEFT_OUT
        if not (no_name or isinstance(self._undefined_obj, Mapping)):
            self._fail_with_undefined_error()

    def __str__(self) -> str:
        self._must_be_option()
        return super().__str__()

    def __bool__(self) -> bool:
        self._must_be_option()
        return super().__bool__()

    def __iter__(self) -> Iterator[Any]:
        self._must_be_option()
        return super().__iter__()

    def __len__(self) -> int:
        self._must_be_option()
        return super().__len__()

    def __eq__(self, other: object) -> bool:
        self._must_be_option()
        return isinstance(other, Undefined)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return super().__hash__()
