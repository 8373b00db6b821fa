"""The submitted complaint as one text: the same words, line by line, for the same record."""

import json
from typing import Any


def as_json(content: dict[str, Any]) -> bytes:
    """Return the complaint as JSON that is the same for the same facts."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def as_text(content: dict[str, Any]) -> bytes:
    """Return the complaint as plain text, in the order of the form."""
    lines = [
        "POLICE SUPER-COMPLAINT" if content["regime"] == "police"
        else "SERVICE POLICE SUPER-COMPLAINT",
        content["title"], "",
        f"Reference: {content['ref']}",
        f"Made by: {content['body']}",
        f"Together with: {content['with_whom'] or 'nobody else named'}",
        f"Submitted at: {content['submitted_at']}",
        f"Contact: {content['contact_name'] or 'not named'}, "
        f"{content['contact_details'] or 'no details'}",
        "", "What it is about", content["subject"] or "Not written", "",
    ]  # fmt: skip
    for feature in content["features"]:
        lines += _feature(feature)
    lines += ["Evidence relied on"]
    lines += [
        f"- {each['title']} ({each['file_name']}, {each['size_bytes']} bytes), SHA-256"
        f" {each['sha256']}"
        for each in content["evidence"]
    ] or ["None was attached."]
    return ("\n".join(lines) + "\n").encode()


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
