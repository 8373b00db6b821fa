"""Sign-in and its kin; names that the sign-in library looks for keep its spelling."""

from django.urls import path

from fourfold.web.users import account_views

urlpatterns = [
    path("sign-in/", account_views.sign_in, name="account_login"),
    path("sign-out/", account_views.sign_out, name="account_logout"),
    path("enrol/<str:token>/", account_views.enrol, name="enrol"),
    path("passkeys/add/", account_views.add_passkey, name="add_passkey"),
    path("confirm/", account_views.confirm, name="step_up"),
]
