"""What the host of files answers: one path, and a signed link to it."""

from django.urls import path

from fourfold.web.exhibits.views import files

urlpatterns = [path("files/<str:token>/<str:name>", files.serve, name="package_bytes")]
