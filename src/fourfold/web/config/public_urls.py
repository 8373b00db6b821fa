"""URLs of the host that serves the public site, and nothing else."""

from django.urls import include, path

from fourfold.web.base import views
from fourfold.web.publication.urls import site

urlpatterns = [
    path("healthz", views.healthz),
    path("", include((site.urlpatterns, "publication"))),
]

handler404 = "fourfold.web.base.error_pages.plain_not_found"
