"""Small literal case folders and packages for tests of the whole way."""

from pathlib import Path

from fourfold.evidence import pipeline

SMS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="3">
  <sms protocol="0" address="07700900545" date="1757527953000" type="1" body="Pick up" read="1" contact_name="Jo" />
  <sms protocol="0" address="07700900545" date="1757528013000" type="2" body="Please stop contacting me." read="1" contact_name="Jo" />
  <sms protocol="0" address="07700900545" date="1757528013000" type="3" body="draft" read="1" contact_name="Jo" />
</smses>
"""

DIARY = """Entry,Date,Time (as near as you can),What happened,Where,How,Who saw or heard,Evidence kept,Written on
1,10/09/2025,about quarter past seven in the evening,Told him by text to stop.,Flat,Text,,,10/09/2025
"""

CASE = """[case]
reference = "URN/TEST/1"

[[person]]
key = "S"
role = "suspect"

[[person]]
key = "V"
role = "victim"

[[attribution]]
identifier = "tel:+447700900545"
person = "S"
strength = "accepted"

[[knowledge]]
person = "S"
at = 2025-09-10T19:13:33+01:00

[[exhibit]]
file = "exhibits/sms.xml"
ref = "DEF/1"
person = "V"

[[exhibit]]
file = "exhibits/diary.csv"
ref = "DEF/2"
person = "V"
"""


def small_case(folder: Path, **files: bytes) -> Path:
    """A case folder with a text backup, a diary, and these more files under exhibits/."""
    exhibits = folder / "exhibits"
    exhibits.mkdir(parents=True)
    (folder / "case.toml").write_text(CASE, encoding="utf-8")
    (exhibits / "sms.xml").write_text(SMS, encoding="utf-8")
    (exhibits / "diary.csv").write_text(DIARY, encoding="utf-8")
    for name, content in files.items():
        (exhibits / name).write_bytes(content)
    return folder


def packaged(case: Path, out: Path) -> Path:
    """The package of a case folder, without rendered outputs."""
    pipeline.build(case, out, pipeline.Options(render=()))
    return out
