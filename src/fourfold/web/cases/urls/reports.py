"""Reports, matching, search: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.cases.views import matching, reports, search

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/", reports.report_new, name="report_new"),
    path("reports/<str:report_ref>/", reports.report_open, name="report"),
    path("reports/<str:report_ref>/change/", reports.report_change, name="report_change"),
    path("reports/<str:report_ref>/match/", matching.report_match, name="report_match"),
    path("reports/<str:report_ref>/join/", matching.report_join, name="report_join"),
    path(
        "reports/<str:report_ref>/open-case/",
        matching.report_open_case,
        name="report_open_case",
    ),
    path("cases/<str:case_ref>/reports/", reports.case_reports, name="case_reports"),
    path("search/", search.search, name="search"),
]
