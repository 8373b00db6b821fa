"""One's own action plans for programs: which there are, and each whole, as the schema says."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from fourfold.web.recommendations.models import Plan
from fourfold.web.recommendations.rules import plan_json, plan_schema
from fourfold.web.recommendations.selectors import plans as selectors
from fourfold.web.recommendations.selectors.plans import plan_by_ref
from fourfold.web.users import policy
from fourfold.web.users.api import Pages, asked, opened

router = Router(tags=["plans"])


class PlanOut(Schema):
    """An action plan of one's own organisation."""

    ref: str
    title: str
    supercomplaint: str
    published_at: datetime | None

    @staticmethod
    def resolve_supercomplaint(plan: Plan) -> str:
        """Return the reference of the super-complaint."""
        return plan.supercomplaint.ref


@router.get("/plans", response=list[PlanOut], summary="Own action plans")
@paginate(Pages)
def plan_list(request: HttpRequest) -> QuerySet[Plan]:
    """List the action plans of one's own organisation."""
    actor = asked(request, "plan.open")
    found = policy.permitted(actor, "plan.open", Plan.objects.all())
    return found.select_related("supercomplaint").order_by("id")


@router.get("/plans/schema", response=dict[str, Any], summary="The schema of plans")
def plan_schema_of(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON schema that plans follow."""
    asked(request, "plan.open")
    return plan_json.schema()


@router.get("/plans/{plan_ref}", response=dict[str, Any], summary="A whole plan")
def plan_export(request: HttpRequest, plan_ref: str) -> dict[str, Any]:
    """Return a whole plan of one's own, drafts and all: not for publication."""
    plan = opened(request, "plan.export", plan_by_ref, plan_ref=plan_ref)
    return plan_schema.plain(selectors.working(plan))
