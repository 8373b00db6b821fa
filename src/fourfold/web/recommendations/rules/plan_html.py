"""A plan as a piece of HTML for any website; and back.

It brings no script, no style and no `id`, so that nothing clashes with the page around it. It
begins at `h2`. Attributes `data-ff...` let this program read it back exactly; a website that
strips them still has the whole text.
"""

from collections import Counter
from datetime import date
from html import escape
from typing import Any, Final

from fourfold.web.base.web_addresses import web_address
from fourfold.web.base.words import plural, uk_date
from fourfold.web.recommendations.rules.imports.markup import text_of
from fourfold.web.recommendations.rules.plan_schema import (
    FIELDS,
    POSITION_WORDS,
    PROSE,
    SCHEMA_NAME,
    STATUS_WORDS,
    PlanDocument,
    PlanEvidence,
    PlanLine,
    PlanUpdate,
    one_line,
)

MARK: Final = "data-ff-plan"
VALUES: Final = {"status": STATUS_WORDS, "position": POSITION_WORDS}
DAYS: Final = ("due_on", "answered_on")
GLANCE: Final = ("Recommendation", "Status", "Due date", "Latest update")
NO_DATE: Final = "No date possible"


def write(document: PlanDocument) -> bytes:
    """Return a plan as an HTML fragment, the same bytes for the same facts."""
    parts = [
        f'<section class="ff-plan" lang="en-GB" {MARK}="{SCHEMA_NAME}">',
        f'<h2 class="ff-plan__title" data-ff="title">{escape(document.title)}</h2>',
        _about(document),
        f'<div class="ff-plan__introduction" data-ff="introduction">'
        f"{paragraphs(document.introduction)}</div>",
        _glance(document.lines),
        *(_section(line) for line in document.lines),
        "</section>",
    ]
    return ("\n".join(parts) + "\n").encode()


def paragraphs(text: str) -> str:
    """Return plain text as paragraphs with their line breaks."""
    found = [each for each in text.split("\n\n") if each]
    return "".join(f"<p>{escape(each).replace(chr(10), '<br>')}</p>" for each in found)


def day(on: str, **data: str) -> str:
    """Return a day in words, with its machine form; what is no day stays as it is."""
    marks = "".join(f' data-{name.replace("_", "-")}="{value}"' for name, value in data.items())
    try:
        words = uk_date(date.fromisoformat(on))
    except ValueError:
        words = on
    return f'<time datetime="{escape(on)}"{marks}>{escape(words)}</time>'


def _about(document: PlanDocument) -> str:
    published = (
        f" Published on {day(document.published_on, ff='published_on')}."
        if document.published_on
        else " This version holds drafts and is not for publication."
    )
    return (
        f'<p class="ff-plan__about">Organisation: <span data-ff="organisation">'
        f"{escape(document.organisation)}</span>. Super-complaint: "
        f'<span data-ff="super_complaint">{escape(document.super_complaint)}</span>.{published}</p>'
    )


def _glance(lines: tuple[PlanLine, ...]) -> str:
    if not lines:
        return '<p class="ff-plan__none">No line of this plan is published yet.</p>'
    counted = Counter(line.status for line in lines)
    said = ", ".join(
        f"{words}: {counted[value]}" for value, words in STATUS_WORDS.items() if counted[value]
    )
    head = "".join(f'<th scope="col">{words}</th>' for words in GLANCE)
    rows = "".join(_glance_row(line) for line in lines)
    return (
        '<div class="ff-plan__scroll" role="region" aria-label="The plan at a glance" '
        'tabindex="0">'
        f'<table class="ff-plan__glance"><caption>The plan at a glance: '
        f"{plural(len(lines), 'line')}. {said}.</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _glance_row(line: PlanLine) -> str:
    is_none = line.status == "no_date_possible"
    due = day(line.due_on) if line.due_on else NO_DATE if is_none else "No date given"
    last = max((update.on for update in line.updates), default="")
    return (
        f'<tr><th scope="row">{escape(line.code)}</th>'
        f"<td>{STATUS_WORDS.get(line.status, 'Not answered')}</td><td>{due}</td>"
        f"<td>{day(last) if last else 'None'}</td></tr>"
    )


def _section(line: PlanLine) -> str:
    held = "".join(_field(each.name, each.words, line) for each in FIELDS)
    return (
        f'<section class="ff-plan__line" data-ff-line="{line.number}" '
        f'data-ff-part="{escape(line.part)}">'
        f'<h3 class="ff-plan__heading">Recommendation {escape(line.code)}</h3>'
        f'<dl class="ff-plan__fields">{held}{_updates(line)}{_evidence(line)}</dl></section>'
    )


def _field(name: str, words: str, line: PlanLine) -> str:
    value = getattr(line, name)
    if not value:
        return ""
    coded = f' data-ff-value="{escape(value)}"' if name in VALUES or name in DAYS else ""
    return _described(words, f' data-ff="{name}"{coded}', _shown(name, value))


def _shown(name: str, value: str) -> str:
    if name in VALUES:
        return escape(VALUES[name].get(value, value))
    if name in DAYS:
        return day(value)
    return paragraphs(value) if name in PROSE else escape(value)


def _described(words: str, marks: str, shown: str) -> str:
    return f'<div class="ff-plan__field"><dt>{words}</dt><dd{marks}>{shown}</dd></div>'


def _updates(line: PlanLine) -> str:
    items = "".join(
        f"<li>{day(update.on, ff='on')}{_status_of(update)}: "
        f'<div data-ff="text">{paragraphs(update.text)}</div></li>'
        for update in line.updates
    )
    return _described("Updates", "", f'<ol data-ff="updates">{items}</ol>') if items else ""


def _status_of(update: PlanUpdate) -> str:
    if not update.status:
        return ""
    words = STATUS_WORDS.get(update.status, update.status)
    return f' <span data-ff="status" data-ff-value="{update.status}">({escape(words)})</span>'


def _evidence(line: PlanLine) -> str:
    items = "".join(f"<li>{_shown_by(each)}</li>" for each in line.evidence)
    return _described("Evidence", "", f'<ul data-ff="evidence">{items}</ul>') if items else ""


def _shown_by(evidence: PlanEvidence) -> str:
    if not web_address(evidence.url):
        return f'<span data-ff="evidence-title">{escape(evidence.title)}</span>'
    words = escape(evidence.title or evidence.url)
    return f'<a data-ff="evidence-title" href="{escape(evidence.url)}" rel="noopener">{words}</a>'


def own(tree: Any) -> Any | None:
    """Return the element of a plan of ours within a page, or nothing."""
    found = tree.xpath(f"descendant-or-self::*[@{MARK}='{SCHEMA_NAME}']")
    return found[0] if found else None


def read(element: Any) -> PlanDocument:
    """Return the plan of an element that `own` found."""
    return PlanDocument(
        title=one_line(_text(element, "title")),
        organisation=one_line(_text(element, "organisation")),
        super_complaint=one_line(_text(element, "super_complaint")),
        introduction=_text(element, "introduction"),
        published_on=_value(element, "published_on", "datetime"),
        lines=tuple(_line(each) for each in element.xpath(".//*[@data-ff-line]")),
    )


def _line(element: Any) -> PlanLine:
    number = element.get("data-ff-line", "")
    values = {
        each.name: _value(element, each.name, "data-ff-value")
        if each.name in VALUES or each.name in DAYS
        else _text(element, each.name)
        for each in FIELDS
    }
    return PlanLine(
        number=int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0,
        part=element.get("data-ff-part", ""),
        **values,
        updates=tuple(
            PlanUpdate(_value(li, "on", "datetime"), _text(li, "text"),
                       _value(li, "status", "data-ff-value"))
            for li in element.xpath(".//*[@data-ff='updates']/li")
        ),
        evidence=tuple(
            PlanEvidence(_text(li, "evidence-title"), _value(li, "evidence-title", "href"))
            for li in element.xpath(".//*[@data-ff='evidence']/li")
        ),
    )  # fmt: skip


def _first(element: Any, name: str) -> Any | None:
    """Return the first element of a field that is the line's own, not an update's."""
    found = element.xpath(f".//*[@data-ff='{name}']")
    if element.tag == "li":
        return found[0] if found else None
    own = [each for each in found if not each.xpath("ancestor::ol[@data-ff='updates']")]
    return own[0] if own else None


def _value(element: Any, name: str, attribute: str) -> str:
    found = _first(element, name)
    return "" if found is None else str(found.get(attribute) or "")


def _text(element: Any, name: str) -> str:
    found = _first(element, name)
    return "" if found is None else text_of(found)
