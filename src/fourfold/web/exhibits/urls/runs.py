"""URLs of runs, findings, proposals and facts taken over."""

from django.urls import include, path

from fourfold.web.exhibits import files_urls
from fourfold.web.exhibits.views import facts, files, findings, proposals, runs

_run = [
    path("", runs.run, name="run"),
    path("live/", runs.live, name="run_live"),
    path("cancel/", runs.cancel, name="run_cancel"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<str:code>/", findings.finding, name="finding"),
    path("trace/<str:code>/", findings.trace, name="trace"),
    path("workbook/", files.workbook, name="workbook"),
    path("download/<str:file>/", files.package_file, name="package_file"),
]

urlpatterns = [
    path("cases/<str:case_ref>/runs/", runs.runs, name="runs"),
    path("cases/<str:case_ref>/runs/start/", runs.start, name="run_start"),
    path("cases/<str:case_ref>/runs/<str:run_ref>/", include(_run)),
    path("cases/<str:case_ref>/proposals/", proposals.proposals, name="proposals"),
    path("cases/<str:case_ref>/proposals/decide/", proposals.decide, name="proposals_decide"),
    path("cases/<str:case_ref>/facts/<str:exhibit_ref>/", facts.facts, name="facts"),
    # Where files and staff share one host name, the sandbox alone keeps them apart.
    *files_urls.urlpatterns,
]
