"""What others hold only for a time: which days must be asked for, and by when.

Reckoned from the latest record in the case, never from today's clock: the same evidence
gives the same answer. Periods are common practice, to be
verified locally.
"""

from dataclasses import dataclass
from typing import Final

from fourfold.evidence.model.protocols import Tables


@dataclass(frozen=True)
class Keeping:
    """A kind of data held by others.

    kept_days: how long it is commonly kept, the shortest and the longest.
    condition: SQL on events e that finds such data among those supplied.
    """

    source: str
    kept_days: tuple[int, int]
    condition: str


KEEPINGS: Final = (
    Keeping("CCTV", (28, 31), "e.channel = 'cctv'"),
    Keeping("doorbell video", (30, 60), "e.channel = 'doorbell'"),
    Keeping("travel card records", (56, 56), "e.kind = 'gate'"),
    Keeping("number plate reads", (365, 365), "e.channel = 'anpr'"),
    Keeping("call and cell data of providers", (365, 365), "e.cell_id is not null"),
)


@dataclass(frozen=True)
class Expiring:
    """Days [start, end) not supplied yet that may still be held on the last day of the case.

    gone: days before that, since the case began, that are commonly no longer held.
    supplied_until: the latest day supplied, if any.
    """

    keeping: Keeping
    start: int
    end: int
    gone: int
    supplied_until: int | None

    @property
    def ask_by(self) -> int:
        """The day on which the first of these days is commonly lost."""
        return self.start + self.keeping.kept_days[0]


def expiring(tables: Tables, first: int, last: int) -> list[Expiring]:
    """Return what may still be asked for. first, last: days of the first and latest record."""
    found = []
    for keeping in KEEPINGS:
        supplied = tables.rows(
            "select max(d.day) from (select cast(e.local_day as date) - date '1970-01-01' as day"
            f" from events as e where e.started_at is not null and {keeping.condition}) as d"
            f" where d.day <= {last}"
        )[0][0]
        wanted = first if supplied is None else max(first, supplied + 1)
        start = max(wanted, last - keeping.kept_days[0])
        if start <= last:
            found.append(Expiring(keeping, start, last + 1, start - wanted, supplied))
    return found
