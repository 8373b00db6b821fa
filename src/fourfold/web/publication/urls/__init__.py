"""URLs of the app, by topic."""

from django.urls import URLPattern, URLResolver, include, path

from fourfold.web.publication.urls import services, site

app_name = "publication"
urlpatterns: list[URLPattern | URLResolver] = [
    path("public/", include(site.urlpatterns)),
    path("services/", include(services.urlpatterns)),
]
