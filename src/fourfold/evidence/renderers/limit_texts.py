"""The words that stand beside every table and map: what it cannot tell."""

from typing import Final

RECORDS: Final = (
    "Records show numbers, devices and accounts, not who used them. A person is named only"
    " where the case file attributes the identifier to that person; the strength of that"
    " attribution stands beside it."
)
ABSENCE: Final = (
    "No record in the data supplied is not evidence that nothing happened: data may not have"
    " been asked for, kept or supplied."
)
CELLS: Final = (
    "A cell or mast is not a location. Direction and range vary, and a handset may use a cell"
    " that is not the closest. No coverage is drawn or implied. Opinion on cell site evidence"
    " needs a qualified expert."
)
FIXES: Final = (
    "A fix is a device's own measurement with the accuracy its source states. The position of"
    " a device is not that of a person."
)
CHANCE: Final = (
    "Two records agreeing in time and place can be chance. The chance rate is that of the same"
    " comparison on day- and week-shifted data of the same devices. Classes A (fixes), B (same"
    " cell) and C (different cells, for investigation only) are never mixed."
)
TIMES: Final = (
    "Times are computed in UTC and printed also in the display zone. A clock of a handset may"
    " be wrong; the source's own text of every time is kept with its row."
)

BY_TABLE: Final[dict[str, tuple[str, ...]]] = {
    "chronology": (RECORDS, TIMES, ABSENCE),
    "contacts": (RECORDS, ABSENCE),
    "coincidences": (CHANCE, CELLS, FIXES, RECORDS),
    "contradictions": (FIXES, CELLS, RECORDS),
    "diary_checks": (
        "The windows were fixed by a printed rule before the data was looked at. Records that do"
        " not help the entry are listed with those that do.",
        ABSENCE,
    ),
    "device_changes": (
        "Each change lists what else may explain it. A change of SIM or handset does not say"
        " who made it.",
        RECORDS,
    ),
    "gaps": (ABSENCE,),
    "third_parties": (RECORDS,),
    "exhibits": ("Rows read are rows used plus rows merged plus rows set aside, for every file.",),
    "findings": (RECORDS, ABSENCE),
    "attributions": (
        "An attribution is what the case file or an exhibit states; it is not a result of this"
        " analysis.",
    ),
}


def of(table: str) -> str:
    """Return the limits that stand beside a table."""
    return " ".join(BY_TABLE.get(table, (RECORDS, ABSENCE)))
