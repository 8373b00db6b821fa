"""case.toml of the invented case."""

from collections.abc import Iterator
from typing import Any

from fourfold.demo_case.chats import FAKE_ACCOUNT, FAKE_NAME, TELEGRAM_ID
from fourfold.demo_case.ledger import Exhibit
from fourfold.demo_case.world import (
    F1,
    IMEI_A,
    IMEI_B,
    IMEI_V,
    NAMES,
    PHONE_TAG,
    PLACES,
    PLATE,
    S1,
    S2,
    SOLICITOR,
    TABLET_TAG,
    V1,
    latlon,
)

_ROLES = {"S": "suspect", "V": "victim", "F": "third_party", "L": "third_party"}
_LABELS = {
    "v_home": ("Address of V until the move", "V"), "v_work": ("Workplace of V", "V"),
    "s_home": ("Address of S", "S"), "s_work": ("Workplace of S", "S"),
    "shop": ("Supermarket", ""), "v_new": ("Present address of V", "V"),
}  # fmt: skip
_ATTRIBUTIONS = (
    (f"tel:+{S1}", "S", "accepted", "Subscriber record; number given in interview", ""),
    (f"tel:+{V1}", "V", "accepted", "Statement of V", ""),
    (
        f"tel:+{S2}",
        "S",
        "assumed",
        "Used in the handset of his known number",
        "2026-08-28T18:20:00+01:00",
    ),
    (f"tel:+{F1}", "F", "accepted", "Statement of F", ""),
    (f"tel:+{SOLICITOR}", "L", "accepted", "Letterhead", ""),
    (f"imei:{IMEI_A}", "S", "accepted", "Seized from him", ""),
    (f"imei:{IMEI_B}", "S", "disputed", "Found in his car, denied", "2026-09-13T12:00:00+01:00"),
    (f"imei:{IMEI_V}", "V", "accepted", "Statement of V", ""),
    (f"vrm:{PLATE.replace(' ', '')}", "S", "accepted", "Registered keeper", ""),
    (f"device:GHI/1:{PHONE_TAG}", "S", "accepted", "The tag of his seized handset", ""),
    (f"device:GHI/1:{TABLET_TAG}", "F", "disputed", "A tablet said to be shared", ""),
    (f"telegram:user{TELEGRAM_ID}", "S", "disputed", "Denied in interview", ""),
    (f"instagram:{FAKE_ACCOUNT}", "S", "assumed", "Style of writing only", ""),
    (f"name:DEF/5:{FAKE_NAME}", "S", "assumed", "Display name of that account", ""),
    ("name:DEF/5:Tamsin Oakhollow", "V", "accepted", "Her profile", ""),
    ("name:DEF/3:Corwin \U0001f6ab", "S", "accepted", "Name shown in that export", ""),
    ("name:DEF/3:Tamsin Oakhollow", "V", "accepted", "Name shown in that export", ""),
    ("name:GHI/2:Corwin Haddlesey", "S", "accepted", "Name shown in that export", ""),
    ("name:GHI/2:Tamsin", "V", "accepted", "Name shown in that export", ""),
)
_FIXED = """
[[knowledge]]
person = "S"
at = 2026-07-10T19:12:33+01:00
by = "V"
how = "text message"
words = "Please stop contacting me."

[[knowledge]]
person = "S"
at = 2026-08-03T11:15:00+01:00
by = "PC 4471, by telephone"
how = "police warning"

[[order]]
key = "O1"
kind = "interim_spo"
court = "Invented Magistrates' Court"
defendant = "S"
protected = ["V"]
made_at = 2026-09-29T10:30:00+01:00
served_at = 2026-10-02T15:40:00+01:00
until = 2027-09-29T00:00:00+01:00
service = "in person, by PC 4471"

  [[order.term]]
  key = "T1"
  kind = "no_contact_direct"
  text = "Not to contact or try to contact V directly by any means."

  [[order.term]]
  key = "T2"
  kind = "no_contact_indirect"
  text = "Not to contact or try to contact V through any other person."
    [[order.term.exception]]
    text = "through a solicitor"
    person = "L"

  [[order.term]]
  key = "T3"
  kind = "exclusion_area"
  text = "Not to enter the area on the map."
  shape = "circle"
  lat = {lat:.6f}
  lon = {lon:.6f}
  radius_m = 300

  [[order.term]]
  key = "T4"
  kind = "distance"
  text = "Not to come within 100 metres of V."
  distance_m = 100

  [[order.term]]
  key = "T5"
  kind = "no_new_device"
  text = "Not to have or use a phone or SIM not notified to the police within 24 hours."
  notified = ["tel:+{s1}", "imei:{imei_a}"]

[[authority]]
kind = "communications_data"
ref = "CD/DEMO/S1"
from = 2026-07-01T00:00:00+01:00
to = 2026-10-30T00:00:00+00:00
scope = ["tel:+{s1}"]

[[authority]]
kind = "communications_data"
ref = "CD/DEMO/V1"
from = 2026-07-01T00:00:00+01:00
to = 2026-11-02T00:00:00+00:00
scope = ["tel:+{v1}"]

[[authority]]
kind = "communications_data"
ref = "CD/DEMO/S2"
from = 2026-08-28T00:00:00+01:00
to = 2026-11-02T00:00:00+00:00
scope = ["tel:+{s2}"]

[[authority]]
kind = "consent"
ref = "DPN/DEMO/V"
scope = ["person:V"]

[[authority]]
kind = "device_examination"
ref = "PACE19/DEMO/A"
scope = ["imei:{imei_a}", "imei:{imei_b}"]
"""


def case_toml(exhibits: list[Exhibit]) -> str:
    """Return the text of case.toml for these exhibits."""
    lat, lon = latlon(PLACES["v_home"])
    fixed = _FIXED.format(lat=lat, lon=lon, s1=S1, s2=S2, v1=V1, imei_a=IMEI_A, imei_b=IMEI_B)
    head = "# Invented case. No person, number, address or vehicle is real.\n"
    named = [_exhibit(e) for e in exhibits if e.is_named]
    return "\n".join([head + _table("case", _case()), *_tables(), fixed.strip("\n"), "", *named])


def _case() -> dict[str, Any]:
    return {
        "reference": "URN/2026/DEMO", "title": "OP TEASEL", "jurisdiction": "england-and-wales",
        "display_time_zone": "Europe/London",
    }  # fmt: skip


def _tables() -> Iterator[str]:
    for key, role in _ROLES.items():
        yield _table("[person]", {"key": key, "role": role, "name": NAMES[key]})
    for identifier, person, strength, basis, first in _ATTRIBUTIONS:
        stated = {"identifier": identifier, "person": person, "strength": strength, "basis": basis}
        yield _table("[attribution]", stated, instants={"from": first} if first else {})
    for key, (label, whose) in _LABELS.items():
        lat, lon = (round(v, 6) for v in latlon(PLACES[key]))
        values: dict[str, Any] = {
            "key": key,
            "label": label,
            "lat": lat,
            "lon": lon,
            "radius_m": 60,
        }
        values |= {"whose": whose} if whose else {}
        yield _table("[place]", values | ({"sensitive": True} if key == "v_new" else {}))


def _exhibit(exhibit: Exhibit) -> str:
    values = {"file": exhibit.file, "ref": exhibit.ref, **exhibit.facts}
    return _table("[exhibit]", values, instants={"received_at": "2026-11-11T09:00:00+00:00"})


def _table(name: str, values: dict[str, Any], instants: dict[str, str] | None = None) -> str:
    lines = [f"[{name}]", *(f"{key} = {_value(value)}" for key, value in values.items())]
    lines += [f"{key} = {text}" for key, text in (instants or {}).items()]
    return "\n".join([*lines, ""])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
