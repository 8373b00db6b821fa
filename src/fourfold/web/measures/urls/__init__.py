"""URLs of the app: measures, and the figures computed with them."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.measures.views import figures, measures

app_name = "measures"
FIGURE = "figures/<str:computedfigure_ref>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("measures/", measures.measure_list, name="list"),
    path("measures/<slug:name>/", measures.measure, name="measure"),
    path("measures/<slug:name>/compute/", figures.compute, name="compute"),
    path(FIGURE, figures.figure, name="figure"),
    path(FIGURE + "sign/", figures.sign, name="figure_sign"),
    path(FIGURE + "publish/", figures.publish, name="figure_publish"),
]
