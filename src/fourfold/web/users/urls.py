"""URLs of people and roles, and of one's own account."""

from django.urls import path

from fourfold.web.users import views

app_name = "users"
urlpatterns = [
    path("", views.people, name="list"),
    path("new/", views.invite, name="invite"),
    path("teams/new/", views.add_team, name="add_team"),
    path("me/", views.me, name="me"),
    path("me/interests/", views.declare, name="declare"),
    path("me/interests/<str:interest_ref>/remove/", views.withdraw, name="withdraw"),
    path("me/passkeys/<int:passkey_id>/remove/", views.remove_passkey, name="remove_passkey"),
    path("me/sessions/<int:session_id>/end/", views.end_session, name="end_session"),
    path("me/keys/new/", views.make_api_token, name="make_api_token"),
    path("me/keys/<str:token_ref>/end/", views.end_api_token, name="end_api_token"),
    path("<str:user_ref>/", views.person, name="person"),
    path("<str:user_ref>/change/", views.change, name="change"),
    path("<str:user_ref>/close/", views.close, name="close"),
    path("<str:user_ref>/invite/", views.invite_again, name="invite_again"),
]
