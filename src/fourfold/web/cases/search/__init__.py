"""Search: the words of records, kept by the actions that write, and found in both databases."""

from fourfold.web.cases.search.documents import (
    keep,
    keep_act,
    keep_acts,
    keep_crime,
    keep_person,
    keep_report,
    rebuild,
)

__all__ = ["keep", "keep_act", "keep_acts", "keep_crime", "keep_person", "keep_report", "rebuild"]
