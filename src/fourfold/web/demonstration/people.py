"""The invented forces and the people who sign in to the demonstration."""

from dataclasses import dataclass
from typing import Final

from fourfold.web.users.models import Role

NAME: Final = "Fourfold demonstration"


@dataclass(frozen=True)
class Colleague:
    """A person who signs in: rank in the name, role, team by its number (-1: none)."""

    name: str
    role: str
    team: int
    note: str = ""

    @property
    def email(self) -> str:
        """An address that reaches nobody (example.org)."""
        return ".".join(self.name.split()[1:]).lower() + "@example.org"


@dataclass(frozen=True)
class InventedForce:
    """A force: its teams and people; `case_count` of the forty cases are its own."""

    name: str
    contact: str
    teams: tuple[str, ...]
    colleagues: tuple[Colleague, ...]
    case_count: int


TEASELDALE: Final = InventedForce(
    name="Teaseldale Constabulary",
    contact="Stalking single point of contact, 01632 960141",
    teams=("Stalking team, north", "Stalking team, south", "Public protection"),
    case_count=28,
    colleagues=(
        Colleague("DC Wren Applegarth", Role.INVESTIGATOR, 0, "carries Op Teasel"),
        Colleague("DC Idris Fennimore", Role.INVESTIGATOR, 0, "opened a case by break-glass"),
        Colleague("DC Maud Larkspur", Role.INVESTIGATOR, 1, "declared an interest that conflicts"),
        Colleague("DC Osric Thistlewood", Role.INVESTIGATOR, 1),
        Colleague("DC Bryony Hartnoll", Role.INVESTIGATOR, 2),
        Colleague("DS Linnet Marchbanks", Role.SUPERVISOR, 0, "supervises the team of Op Teasel"),
        Colleague("DS Corin Blythe", Role.SUPERVISOR, 1),
        Colleague("DI Hazel Underhay", Role.SUPERVISOR, 2),
        Colleague("Chief Superintendent Rowan Ashdown", Role.SUPERVISOR, 1, "chief officer's view"),
        Colleague("DI Avery Quickthorn", Role.SINGLE_POINT_OF_CONTACT, -1),
        Colleague("Ms Juniper Sallow", Role.ADVOCATE, -1, "works with the victim, by consent"),
        Colleague("Mr Florian Greenhythe", Role.ANALYST, -1),
        Colleague("Ms Odette Pellworth", Role.AUDITOR, -1, "sees who looked at what"),
        Colleague("Mr Tobias Wainscot", Role.ADMINISTRATOR, -1),
        Colleague("Superintendent Verity Oxlade", Role.RESPONDER, -1, "answers recommendations"),
    ),
)
SEDGEMARSH: Final = InventedForce(
    name="Sedgemarsh Police",
    contact="Stalking single point of contact, 01632 960142",
    teams=("Domestic abuse and stalking", "Harm reduction"),
    case_count=12,
    colleagues=(
        Colleague("DC Merle Fenwright", Role.INVESTIGATOR, 0),
        Colleague("DC Alder Quillon", Role.INVESTIGATOR, 1),
        Colleague("DS Saffron Reedmace", Role.SUPERVISOR, 0),
        Colleague("DS Jasper Withy", Role.SUPERVISOR, 1),
        Colleague("Chief Superintendent Ione Marram", Role.SUPERVISOR, 0, "chief officer's view"),
        Colleague("DI Cosmo Bulrush", Role.SINGLE_POINT_OF_CONTACT, -1),
        Colleague("Ms Elowen Samphire", Role.ADVOCATE, -1),
        Colleague("Ms Petra Eelgrass", Role.ANALYST, -1),
        Colleague("Mr Leopold Sandling", Role.AUDITOR, -1),
        Colleague("Ms Clover Driftway", Role.ADMINISTRATOR, -1),
        Colleague("Superintendent Barnaby Reedling", Role.RESPONDER, -1, "answers, in part late"),
    ),
)
FORCES: Final = (TEASELDALE, SEDGEMARSH)


def _office(name: str, colleague: Colleague) -> InventedForce:
    """Return a body around super-complaints: one person signs in for it; it has no cases."""
    return InventedForce(name, "", (), (colleague,), 0)


LANTERNLIGHT: Final = _office(
    "Lanternlight Trust",
    Colleague("Ms Orla Fairweather", Role.COMPLAINANT, -1, "drafts and makes super-complaints"),
)
INSPECTORATE: Final = _office(
    "Thistleland Inspectorate of Constabulary",
    Colleague(
        "Mr Silas Merriweather", Role.COMPLAINTS_OFFICER, -1,
        "for the Chief Inspector: acknowledges, publishes",
    ),
)  # fmt: skip
CONDUCT: Final = _office(
    "Thistleland Office for Police Conduct",
    Colleague("Ms Ottoline Hawksworth", Role.COMPLAINTS_OFFICER, -1, "leads the investigation"),
)
COLLEGE: Final = _office(
    "Thistleland College of Policing",
    Colleague("Mr Edmund Larkfield", Role.COMPLAINTS_OFFICER, -1, "owes a view on eligibility"),
)
COUNCIL: Final = _office(
    "Thistleland Chiefs' Council",
    Colleague("Ms Beatrix Thornleigh", Role.RESPONDER, -1, "collates the progress report"),
)
OFFICES: Final = (LANTERNLIGHT, INSPECTORATE, CONDUCT, COLLEGE, COUNCIL)
EVERYBODY: Final = (*FORCES, *OFFICES)

FURTHER_FORCES: Final = (  # with the two above forty-three; nobody signs in for these
    "Aldermoss", "Ambleford", "Ashenvale", "Barrowmere", "Birchcombe", "Blackthornshire",
    "Bramblewick", "Briarstow", "Cinderford Vale", "Clovershire", "Coldharbour Fells",
    "Cranemarsh", "Dunlinshire", "Eastering", "Elmswater", "Fennimarsh", "Foxgloveshire",
    "Gallowmere", "Greywater", "Harebellshire", "Hazelmoor", "Heronsby", "Hollowdale",
    "Ivydene", "Juniperland", "Kingfisher Coast", "Larchwold", "Linnetshire", "Mallowdene",
    "Marshwiggin", "Nettleshire", "Oakhanger Forest", "Ploverdale", "Quillmere", "Rookshire",
    "Saltreach", "Sorrelvale", "Tarnside", "Thrushcombe", "Wychmoor", "Yarrowshire",
)  # fmt: skip

FIRST_NAMES: Final = (
    "Alban", "Bettany", "Caspian", "Delphine", "Emrys", "Fern", "Godric", "Hester", "Isolde",
    "Jago", "Kerensa", "Lorcan", "Morwenna", "Nyle", "Oriel", "Peregrine", "Quilla", "Rafe",
    "Sorrel", "Tansy", "Ursel", "Vesper", "Wilf", "Xanthe", "Yarrow", "Zennor",
)  # fmt: skip
LAST_NAMES: Final = (
    "Brackwater", "Cobblestane", "Dunnockby", "Elderwick", "Foxholt", "Gorsemoor", "Hollinside",
    "Ivelchester", "Jackdawe", "Kestrelby", "Lapwingham", "Mossendale", "Nettlecombe",
    "Otterbourne-Lee", "Pipistrell", "Quernstone", "Rushmere-Dale", "Stoatley", "Tarnbeck",
    "Umberleigh-Gray", "Voleworthy", "Whimbrell",
)  # fmt: skip
OPERATIONS: Final = (
    "Anvil", "Barley", "Bellows", "Bobbin", "Bracken", "Candle", "Cartwheel", "Chalk", "Clover",
    "Compass", "Copper", "Cornice", "Damson", "Dovetail", "Ember", "Ferrule", "Flint", "Girdle",
    "Hopper", "Inkwell", "Jigsaw", "Kettle", "Lantern", "Lattice", "Mallet", "Nutmeg", "Oatcake",
    "Paddle", "Pewter", "Quill", "Rafter", "Saddle", "Slate", "Sundial", "Tallow", "Thimble",
    "Trellis", "Varnish", "Weaver",
)  # fmt: skip
