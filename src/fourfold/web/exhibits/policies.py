"""Everything of evidence belongs to a case: the case's policy decides."""

from fourfold.web.cases.policies import OfCase
from fourfold.web.exhibits import models
from fourfold.web.users import policy

for model in (
    models.Upload,
    models.Exhibit,
    models.Authority,
    models.ExpiryClock,
    models.EngineRun,
    models.Proposal,
):
    policy.register(model, OfCase())
