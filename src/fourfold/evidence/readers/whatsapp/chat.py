"""One chat as a whole: which lines start a message, how its dates read, who speaks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from fourfold.evidence.readers.whatsapp.dates import Reading, in_order, learn_reading, wall_time
from fourfold.evidence.readers.whatsapp.headers import (
    Stamp,
    Style,
    commonest_style,
    match_header,
    split_name,
)
from fourfold.evidence.readers.whatsapp.lines import Line
from fourfold.evidence.readers.whatsapp.phrases import is_known_notice, is_notice

# A message delivered late keeps its own time, so a named line may go back in time.
NOTICE_SLACK: Final = timedelta(hours=1)
STRANGER_SLACK: Final = timedelta(days=1)
STRAY_SHARE: Final = 5  # one in five lines out of order: the file keeps no order at all


class Lead(NamedTuple):
    """A line that looks like the start of a message, as far as one line can tell."""

    stamp: Stamp
    name: str | None
    is_notice: bool
    is_notice_if_lone: bool


@dataclass(frozen=True)
class Chat:
    """What the whole file teaches about each line.

    starts: physical lines that start a row. strays: lines that look like a header but
    break the style or the order of the file. speakers: names that say something.
    titles: names over notices only, on iOS the name of the chat.
    """

    style: Style
    reading: Reading
    starts: frozenset[int]
    strays: frozenset[int]
    speakers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    lines_of: Counter[str] = field(default_factory=Counter)

    def others(self, name: str) -> list[str]:
        """Return the other participants, as far as the file shows any."""
        others = [speaker for speaker in self.speakers if speaker != name]
        if not others and len(self.titles) == 1:
            others = [title for title in self.titles if title != name]
        return others

    def is_lone_voice(self, name: str) -> bool:
        """Tell whether this name stands before one line only."""
        return self.lines_of[name] == 1


def learn_chat(lines: Iterable[Line], received: datetime | None) -> Chat | None:
    """Learn style, order and participants from all lines; None: no line starts a message."""
    leads = [lead for line in lines if (lead := _lead(line))]
    if not leads:
        return None
    style = commonest_style(lead.stamp for lead in leads)
    own = [lead for lead in leads if lead.stamp.style == style]
    reading = learn_reading([lead.stamp for lead in own], received)
    strays = _out_of_order(own, reading)
    kept = [lead for lead in own if lead.stamp.line not in strays]
    lines_of = Counter(lead.name for lead in kept if lead.name)
    notices = {
        lead.stamp.line
        for lead in kept
        if lead.is_notice or (lead.is_notice_if_lone and lines_of[lead.name or ""] == 1)
    }
    speakers = {lead.name for lead in kept if lead.name and lead.stamp.line not in notices}
    titles = {lead.name for lead in kept if lead.name} - speakers
    return Chat(
        style=style,
        reading=reading,
        starts=frozenset(lead.stamp.line for lead in kept),
        strays=strays | frozenset(lead.stamp.line for lead in leads if lead.stamp.style != style),
        speakers=tuple(sorted(speakers)),
        titles=tuple(sorted(titles)),
        lines_of=lines_of,
    )


def _lead(line: Line) -> Lead | None:
    stamp = match_header(line.text, line.number)
    if stamp is None:
        return None
    rest = line.text[stamp.ends :]
    name, body = split_name(rest)
    if name is None:
        return Lead(stamp, None, is_known_notice(rest), False)
    return Lead(
        stamp,
        name,
        is_notice(body, is_lone_voice=False),
        is_notice(body, is_lone_voice=True),
    )


def _out_of_order(leads: list[Lead], reading: Reading) -> frozenset[int]:
    """Return the lines of this style that are parts of a message, not the start of one.

    A line pasted into a message bears a time of its own. It is taken for such when the
    file otherwise keeps time order, the line breaks it, and neither a known notice nor
    the name of a participant stands in it. An impossible date is one, too.
    """
    times = [wall_time(lead.stamp, reading) for lead in leads]
    timed = [(time, lead) for time, lead in zip(times, leads, strict=True) if time]
    kept = in_order([time for time, _ in timed])
    if (len(leads) - len(kept)) * STRAY_SHARE > len(leads):
        return frozenset()
    names = {timed[position][1].name for position in kept} - {None}
    strays = {lead.stamp.line for time, lead in zip(times, leads, strict=True) if not time}
    for position, (time, lead) in enumerate(timed):
        if position in kept or (not lead.name and lead.is_notice) or lead.name in names:
            continue
        slack = STRANGER_SLACK if lead.name else NOTICE_SLACK
        if _distance(position, time, timed, kept) > slack:
            strays.add(lead.stamp.line)
    return frozenset(strays - {leads[0].stamp.line})


def _distance(
    position: int, time: datetime, timed: list[tuple[datetime, Lead]], kept: set[int]
) -> timedelta:
    """Return how far a line stands from the times around it that keep order."""
    before = next((timed[p][0] for p in range(position, -1, -1) if p in kept), time)
    after = next((timed[p][0] for p in range(position, len(timed)) if p in kept), time)
    return max(before - time, time - after, timedelta())
