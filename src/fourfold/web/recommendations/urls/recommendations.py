"""Recommendations, the matrix, who owes what, letters: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.recommendations.views import letters, matrix, owed, recommendations

COMPLAINT = "super-complaints/<str:supercomplaint_ref>/"
LIST = COMPLAINT + "recommendations/"
ONE = LIST + "<str:recommendation_ref>/"
OWED = COMPLAINT + "owed/"
LETTER = COMPLAINT + "letters/<str:organisation_ref>/<str:kind>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(LIST, recommendations.recommendation_list, name="list"),
    path(LIST + "new/", recommendations.recommendation_new, name="recommendation_new"),
    path(LIST + "issue/", recommendations.issue, name="issue"),
    path(ONE, recommendations.recommendation, name="recommendation"),
    path(ONE + "change/", recommendations.recommendation_change, name="recommendation_change"),
    path(ONE + "parts/", recommendations.part_new, name="part_new"),
    path(ONE + "parts/<str:part_ref>/remove/", recommendations.part_remove, name="part_remove"),
    path("matrices/", matrix.matrices, name="matrices"),
    path(COMPLAINT + "matrix/", matrix.matrix, name="matrix"),
    path(COMPLAINT + "matrix.csv", matrix.matrix_csv, name="matrix_csv"),
    path(COMPLAINT + "matrix/published/", matrix.matrix_published, name="matrix_published"),
    path(OWED, owed.owed, name="owed"),
    path(OWED + "<str:organisation_ref>/remind/", owed.remind, name="remind"),
    path(LETTER, letters.letter, name="letter"),
    path(LETTER + "text/", letters.letter_text, name="letter_text"),
    path(LETTER + "pdf/", letters.letter_pdf, name="letter_pdf"),
]
