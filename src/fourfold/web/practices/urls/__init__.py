"""URLs of the app, by topic."""

from django.urls import path

from fourfold.web.practices.views import adoptions, entries

app_name = "practices"
BANK = "practice-bank/"
ENTRY = BANK + "<str:practice_ref>/"
ADOPTION = BANK + "adoptions/<str:adoption_ref>/"
urlpatterns = [
    path(BANK, entries.practice_list, name="list"),
    path(BANK + "new/", entries.practice_new, name="new"),
    path(ADOPTION, adoptions.adoption, name="adoption"),
    path(ADOPTION + "publish/", adoptions.adoption_publish, name="adoption_publish"),
    path(ADOPTION + "withdraw/", adoptions.adoption_withdraw, name="adoption_withdraw"),
    path(ENTRY, entries.practice, name="practice"),
    path(ENTRY + "change/", entries.practice_change, name="change"),
    path(ENTRY + "publish/", entries.practice_publish, name="publish"),
    path(ENTRY + "withdraw/", entries.practice_withdraw, name="withdraw"),
    path(ENTRY + "adoption/", adoptions.adoption_record, name="adoption_record"),
]
