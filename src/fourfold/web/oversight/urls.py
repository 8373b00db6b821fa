"""URLs of the app."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.oversight.views import cases, ledger, signals

app_name = "oversight"
urlpatterns: list[URLPattern | URLResolver] = [
    path("signals/", signals.signals, name="signals"),
    path("signals/<slug:rule>/", signals.signal_of_nobody, name="signal_of_nobody"),
    path("signals/<slug:rule>/<str:user_ref>/", signals.signal, name="signal"),
    path("exceptions/", cases.exceptions, name="exceptions"),
    path("ledger/", ledger.entries, name="ledger"),
    path("ledger/table/", ledger.table, name="ledger_table"),
    path("ledger/head/", ledger.head, name="ledger_head"),
    path("ledger/check/", ledger.check, name="ledger_check"),
    path("cases/<str:case_ref>/", cases.case_looks, name="case_looks"),
]
