"""URLs of the demonstration."""

from django.urls import path

from fourfold.web.demonstration import views

app_name = "demonstration"
urlpatterns = [
    path("", views.roles, name="roles"),
    path("sign-in/<str:token>/", views.sign_in, name="sign_in"),
    path("as/<str:user_ref>/", views.switch, name="switch"),
]
