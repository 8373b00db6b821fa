"""URLs of the host kept for the victim's app: it answers that it lives, nothing more yet."""

from django.urls import path

from fourfold.web.base import views

urlpatterns = [path("healthz", views.healthz)]

handler404 = "fourfold.web.base.error_pages.plain_not_found"
