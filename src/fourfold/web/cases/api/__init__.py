"""The interface of cases for programs, by topic."""

from ninja import Router

from fourfold.web.cases.api import acts, reports, room

router = Router(tags=["cases"])
router.add_router("", room.router)
router.add_router("", reports.router)
router.add_router("", acts.router)
