"""Action plans, tables they are taken in from, progress reports: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.recommendations.views import imports, plans, progress

PLAN = "plans/<str:plan_ref>/"
IMPORT = PLAN + "import/<str:planimport_ref>/"
REPORTS = "super-complaints/<str:supercomplaint_ref>/progress-reports/"
REPORT = REPORTS + "<str:progressreport_ref>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", plans.plan_list, name="plans"),
    path(
        "super-complaints/<str:supercomplaint_ref>/plan/start/", plans.plan_start, name="plan_start"
    ),
    path(PLAN, plans.plan, name="plan"),
    path(PLAN + "change/", plans.plan_change, name="plan_change"),
    path(PLAN + "publish/", plans.plan_publish, name="plan_publish"),
    path(PLAN + "export/", plans.plan_export, name="plan_export"),
    path(PLAN + "export/<str:format>/", plans.plan_file, name="plan_file"),
    path(PLAN + "import/", imports.import_new, name="plan_import"),
    path(IMPORT, imports.plan_import, name="import"),
    path(IMPORT + "take-over/", imports.import_take_over, name="import_take_over"),
    path(IMPORT + "abandon/", imports.import_abandon, name="import_abandon"),
    path(REPORTS, progress.progress_reports, name="progress_reports"),
    path(REPORTS + "new/", progress.progress_report_new, name="progress_report_new"),
    path(REPORT, progress.progress_report, name="progress_report"),
    path(REPORT + "write/", progress.progress_report_write, name="progress_report_write"),
    path(REPORT + "publish/", progress.progress_report_publish, name="progress_report_publish"),
    path(REPORT + "files/<str:name>/", progress.progress_report_file, name="progress_report_file"),
]
