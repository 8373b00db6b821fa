"""The submitted complaint as one text: the same words, line by line, for the same record."""

import json
from typing import Any


def as_json(content: dict[str, Any]) -> bytes:
    """Return the complaint as JSON that is the same for the same facts."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def as_text(content: dict[str, Any]) -> bytes:
    """Return the complaint as plain text, in the order of the form."""
    contact = (
        f"{content['contact_name'] or 'not named'}, {content['contact_details'] or 'no details'}"
    )
    evidence = [
        f"- {each['title']} ({each['file_name']}, {each['size_bytes']} bytes), SHA-256"
        f" {each['sha256']}"
        for each in content["evidence"]
    ]
    lines = [*_head(content), f"Contact: {contact}", *_body(content), "Evidence relied on"]
    return ("\n".join([*lines, *(evidence or ["None was attached."])]) + "\n").encode()


def as_public_text(content: dict[str, Any]) -> bytes:
    """Return the complaint for the public: without its contact person, its evidence only counted.

    It is made of the record, and is not the sealed text: that stays as it was submitted.
    """
    count = len(content["evidence"])
    number = f"{count} {'document' if count == 1 else 'documents'}" if count else "No document"
    said = ["Evidence relied on", f"{number} came with it. Evidence is not published."]
    note = "Published version, made of the record: without the person to contact."
    return ("\n".join([*_head(content), note, *_body(content), *said]) + "\n").encode()


def _head(content: dict[str, Any]) -> list[str]:
    return [
        "POLICE SUPER-COMPLAINT" if content["regime"] == "police"
        else "SERVICE POLICE SUPER-COMPLAINT",
        content["title"], "",
        f"Reference: {content['ref']}",
        f"Made by: {content['body']}",
        f"Together with: {content['with_whom'] or 'nobody else named'}",
        f"Submitted at: {content['submitted_at']}",
    ]  # fmt: skip


def _body(content: dict[str, Any]) -> list[str]:
    lines = ["", "What it is about", content["subject"] or "Not written", ""]
    for feature in content["features"]:
        lines += _feature(feature)
    return lines


def _feature(feature: dict[str, Any]) -> list[str]:
    lines = [
        f"Feature {feature['number']}", feature["text"],
        "Why it is, or appears to be, significantly harming the interests of the public:",
        feature["why_harmful"] or "Not written",
        f"Forces responsible: {'; '.join(feature['forces']) or 'not named'}",
    ]  # fmt: skip
    for harm in feature["harms"]:
        lines += [
            f"- Harm: {harm['nature']}",
            f"  Scale: {harm['scale'] or 'not given'}",
            f"  Groups: {harm['groups'] or 'not given'}",
        ]
    lines += [f"- Fact: {fact['text']} Source: {fact['source']}" for fact in feature["facts"]]
    return [*lines, ""]
