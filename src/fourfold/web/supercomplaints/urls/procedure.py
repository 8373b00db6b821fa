"""The procedure and eligibility of a super-complaint: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.supercomplaints.urls.complaints import ONE
from fourfold.web.supercomplaints.views import eligibility, procedure

urlpatterns: list[URLPattern | URLResolver] = [
    path(ONE + "procedure/", procedure.procedure_page, name="procedure"),
    path(ONE + "procedure/step/", procedure.move_on, name="move_on"),
    path(ONE + "acknowledge/", procedure.acknowledge, name="acknowledge"),
    path(ONE + "eligibility/", eligibility.eligibility, name="eligibility"),
    path(ONE + "eligibility/view/", eligibility.view_record, name="view_record"),
    path(ONE + "eligibility/decide/", eligibility.decide, name="decide"),
]
