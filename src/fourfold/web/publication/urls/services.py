"""URLs of the directory of support services, for those who keep it."""

from django.urls import path

from fourfold.web.publication.views import services as views

urlpatterns = [
    path("", views.service_list, name="services"),
    path("new/", views.service_new, name="service_new"),
    path("publish/", views.services_publish, name="services_publish"),
    path("<supportservice_ref>/", views.service, name="service"),
]
