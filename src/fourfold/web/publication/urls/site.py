"""URLs of the public site: some by name, and every other page by its address."""

from django.urls import path

from fourfold.web.publication.views import site as views

urlpatterns = [
    path("", views.front, name="home"),
    path("help-now.html", views.page, {"page": "help-now.html"}, name="help"),
    path("super-complaints/<supercomplaint_ref>.html", views.complaint, name="complaint"),
    path("matrix/<supercomplaint_ref>.html", views.matrix, name="matrix"),
    path("measures/<name>.html", views.measure, name="measure"),
    path("practices/<practice_ref>.html", views.practice, name="practice"),
    path("<path:page>", views.page, name="page"),
]
