"""From the checked tables of case.toml to the model of a case."""

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from fourfold.evidence.model.case import (
    Attribution,
    Authority,
    ExhibitFacts,
    Knowledge,
    Order,
    Place,
    Term,
    TermException,
)
from fourfold.evidence.support.clock import zone_info


class CaseMaker:
    """Turns checked tables into the model; wall-clock times are read in the display zone."""

    def __init__(self, zone: str) -> None:
        self.zone = zone_info(zone)

    def instant(self, value: datetime | None) -> datetime | None:
        """Return an instant in UTC, None when there is none."""
        if value is None:
            return None
        aware = value if value.tzinfo else value.replace(tzinfo=self.zone)
        return aware.astimezone(UTC)

    def needed(self, value: datetime) -> datetime:
        """Return an instant that the shape requires, in UTC."""
        return (value if value.tzinfo else value.replace(tzinfo=self.zone)).astimezone(UTC)

    def attribution(self, t: dict[str, Any]) -> Attribution:
        """Return one [[attribution]]."""
        return Attribution(
            t["identifier"], t["person"], t["strength"], t.get("basis", ""),
            self.instant(t.get("from")), self.instant(t.get("to")),
        )  # fmt: skip

    def place(self, t: dict[str, Any]) -> Place:
        """Return one [[place]]."""
        return Place(
            t["key"], float(t["lat"]), float(t["lon"]), t.get("label", ""),
            float(t.get("radius_m", 50)), t.get("whose"), t.get("sensitive", False),
        )  # fmt: skip

    def knowledge(self, t: dict[str, Any]) -> Knowledge:
        """Return one [[knowledge]]."""
        return Knowledge(
            t["person"], self.needed(t["at"]), t.get("by", ""), t.get("how", ""), t.get("words", "")
        )

    def authority(self, t: dict[str, Any]) -> Authority:
        """Return one [[authority]]."""
        return Authority(
            t["ref"], t.get("kind", ""), self.instant(t.get("from")), self.instant(t.get("to")),
            tuple(t.get("scope", [])),
        )  # fmt: skip

    def exhibit(self, t: dict[str, Any]) -> ExhibitFacts:
        """Return one [[exhibit]]."""
        return ExhibitFacts(
            file=PurePosixPath(t["file"]).as_posix(), ref=t.get("ref"), producer=t.get("producer"),
            received_at=self.instant(t.get("received_at")),
            authority=tuple(as_list(t.get("authority", []))), format=t.get("format"),
            time_zone=t.get("time_zone"), person=t.get("person"), device=t.get("device"),
            identifier=t.get("identifier"), sha256=t.get("sha256"),
        )  # fmt: skip

    def order(self, t: dict[str, Any]) -> Order:
        """Return one [[order]] with its terms."""
        return Order(
            key=t["key"], kind=t["kind"], defendant=t["defendant"],
            protected=tuple(t["protected"]), served_at=self.needed(t["served_at"]),
            made_at=self.instant(t.get("made_at")), until=self.instant(t.get("until")),
            court=t.get("court", ""), service=t.get("service", ""),
            terms=tuple(map(self.term, t.get("term", []))),
        )  # fmt: skip

    def term(self, t: dict[str, Any]) -> Term:
        """Return one [[order.term]] with its exceptions."""
        return Term(
            key=t["key"], kind=t["kind"], text=t["text"], shape=t.get("shape"),
            lat=t.get("lat"), lon=t.get("lon"), radius_m=t.get("radius_m"),
            points=tuple((float(a), float(b)) for a, b in t.get("points", [])),
            distance_m=t.get("distance_m"), notified=tuple(t.get("notified", [])),
            within_days=t.get("within_days"), done_at=self.instant(t.get("done_at")),
            exceptions=tuple(
                TermException(
                    e["text"], e.get("person"), e.get("identifier"), e.get("channel"),
                    tuple(e.get("days", [])), e.get("from_time"), e.get("to_time"),
                )
                for e in t.get("exception", [])
            ),
        )  # fmt: skip


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]
