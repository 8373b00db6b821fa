"""The list, a complaint, its parts, documents and submission: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.supercomplaints.views import (
    complaints,
    documents,
    features,
    records,
    submission,
)

LIST = "super-complaints/"
ONE = LIST + "<str:supercomplaint_ref>/"
FEATURE = ONE + "features/<str:feature_ref>/"
HARM = ONE + "harms/<str:harm_ref>/"
FACT = ONE + "facts/<str:fact_ref>/"
DOCUMENT = ONE + "documents/<str:document_ref>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(LIST, complaints.complaint_list, name="list"),
    path(LIST + "new/", complaints.complaint_new, name="new"),
    path(LIST + "record/", records.record, name="record"),
    path(ONE, complaints.complaint, name="complaint"),
    path(ONE + "change/", complaints.complaint_change, name="change"),
    path(ONE + "share/", complaints.complaint_share, name="share"),
    path(ONE + "talks/new/", complaints.talk_new, name="talk_new"),
    path(ONE + "record/", records.record_change, name="record_change"),
    path(ONE + "record/step/", records.record_step, name="record_step"),
    path(ONE + "publish/", records.publish, name="publish"),
    path(DOCUMENT + "public/", records.document_public, name="document_public"),
    path(
        ONE + "progress/<str:progressletter_ref>/public/",
        records.letter_public,
        name="letter_public",
    ),
    path(ONE + "submit/", submission.submit, name="submit"),
    path(ONE + "receipt/", submission.receipt, name="receipt"),
    path(ONE + "receipt/<str:file_format>/", submission.receipt_file, name="receipt_file"),
    path(ONE + "features/", features.feature_list, name="features"),
    path(ONE + "features/new/", features.feature_new, name="feature_new"),
    path(FEATURE + "change/", features.feature_change, name="feature_change"),
    path(FEATURE + "remove/", features.feature_remove, name="feature_remove"),
    path(FEATURE + "harms/new/", features.harm_new, name="harm_new"),
    path(FEATURE + "facts/new/", features.fact_new, name="fact_new"),
    path(HARM + "change/", features.harm_change, name="harm_change"),
    path(HARM + "remove/", features.harm_remove, name="harm_remove"),
    path(FACT + "change/", features.fact_change, name="fact_change"),
    path(FACT + "remove/", features.fact_remove, name="fact_remove"),
    path(ONE + "documents/", documents.document_list, name="documents"),
    path(ONE + "documents/give/", documents.document_give, name="document_give"),
    path(ONE + "documents/add/", documents.document_add, name="document_add"),
    path(DOCUMENT, documents.document, name="document"),
    path(DOCUMENT + "move/", documents.document_move, name="document_move"),
    path(DOCUMENT + "download/", documents.document_download, name="document_download"),
]
