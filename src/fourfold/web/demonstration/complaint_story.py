"""What the invented super-complaints say. Nothing here is about a real body, force or person."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ToldFeature:
    """A feature, why it harms, its harms (nature, scale, groups), its facts (text, source)."""

    text: str
    why_harmful: str
    harms: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToldComplaint:
    """A super-complaint as its body wrote it."""

    title: str
    subject: str
    with_whom: str
    features: tuple[ToldFeature, ...]


SURVEY_OF_CALLERS: Final = "Lanternlight Trust, what 212 callers told us (invented)"
MAIN: Final = ToldComplaint(
    title="One by one: reports of stalking that are never joined",
    subject="How forces of the invented Thistleland record, join and act on reports of stalking.",
    with_whom="Nine invented support services",
    features=(
        ToldFeature(
            "Reports about the same person are recorded one by one and not joined.",
            "A course of conduct cannot be seen in single records, so its danger is missed.",
            (
                ("The pattern is not seen", "61 of 212 callers had reported three times or more",
                 "People who move between force areas"),
                ("Each report is treated as the first", "Not known",
                 "People who speak little English"),
            ),
            (("61 of 212 callers said that nobody spoke of their earlier reports.",
              SURVEY_OF_CALLERS),),
        ),
        ToldFeature(
            "Evidence that expires is not asked for in time.",
            "Footage and account logs are deleted after days; a case that rested on them ends.",
            (("Evidence is lost", "38 of 212 callers", ""),),
            (("In 38 of 212 accounts the camera had been overwritten when somebody asked.",
              SURVEY_OF_CALLERS),),
        ),
        ToldFeature(
            "Victims are not offered an advocate, or only late.",
            "Without one, people withdraw, and their safety is planned by nobody.",
            (("Support is withheld", "97 of 212 callers were never offered one",
              "Young adults; people in rural areas"),),
            (("97 of 212 callers were not offered an advocate.", SURVEY_OF_CALLERS),),
        ),
        ToldFeature(
            "Protective orders are considered late, and breaches are treated alone.",
            "An order that comes late, or is broken without answer, protects nobody.",
            (("Orders come too late", "Not known", ""),
             ("Breaches meet no answer", "22 of 212 callers", "")),
            (("22 of 212 callers reported a breach and heard nothing for a month.",
              SURVEY_OF_CALLERS),),
        ),
    ),
)  # fmt: skip
DRAFT: Final = ToldComplaint(
    title="Told once, told nothing: updates to people who report stalking",
    subject="People who report are not told what became of their report.",
    with_whom="",
    features=(
        ToldFeature(
            "People are not told the reason when a case ends without a charge.",
            "They cannot ask for the review that they have a right to.",
            (("The right to review is lost", "", ""),),
            (),
        ),
    ),
)
WAITING: Final = ToldComplaint(
    title="The tag in the lining: tracking devices that nobody looks for",
    subject="Reports of trackers are closed without the device being looked for or kept.",
    with_whom="Two invented support services",
    features=(
        ToldFeature(
            "A tracker that is reported is not taken in as evidence.",
            "The serial number that leads to its owner is lost with it.",
            (("Evidence is lost", "17 of 40 reports looked at", "Drivers of shared cars"),),
            (("In 17 of 40 reports no tracker was taken in.",
              "Lanternlight Trust, forty reports (invented)"),),
        ),
        ToldFeature(
            "Nobody asks the maker of the device in time.",
            "Makers keep the pairing for a limited time only.",
            (("The trail ends", "Not known", ""),),
            (("Four makers were asked; three keep pairings for less than a month.",
              "Lanternlight Trust, letters of makers (invented)"),),
        ),
    ),
)  # fmt: skip

TALK: Final = (
    "Feature 2 names no force: say which ones, or that it is all. State the number of callers that"
    " each figure is counted from. The form of regulation 4 looks met otherwise."
)
VIEWS: Final = (
    "The four features are stated, each with its harm and evidence. No earlier complaint had"
    " this substance.",
    "Regulation 4 is met: in writing, features, harm, evidence, a named contact. No bar applies.",
    "The evidence is a survey of callers with its limits said. That is enough at this stage; no"
    " bar applies.",
)

# kind, days after the decision, days it lasted, title, summary, who sees it, features it speaks to
EVIDENCE: Final = (
    ("document", 4, 0, "The complaint with its evidence", "Read by all three authorities.",
     "parties", (1, 2, 3, 4)),
    ("meeting", 20, 0, "Meeting with the body that complained", "Scope agreed.", "parties", ()),
    ("interview", 90, 25, "Interviews with 14 people who had reported",
     "Names and places are kept by the lead authority alone.", "lead", (1, 3)),
    ("focus_group", 120, 2, "Two focus groups of investigators", "", "authorities", (1, 2)),
    ("survey", 195, 31, "Self-assessment survey of 43 forces", "43 asked, 41 replied.",
     "authorities", (1, 2, 3, 4)),
    ("file_review", 240, 60, "Review of 86 case files in six forces",
     "Read against a fixed list of questions by two readers.", "authorities", (1, 2, 4)),
    ("fieldwork", 300, 12, "Three days in each of four forces", "", "authorities", (1, 2, 3)),
    ("meeting", 420, 0, "Findings shown to the council of chiefs", "", "authorities", ()),
)  # fmt: skip

# text, reasons, features, numbers of the evidence log
FINDINGS: Final = (
    ("Most forces cannot find earlier reports by the suspect's number.",
     "29 of 41 replies say so, and in 51 of 86 files an earlier report was not mentioned.",
     (1,), (5, 6)),
    ("Evidence that expires is asked for too late in about one file in three.",
     "In 27 of 86 files the holder had deleted it when it was asked for.", (2,), (6,)),
    ("Whether an advocate is offered depends on where somebody lives.",
     "18 of 41 forces have an advocate in every district; 9 have none.", (3,), (3, 5)),
    ("Orders are considered early where a named officer looks at every report.",
     "Seen in two of the four forces visited.", (4,), (7,)),
    ("Breaches are recorded apart from the case they belong to.",
     "In 19 of 23 files with a breach.", (4,), (6,)),
)  # fmt: skip

WITHHELD: Final = "the shelter in Marl Lane"
SECTIONS: Final = (
    ("other", "Foreword",
     "Three authorities looked at this complaint together. This report is invented, as are all"
     " who appear in it."),
    ("steps", "What we did",
     "We read the complaint and its evidence, interviewed 14 people, held two focus groups, asked"
     " 43 forces, read 86 case files and visited four forces.\n\nOne person whom we met lives at"
     f" {WITHHELD} and told us of eleven reports in two years."),
    ("conclusions", "What we found, and why",
     "Reports stay apart because forces cannot search by what victims know: a number, a plate, an"
     " account. Where they can, patterns are seen within days.\n\nEvidence that expires is lost"
     " because nobody owns the date.\n\nSupport depends on the district."),
    ("action", "What we will do",
     "The authorities will ask each force for figures twice a year, and publish them with their"
     " definitions."),
    ("recommendations", "What we recommend to others",
     "Twelve recommendations follow, to chief constables, commissioners, the government"
     " department and the prosecution service of Thistleland."),
)  # fmt: skip
WITHHELD_REASON: Final = "The place is a refuge; naming it might put people who live there at risk."


@dataclass(frozen=True)
class ToldRecommendation:
    """A recommendation of the invented report. `due_days` counts from publication; 0: 56 days."""

    theme: str
    text: str
    kinds: tuple[str, ...]
    parts: tuple[str, ...] = ()
    due_days: int = 0
    measures: tuple[str, ...] = ()


FORCE: Final = "territorial_force"
COMMISSIONER: Final = "commissioner"
RECOMMENDATIONS: Final = (
    ToldRecommendation(
        "Recording", "Let every report be searched for earlier ones by number, plate and account.",
        (FORCE,), ("Search before a report is closed.", "Say on the record what was found."),
        measures=("reports-linked", "reports-joined"),
    ),
    ToldRecommendation(
        "Evidence", "Name an owner for every date on which evidence expires.", (FORCE,),
        due_days=182,
    ),
    ToldRecommendation(
        "Training", "Review training on stalking with people who have been stalked.", (FORCE,),
        due_days=182, measures=("training-coverage",),
    ),
    ToldRecommendation(
        "Risk", "Assess risk in every report within the time that the force sets, and publish it.",
        (FORCE,), measures=("risk-assessed-in-time", "danger-asked"),
    ),
    ToldRecommendation(
        "Support", "Offer an advocate at the first contact, and record the answer.", (FORCE,),
        measures=("advocate-offered", "advocate-assigned"),
    ),
    ToldRecommendation(
        "Protective orders", "Consider an order in every case and record the reason if none.",
        (FORCE,), measures=("protection-order-considered", "days-to-order-application"),
    ),
    ToldRecommendation(
        "Recording", "Make stalking that stands inside another recorded crime searchable.",
        (FORCE,), due_days=182,
        measures=("stalking-as-included", "included-offences-recorded"),
    ),
    ToldRecommendation(
        "Support", "Commission enough advocates for the reports of the area.", (COMMISSIONER,),
        due_days=182,
    ),
    ToldRecommendation(
        "Working together", "Set up a panel of police, health, probation and advocates.",
        (FORCE, COMMISSIONER), due_days=365,
    ),
    ToldRecommendation(
        "Law", "Make the law on breaches of orders easier to apply.", ("government",)
    ),
    ToldRecommendation(
        "Prosecution", "Agree with forces how a course of conduct is put before a court.",
        ("national_body",),
    ),
    ToldRecommendation(
        "Accountability", "Publish an action plan, and update it twice a year.", (FORCE,)
    ),
)  # fmt: skip
