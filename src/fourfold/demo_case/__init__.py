"""A wholly fictional case folder in every source format, with planted truth; standard library."""

from fourfold.demo_case.folder import write_case

__all__ = ["write_case"]
