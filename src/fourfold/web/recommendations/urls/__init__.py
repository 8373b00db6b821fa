"""URLs of the app, by topic."""

from django.urls import URLPattern, URLResolver

from fourfold.web.recommendations.urls import answers, plans, recommendations

app_name = "recommendations"
urlpatterns: list[URLPattern | URLResolver] = [
    *recommendations.urlpatterns,
    *answers.urlpatterns,
    *plans.urlpatterns,
]
