"""Uploads, exhibits, authorities, evidence that will expire: URLs."""

from django.urls import URLPattern, URLResolver, path

from fourfold.web.exhibits.views import authorities, custody, expiry, uploads

CASE = "cases/<str:case_ref>/"
EXHIBITS = CASE + "exhibits/"
UPLOAD = EXHIBITS + "upload/<str:upload_ref>/"
EXHIBIT = EXHIBITS + "<str:exhibit_ref>/"
CLOCK = CASE + "expiry/<str:clock_ref>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(EXHIBITS, custody.exhibit_list, name="list"),
    path(EXHIBITS + "upload/", uploads.upload, name="upload"),
    path(EXHIBITS + "upload/start/", uploads.upload_start, name="upload_start"),
    path(UPLOAD + "part/", uploads.upload_part, name="upload_part"),
    path(UPLOAD + "finish/", uploads.upload_finish, name="upload_finish"),
    path(UPLOAD + "abandon/", uploads.upload_abandon, name="upload_abandon"),
    path(EXHIBIT, custody.exhibit, name="exhibit"),
    path(EXHIBIT + "change/", custody.exhibit_change, name="exhibit_change"),
    path(EXHIBIT + "move/", custody.exhibit_move, name="exhibit_move"),
    path(EXHIBIT + "download/", custody.exhibit_download, name="exhibit_download"),
    path(CASE + "authorities/", authorities.authority_list, name="authorities"),
    path(CASE + "authorities/new/", authorities.authority_new, name="authority_new"),
    path(CASE + "authorities/<str:authority_ref>/", authorities.authority, name="authority"),
    path(CASE + "expiry/", expiry.clocks, name="expiry"),
    path(CASE + "expiry/new/", expiry.clock_new, name="clock_new"),
    path(CLOCK + "ask/", expiry.clock_ask, name="clock_ask"),
    path(CLOCK + "receive/", expiry.clock_receive, name="clock_receive"),
    path(CLOCK + "waive/", expiry.clock_waive, name="clock_waive"),
    path("expiring/", expiry.expiring, name="expiring"),
    path("expiring.csv", expiry.expiring_csv, name="expiring_csv"),
]
