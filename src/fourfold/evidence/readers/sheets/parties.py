"""SQL for who: the subject of a record, both sides, the way between, and the handset."""

from fourfold.evidence.readers.sheets.columns import Setting, literal, text_column
from fourfold.evidence.readers.sheets.pack import Identity
from fourfold.evidence.readers.sheets.tokens import quoted
from fourfold.evidence.readers.sheets.used import Used


def who(setting: Setting) -> dict[str, str]:
    """Return the columns of the parties as stated, before direction is worked out."""
    used = setting.used
    pack = used.pack
    subject = literal(setting.subject)
    if pack.subject and pack.subject.column:
        subject = f"coalesce({_identity(setting, pack.subject, 'num_subject')}, {subject})"
    hides = "coalesce(u.num_to_hides, false)" if _has_number(used, "num_to") else "false"
    if _has_number(used, "num_other"):
        hides = f"({hides} or coalesce(u.num_other_hides, false))"
    return {
        "subject_id": subject,
        "stated_from": _identity(setting, pack.from_, "num_from", blank="withheld"),
        "stated_to": _identity(setting, pack.to, "num_to"),
        "other": _identity(setting, pack.other, "num_other", blank="withheld"),
        "via_id": _identity(setting, pack.via, "num_via"),
        "stated_direction": _mapped(used),
        "hides": hides,
        "imei": text_column(used, pack.imei),
        "imsi": text_column(used, pack.imsi),
    }


def number_columns(used: Used) -> list[tuple[str, str]]:
    """Return (name of the role, column) for every column that holds telephone numbers."""
    roles = {
        "num_from": used.pack.from_, "num_to": used.pack.to, "num_other": used.pack.other,
        "num_via": used.pack.via, "num_subject": used.pack.subject,
    }  # fmt: skip
    return [
        (alias, column)
        for alias, identity in roles.items()
        if identity and identity.scheme == "number" and (column := used.column(identity.column))
    ]


def _has_number(used: Used, alias: str) -> bool:
    return any(alias == known for known, _ in number_columns(used))


def _identity(
    setting: Setting, identity: Identity | None, alias: str, blank: str | None = None
) -> str:
    column = setting.used.column(identity.column) if identity else None
    if identity is None or column is None:
        return "null::varchar"
    value = f"u.{column}"
    if identity.scheme == "number":
        found = f"u.{alias}_id"
    elif identity.scheme == "name":
        found = f"{quoted(f'name:{setting.ref}:')} || {value}"
    elif identity.scheme == "vrm":
        found = f"'vrm:' || upper(replace({value}, ' ', ''))"
    else:
        found = f"'{identity.scheme}:' || {value}"
    return f"case when {value} = '' then {literal(blank)} else {found} end"


def _mapped(used: Used) -> str:
    mapped = used.pack.direction
    column = used.column(mapped.column) if mapped else None
    if mapped is None or column is None:
        return "null::varchar"
    arms = " ".join(
        f"when {quoted(value.casefold())} then {quoted(word)}"
        for value, word in mapped.values.items()
    )
    return f"case lower(u.{column}) {arms} end"
