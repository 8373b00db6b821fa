"""The staff site's URLs: one line per app."""

from django.urls import include, path

from fourfold.web.base import views as base_views
from fourfold.web.config import views
from fourfold.web.config.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", base_views.healthz, name="healthz"),
    path("readyz", base_views.readyz, name="readyz"),
    path("api/", api.urls),
    path("account/", include("fourfold.web.users.account_urls")),
    path("users/", include("fourfold.web.users.urls")),
    path("demonstration/", include("fourfold.web.demonstration.urls")),
    path("oversight/", include("fourfold.web.oversight.urls")),
    path("", include("fourfold.web.recommendations.urls")),
    path("", include("fourfold.web.surveys.urls")),
    path("", include("fourfold.web.measures.urls")),
    path("", include("fourfold.web.practices.urls")),
    path("", include("fourfold.web.supercomplaints.urls")),
    path("", include("fourfold.web.publication.urls")),
    path("", include("fourfold.web.cases.urls")),
    path("", include("fourfold.web.exhibits.urls")),
]

handler400 = "fourfold.web.base.error_pages.bad_request"
handler403 = "fourfold.web.config.views.refused"
handler404 = "fourfold.web.base.error_pages.not_found"
handler500 = "fourfold.web.base.error_pages.broken"
