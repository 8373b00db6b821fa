"""`fourfold publish`: where it writes, what it refuses, what the ledger keeps; the public host."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings

from fourfold.web.accountability.models import LedgerEntry
from fourfold.web.config.commands import main
from fourfold.web.publication.actions.site import write_site
from fourfold.web.publication.site.writing import SiteError

PUBLIC = "fourfold.web.config.public_urls"
pytestmark = pytest.mark.django_db


def test_the_command_writes_a_site_and_the_ledger_keeps_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "site"
    assert main(["publish", str(out), "--address", "https://record.example.org"]) == 0
    assert "pages" in capsys.readouterr().out
    entry = LedgerEntry.objects.get(act="site.publish")
    assert entry.channel == "command"
    assert set(entry.detail) == {"pages", "files", "manifest_sha256"}
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = [x.text or "" for x in ElementTree.parse(out / "sitemap.xml").iter(f"{space}loc")]
    assert "https://record.example.org/help-now.html" in places
    assert not [p for p in tmp_path.iterdir() if p.name != "site"]


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    assert main(["publish", str(tmp_path / "site"), "--address", "javascript:x"]) == 2
    assert not (tmp_path / "site").exists()


def test_an_empty_record_makes_a_site_that_says_so(tmp_path: Path) -> None:
    write_site(out=tmp_path / "site")
    assert "Nothing is published yet" in (tmp_path / "site/index.html").read_text()
    assert "No service is listed here yet" in (tmp_path / "site/help-now.html").read_text()


def test_an_earlier_site_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out=out, address="https://record.example.org/")
    assert (out / "sitemap.xml").exists()
    write_site(out=out)
    assert not (out / "sitemap.xml").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["diary.txt", "manifest.json"])
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).write_text("{}")
    with pytest.raises(SiteError, match="not a site of ours"):
        write_site(out=tmp_path / "site")
    assert (tmp_path / "site" / name).read_text() == "{}"
    assert not LedgerEntry.objects.filter(act="site.publish").exists()


def test_a_file_that_somebody_added_is_not_lost(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out=out)
    (out / "mine.txt").write_text("mine")
    with pytest.raises(SiteError, match=r"mine\.txt"):
        write_site(out=out)
    assert (out / "mine.txt").exists()


def test_a_site_that_fails_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write_site(out=out)
    before = json.loads((out / "manifest.json").read_text())

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("fourfold.web.publication.site.writing.render", fail)
    with pytest.raises(OSError, match="disk full"):
        write_site(out=out)
    assert json.loads((out / "manifest.json").read_text()) == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    "path", ["nothing.html", "super-complaints/SC-NONE.html", "files/plan/x/y.csv", "data/x.json",
             "matrix/SC-NONE/only/kind-x.html", "../secret_key", "assets/none.css"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(path: str) -> None:
    answer = Client().get(f"/public/{path}")
    assert answer.status_code == 404
    assert "stands at this address" in answer.content.decode() or path.startswith("..")


def test_the_bare_address_leads_to_the_front_page() -> None:
    assert Client().get("/public/").headers["Location"] == "/public/index.html"


def test_the_public_host_serves_the_public_pages_and_nothing_else() -> None:
    hosts = {"record.example.org": PUBLIC}
    with override_settings(HOST_URLCONFS=hosts, ALLOWED_HOSTS=["record.example.org"]):
        client = Client(SERVER_NAME="record.example.org")
        answer = client.get("/help-now.html")
        assert answer.status_code == 200
        assert answer.headers["X-Robots-Tag"] == "all"
        assert not answer.cookies
        assert client.get("/users/").status_code == 404
        assert client.get("/services/").status_code == 404
