"""What a case is made of."""

from fourfold.web.cases.models.acts import Act, ActSource, KnowledgeEvent, Occasion
from fourfold.web.cases.models.case import Case
from fourfold.web.cases.models.crimes import IncludedOffence, Offence, RecordedCrime
from fourfold.web.cases.models.need_to_know import (
    Assignment,
    BreakGlass,
    ConflictClearance,
    Notice,
)
from fourfold.web.cases.models.people import Attribution, Identifier, Person, Place
from fourfold.web.cases.models.reports import Joining, Report, ReportIdentifier
from fourfold.web.cases.models.search import SearchDocument

__all__ = [
    "Act", "ActSource", "Assignment", "Attribution", "BreakGlass", "Case", "ConflictClearance",
    "Identifier", "IncludedOffence", "Joining", "KnowledgeEvent", "Notice", "Occasion", "Offence",
    "Person", "Place", "RecordedCrime", "Report", "ReportIdentifier",
    "SearchDocument",
]  # fmt: skip
