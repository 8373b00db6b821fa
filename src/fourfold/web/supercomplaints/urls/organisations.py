"""The register of organisations and designations: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.supercomplaints.views import organisations

ORGANISATION = "organisations/<str:organisation_ref>/"
DESIGNATION = "designations/<str:designation_ref>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("organisations/load/", organisations.register_load, name="register_load"),
    path(ORGANISATION, organisations.organisation_change, name="organisation_change"),
    path("designations/", organisations.designation_list, name="designations"),
    path("designations/new/", organisations.designation_new, name="designation_new"),
    path("designations/publish/", organisations.designations_publish, name="designations_publish"),
    path(DESIGNATION, organisations.designation_change, name="designation_change"),
    path(DESIGNATION + "revoke/", organisations.designation_revoke, name="designation_revoke"),
]
