"""URLs of the host that serves users' files, and nothing else: no session, no forms."""

from django.urls import include, path

from fourfold.web.base import views

urlpatterns = [
    path("healthz", views.healthz),
    path("", include("fourfold.web.exhibits.files_urls")),
]

handler404 = "fourfold.web.base.error_pages.plain_not_found"
