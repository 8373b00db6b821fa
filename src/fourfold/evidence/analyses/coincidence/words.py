"""The words of the coincidence findings: no more than the records say."""

from typing import Any, Final

TITLES: Final = {
    "A": "Class A: fixes of two devices agree in time and place",
    "B": "Class B: records of two devices name the same cell",
    "C": "Class C, for investigation only: records name cells of neighbouring sites",
}
METHODS: Final = {
    "A": "Every pair of fixes of different persons' devices at most {distance_m:g} m and"
    " {window_min} min apart, found exactly; pairs joined while the pause is at most"
    " {pause_min} min. The distance is that between the positions as stated; the stated"
    " accuracies are added up and printed beside it.",
    "B": "Every pair of records of different persons on one cell identity whose stated start"
    " times are at most {cell_window_min} min apart; pairs joined while the pause is at most"
    " {pause_min} min. The cell at the end of a call is not used.",
    "C": "Every pair of records on different cells whose listed sites are at most"
    " {site_distance_m:g} m apart and whose start times are at most {cell_window_min} min"
    " apart; pairs joined while the pause is at most {pause_min} min. At most"
    " {site_list_limit} are listed, those with the least distance between sites first.",
}
SETTINGS: Final = {
    "A": ("distance_m", "window_min", "pause_min", "frequent_days", "shifts_days"),
    "B": (
        "cell_window_min",
        "session_slack_min",
        "pause_min",
        "frequent_days",
        "shifts_days",
    ),
    "C": ("site_distance_m", "cell_window_min", "pause_min", "site_list_limit"),
}
RECORDS_ONLY: Final = (
    "Records agree; who held the devices, and whether anybody knew of it, no record says."
)
CAVEATS: Final = {
    "A": (
        RECORDS_ONLY,
        "The accuracy of a fix is what its source states; what it means is often unknown.",
        "Sources that record seldom miss coincidences: no agreement is not absence.",
        "Visits and other inferred or stated places are left out.",
    ),
    "B": (
        RECORDS_ONLY,
        "A cell is not a location: direction and range vary, and a phone may use a site that"
        " is not the nearest. Opinion on it needs a qualified expert.",
        "The cell of a data session was used at or before its start, perhaps long before.",
    ),
    "C": (
        RECORDS_ONLY,
        "For investigation only, never for an evidential report: a distance between listed"
        " sites is not a distance between phones (R v Calland [2017] EWCA Crim 2308).",
    ),
}
CHANCE_METHOD: Final = (
    " Chance control: one side's records moved by {shifts} whole days of wall-clock time"
    " (days and weeks, so habits stay), the comparison repeated."
)


METHOD_WORDS: Final = (
    "distance_m", "window_min", "pause_min", "cell_window_min", "site_distance_m",
    "site_list_limit",
)  # fmt: skip


def statement(
    class_name: str, pair: tuple[str, str], by_device: bool, values: dict[str, Any]
) -> str:
    """Return the sentences of one class and pair, from the values by name."""
    both = f"{device(pair[0], by_device)} and of {device(pair[1], by_device)}"
    if not values["coincidences"]:
        return f"No coincidence of class {class_name} in the data supplied for records of {both}."
    counted = number_of(values["coincidences"], "coincidence", "coincidences")
    sentences = _SENTENCES[class_name](counted, both, values)
    return " ".join([*sentences, *_chance_sentences(values)])


def _fix_sentences(counted: str, both: str, values: dict[str, Any]) -> list[str]:
    sentences = [
        f"{counted}: fixes of {both} agree in time and place.",
        f"Least distance {values['least_distance_m']} m between the positions as stated.",
        f"{values['within_with_accuracies_added']} stay within the distance when both stated"
        " accuracies are added.",
    ]
    if values["accuracy_unknown"]:
        sentences.append(f"For {values['accuracy_unknown']} an accuracy is not stated.")
    return sentences


def _cell_sentences(counted: str, both: str, values: dict[str, Any]) -> list[str]:
    sentences = [
        f"{counted}: records of {both} name the same cell; the closest lie"
        f" {values['least_gap_s']:g} s apart.",
        "The records are not inconsistent with both handsets using that cell.",
    ]
    if values["resting_on_data_sessions"]:
        sentences.append(
            f"{values['resting_on_data_sessions']} rest on data sessions, whose cell was used at"
            " or before the time."
        )
    if values.get("pairs_with_session_slack", values["pairs"]) > values["pairs"]:
        sentences.append(
            "If sessions used their cell up to the printed slack before their start, there would"
            f" be {values['pairs_with_session_slack']} pairs instead of {values['pairs']}."
        )
    return sentences


def _site_sentences(counted: str, both: str, values: dict[str, Any]) -> list[str]:
    return [
        f"For investigation only: {counted} listed of records of {both} on different cells of"
        " neighbouring listed sites."
    ]


_SENTENCES: Final = {"A": _fix_sentences, "B": _cell_sentences, "C": _site_sentences}


def _chance_sentences(values: dict[str, Any]) -> list[str]:
    sentences = []
    if "days_compared" in values:
        sentences.append(
            f"Days with a coincidence: {values['days_with_coincidence']} of"
            f" {values['days_compared']} days with records of both."
        )
    moved = [
        f"moved by {step}s, {values[f'shifted_hits_{step}']} of"
        f" {values[f'shifted_days_{step}']} days"
        for step in ("day", "week")
        if f"shifted_days_{step}" in values
    ]
    if moved:
        sentences.append(f"Chance control, with one side's records {'; '.join(moved)}.")
    sentences.append(
        f"{values['explained_by_frequent_use']} of {values['coincidences']} fall where records of"
        " both devices fall on other days too."
    )
    return sentences


def number_of(number: int, one: str, many: str) -> str:
    """Return a count in words: 1 stretch, 2 stretches."""
    return f"{number:,} {one if number == 1 else many}"


def device(party: str, by_device: bool) -> str:
    """Name a device without saying who used it."""
    return party if by_device else f"a device attributed to {party}"
