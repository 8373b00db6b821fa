"""The case itself: list, summary, people, crimes, who may see it: URLs."""

from django.urls import URLPattern, URLResolver, include, path

from fourfold.web.cases.views import crimes, need_to_know, notices, people, room

in_case: list[URLPattern | URLResolver] = [
    path("", room.case_summary, name="case"),
    path("change/", room.case_change, name="case_change"),
    path("close/", room.case_close, name="case_close"),
    path("reopen/", room.case_reopen, name="case_reopen"),
    path("people/", people.people_page, name="people"),
    path("people/contact/", people.contact, name="contact"),
    path("people/versions/", people.people_versions, name="people_versions"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<str:person_ref>/change/", people.person_change, name="person_change"),
    path("identifiers/new/", people.identifier_new, name="identifier_new"),
    path(
        "identifiers/<str:identifier_ref>/change/",
        people.identifier_change,
        name="identifier_change",
    ),
    path(
        "identifiers/<str:identifier_ref>/attribute/",
        people.attribution_new,
        name="attribution_new",
    ),
    path(
        "attributions/<str:attribution_ref>/change/",
        people.attribution_change,
        name="attribution_change",
    ),
    path("places/new/", people.place_new, name="place_new"),
    path("places/<str:place_ref>/change/", people.place_change, name="place_change"),
    path("crimes/", crimes.crimes_page, name="crimes"),
    path("crimes/new/", crimes.crime_new, name="crime_new"),
    path("crimes/course/", crimes.course_decision, name="course_decision"),
    path("crimes/<str:crime_ref>/change/", crimes.crime_change, name="crime_change"),
    path("crimes/<str:crime_ref>/include/", crimes.offence_include, name="offence_include"),
    path(
        "crimes/<str:crime_ref>/included/<slug:offence_code>/remove/",
        crimes.offence_remove,
        name="offence_remove",
    ),
    path("access/", need_to_know.access_page, name="access"),
    path("access/assign/", need_to_know.assign, name="assign"),
    path("access/assigned/<str:user_ref>/end/", need_to_know.end_assignment, name="end_assignment"),
    path("access/seal/", need_to_know.seal, name="seal"),
    path(
        "access/matches/<str:interest_ref>/clear/",
        need_to_know.clear_conflict,
        name="clear_conflict",
    ),
    path("break-glass/", need_to_know.break_glass, name="break_glass"),
    path(
        "break-glass/<str:glass_ref>/",
        need_to_know.break_glass_review,
        name="break_glass_review",
    ),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/", room.case_list, name="list"),
    path("cases/<str:case_ref>/", include(in_case)),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.close_notices, name="close_notices"),
]
