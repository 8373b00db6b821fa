"""A small fictional set of published things, put there by publishing as the apps above do it.

Every organisation is invented and marked so. Hostile text stands in one practice and one answer.
"""

from fourfold.web.publication import content as c
from fourfold.web.publication.actions.publishing import publish
from fourfold.web.users.models import User

COMPLAINT = "SC-FICTION001"
HOSTILE = "</p><script src=//evil.example.org></script>\u202etxet desrever\u202c " + "long" * 60
SQL = "SELECT count(*) FILTER (WHERE assessed) AS numerator,\n       count(*) AS denominator\nFROM records\nWHERE opened_on BETWEEN :period_from AND :period_to"
FORCES = ("Teasel Constabulary", "Sedge Police", "Burdock Police")
STATUSES = ("complete", "in_progress", "planned", "not_answered", "no_date_possible", "answered")
WORDS = {
    "complete": "Complete", "in_progress": "In progress", "planned": "Planned",
    "not_answered": "Not answered", "no_date_possible": "No date possible", "answered": "Answered",
}  # fmt: skip
TEXTS = (
    "Every report of unwanted repeated contact is looked at for a pattern before it is closed.",
    "Each person who reports is offered an advocate within two working days.",
    "Breaches of orders are recorded as such, and reviewed by a supervisor.",
    "",
    "Training on fixated behaviour is given to everybody who takes reports.",
)
THEMES = ("Seeing the pattern", "Support for victims", "Orders", "", "Training")


def organisation_ref(name: str) -> str:
    """Return the reference of an invented organisation."""
    return f"ORG-{name.split(maxsplit=1)[0].upper()}"


def make(actor: User) -> None:
    """Publish everything once."""
    _organisations(actor)
    _complaints(actor)
    _recommendations(actor)
    _answers(actor)
    _measures(actor)
    _bank(actor)


def _organisations(actor: User) -> None:
    for name in FORCES:
        publish(
            actor=actor,
            content=c.Organisation(
                organisation_ref(name), name, "police_force", "Police force", "North of nowhere",
                "https://force.example.org/", True,
            ),
        )  # fmt: skip
    body = c.Organisation("ORG-BODY", "Centre for Invented Justice", "body", "Designated body",
                          is_invented=True)  # fmt: skip
    publish(actor=actor, content=body)
    publish(
        actor=actor,
        content=c.Designation(
            "DES-1", "ORG-BODY", "Centre for Invented Justice", "Police", "2018-06-20",
            instrument="Invented regulations", source_url="https://law.example.org/regulations",
        ),
    )  # fmt: skip
    publish(
        actor=actor,
        content=c.Designation(
            "DES-2", "ORG-OLD", "Former Example Trust", "Police", designated_words="June 2018",
            revoked_on="2021-03-01", revocation_grounds=("It was wound up.",),
        ),
    )  # fmt: skip


def _complaints(actor: User) -> None:
    timeline = (
        c.Step(
            "2022-11-25", "The complaint was received.", "law", source="https://law.example.org/"
        ),
        c.Step("2022-12-02", "It was acknowledged, a day late.", "law", is_late=True),
        c.Step("2023-01-26", "The three authorities decided that it is eligible.", "law"),
        c.Step("2023-08-04", "A survey of the forces was opened.", "record"),
        c.Step("", "Progress was reported to the body.", "law", "on a day that was not seen"),
        c.Step("2024-09-27", "The report was published with its recommendations.", "law"),
        c.Step("2024-11-22", "Answers were due, 56 days after publication.", "practice"),
        c.Step("2025-03-27", "Six months after publication.", "practice"),
    )
    document = c.File("complaint.txt", "The complaint as it was made", "text/plain", 27)
    publish(
        actor=actor,
        content=c.SuperComplaint(
            COMPLAINT, "Patterns not seen", "Centre for Invented Justice", "Police",
            "How invented forces deal with unwanted, repeated contact.", "monitoring",
            "Answers are being followed", "", "Invented Inspectorate", "2022-11-25", "",
            "2024-09-27", "One thing after another", 672, "2024-11-22",
            (
                c.Feature(1, "Acts are looked at one by one.", ("Danger is seen late.",
                                                                "People stop reporting.")),
                c.Feature(2, "Breaches of orders have no answer."),
            ),
            timeline, (document,), ("The day of the second progress report was not seen.",),
            ("https://report.example.org/", "A letter in the invented archive"),
            is_invented=True,
        ),
        within_ref=COMPLAINT,
        files=[c.Attachment(document.name, document.title, "text/plain",
                            b"An invented complaint.     ")],
    )  # fmt: skip
    publish(
        actor=actor,
        content=c.SuperComplaint(
            "SC-FICTION002", "Records that travel", "Centre for Invented Justice", "Police",
            "Whether data of witnesses stay with the police.", "under_investigation",
            "Under investigation", made_words="In 2025; the day was not seen", is_invented=True,
        ),
        within_ref="SC-FICTION002",
    )  # fmt: skip
    publish(
        actor=actor,
        content=c.Report(
            "REP-1", COMPLAINT, "One thing after another", "2024-09-27",
            (
                c.Section("What we did", ("We asked three forces.", "We read files.")),
                c.Section("What we found", ("The pattern was often not seen.",)),
                c.Section("What happens next", ("We will look again.",)),
            ),
            (c.Finding(1, "Acts were looked at one by one.", "In most files that we read.", (1,)),),
            2,
        ),
        within_ref=COMPLAINT,
    )  # fmt: skip
    table = c.Table("Is there a lead for stalking?", ("Force", "Answer"),
                    tuple((name, "Yes") for name in FORCES), "As the forces said.")  # fmt: skip
    publish(
        actor=actor,
        content=c.Survey("SUR-1", COMPLAINT, "Self-assessment of three forces", "2023-08-04",
                         "2023-09-04", 3, 3, (table,), ("Nobody else checked the answers.",)),
        within_ref=COMPLAINT,
    )  # fmt: skip
    publish(
        actor=actor,
        content=c.ProgressReport(
            "PR-1", COMPLAINT, "Progress after six months", "2025-04-10", "2025-03-27",
            "Invented Inspectorate", (c.Section("In short", ("One of five is complete.",)),),
            (c.Table("By status", ("Status", "Number"), (("Complete", "1"), ("Begun", "4"))),),
        ),
        within_ref=COMPLAINT,
    )  # fmt: skip


def _recommendations(actor: User) -> None:
    addressees = tuple(c.Addressee(organisation_ref(name), name, "police_force") for name in FORCES)
    for number, (text, theme) in enumerate(zip(TEXTS, THEMES, strict=True), 1):
        publish(
            actor=actor,
            content=c.Recommendation(
                f"REC-{number}", COMPLAINT, number, theme, text, bool(text),
                "own" if text else "not_found",
                (c.Part("1.1", "By the end of the year."), c.Part("1.2", "By the next."))
                if number == 1 else (),
                "Chief constables" if text else "", addressees if text else (),
                "2024-11-22" if text else "", "56 days after publication (practice)",
                "" if text else "No source gave its words.",
                measures=("patterns_seen_in_time",) if number == 1 else (),
            ),
            within_ref=COMPLAINT,
        )  # fmt: skip


def _answers(actor: User) -> None:
    evidence = c.File("policy.txt", "The new policy", "text/plain", 20)
    at = 0
    for name in FORCES[:2]:
        for number in (1, 2, 3, 5):
            status = STATUSES[at % len(STATUSES)]
            at += 1
            is_first = at == 1
            publish(
                actor=actor,
                content=c.Answer(
                    f"ANS-{at}", COMPLAINT, f"REC-{number}", number, "", organisation_ref(name),
                    name, status, WORDS[status], "accepted", "Accepted",
                    "We accept this." if not is_first else HOSTILE, "A plan in three steps.",
                    due_on="2025-03-01",
                    no_date_reason="The system is shared." if status == "no_date_possible" else "",
                    answered_on="2024-11-20", is_late=at == 2, owner="Head of the unit",
                    updates=(c.Update("2025-03-20", "The first step is done.", "in_progress",
                                      "In progress"),),
                    evidence=(c.Evidence("The new policy", "policy.txt"),
                              c.Evidence("A page", url="javascript:alert(1)"))
                    if is_first else (),
                    files=(evidence,) if is_first else (),
                ),
                within_ref=COMPLAINT,
                files=[c.Attachment("policy.txt", "The new policy", "text/plain",
                                    b"Look for a pattern.\n")] if is_first else [],
            )  # fmt: skip
    publish(
        actor=actor,
        content=c.Plan(
            "PLAN-1", COMPLAINT, organisation_ref(FORCES[0]), FORCES[0], "Action plan 2025",
            "What we will do, and by when.", "2024-11-22", ("ANS-1", "ANS-2", "ANS-3"),
            (c.File("plan.csv", "The plan as a table", "text/csv", 10),),
        ),
        within_ref=COMPLAINT,
        files=[c.Attachment("plan.csv", "The plan as a table", "text/csv", b"a,b\r\n1,2\r\n")],
    )  # fmt: skip


def _measures(actor: User) -> None:
    name = "patterns_seen_in_time"
    publish(
        actor=actor,
        content=c.Measure(
            "MEA-1", name, 1, "Patterns looked for in time",
            "Of records of unwanted contact, how many were looked at for a pattern within two days?",
            "share", "Records looked at within two days", "All records opened in the period",
            "share", "quarter", SQL, "f" * 64, ("Records without a day of opening do not count.",),
            (c.Break("2025-01-01", "The way of recording changed."),),
            recommendation_numbers=(1,),
        ),
    )  # fmt: skip
    publish(
        actor=actor,
        content=c.Measure(
            "MEA-2", "training_coverage", 1, "Training given", "How many were trained?", "share",
            not_measurable_because="no record of training is held here.",
        ),
    )  # fmt: skip
    periods = (("2024-10-01", "2024-12-31"), ("2025-01-01", "2025-03-31"))
    for at, force in enumerate(FORCES[:2]):
        for quarter, (start, end) in enumerate(periods):
            is_small = at == 1 and quarter == 0
            counted = 40 + 12 * at + 9 * quarter
            publish(
                actor=actor,
                content=c.Figure(
                    f"FIG-{at}{quarter}", name, 1, organisation_ref(force), force, start, end,
                    None if is_small else counted / 80,
                    "" if is_small else f"{counted * 100 // 80}%",
                    None if is_small else counted, None if is_small else 80, is_small,
                    "fewer than ten records" if is_small else "", "A. Analyst", "2025-04-02",
                ),
                within_ref=name,
            )  # fmt: skip


def _bank(actor: User) -> None:
    publish(
        actor=actor,
        content=c.Practice(
            "P-ONE", "One line of time", "promising", "Promising",
            "One force compared before and after; no comparison group.", ("Investigation",),
            ("Stalking",), "Teasel Constabulary", "North of nowhere", ("A local charity",),
            "Investigation", "2022", "One team", "Investigators", "See the pattern sooner.",
            "Cases took less time.", "All sources stand in one line of time.",
            "By the force itself.", "Start small.", ("The number of cases was seen in one page only.",),
            ("The timeline of a case",), ("https://practice.example.org/one",),
        ),
    )  # fmt: skip
    publish(
        actor=actor,
        content=c.Practice(
            "P-TWO", "Early talk " + HOSTILE[:60], "untested", "Untested", "Nobody has measured it.",
            ("Prevention", "Support"), stage="First report", description=HOSTILE,
        ),
    )  # fmt: skip
    publish(
        actor=actor,
        content=c.Adoption(
            "ADO-1", "P-ONE", organisation_ref(FORCES[1]), FORCES[1], "2024-05-01", "In use",
            "Two teams instead of one.", "After a year.", "Not known yet.",
        ),
        within_ref="P-ONE",
    )  # fmt: skip
    for ref, name, checked_on, order in (
        ("SV-FRESH", "Invented Stalking Helpline", "2026-10-01", 1),
        ("SV-STALE", "Invented Night Line", "2020-01-31", 2),
    ):
        publish(
            actor=actor,
            content=c.SupportService(
                ref, name, "Listens and explains what can be done.", "01632 960 200",
                "07700 900 200", "https://help.example.org/", "Every day, 9am to 9pm",
                "England and Wales", "English, Welsh", "Text relay", checked_on, "Its own page",
                order,
            ),
        )  # fmt: skip
