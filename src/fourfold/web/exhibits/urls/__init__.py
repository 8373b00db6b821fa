"""URLs of the app, by topic."""

from fourfold.web.exhibits.urls import custody, runs

app_name = "exhibits"
urlpatterns = [*custody.urlpatterns, *runs.urlpatterns]
