"""What is kept of evidence: uploads, exhibits, continuity, authorities, clocks, runs, proposals."""

from fourfold.web.exhibits.models.custody import Authority, Continuity, Exhibit, ExpiryClock
from fourfold.web.exhibits.models.runs import CaseFileTaken, EngineRun, Proposal, RunProgress
from fourfold.web.exhibits.models.uploads import Upload

__all__ = [
    "Authority", "CaseFileTaken", "Continuity", "EngineRun", "Exhibit", "ExpiryClock", "Proposal",
    "RunProgress", "Upload",
]  # fmt: skip
