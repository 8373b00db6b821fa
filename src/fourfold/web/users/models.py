"""Forces, teams, the people who sign in, and the interests they have declared."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from simple_history.models import HistoricalRecords

from fourfold.web.base.models import Referenced


class Role(models.TextChoices):
    """What a person is here for. One account has one role."""

    INVESTIGATOR = "investigator", "Investigator"
    SUPERVISOR = "supervisor", "Supervisor"
    SINGLE_POINT_OF_CONTACT = "single_point_of_contact", "Single point of contact"
    ADVOCATE = "advocate", "Stalking advocate"
    ANALYST = "analyst", "Analyst"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
    COMPLAINANT = "complainant", "Representative of a designated body"
    COMPLAINTS_OFFICER = "complaints_officer", "Super-complaints officer"
    RESPONDER = "responder", "Responder to recommendations"


class IdentifierKind(models.TextChoices):
    """Kinds of identifier that can be compared across reports, cases and declared interests."""

    PHONE = "phone", "Phone number"
    EMAIL = "email", "Email address"
    ACCOUNT = "account", "Online account"
    VEHICLE = "vehicle", "Vehicle registration"
    ADDRESS = "address", "Address"
    NAME = "name", "Name"
    DEVICE = "device", "Device (IMEI)"
    SIM = "sim", "SIM (IMSI)"
    CARD = "card", "Card"


class Force(Referenced):
    """The tenant: an organisation whose people sign in here, most often a police force.

    Support services work within the force that refers to them. Bodies that complain, decide on or
    answer super-complaints are tenants of their own; the register `supercomplaints.Organisation`
    says what each is.
    """

    PREFIX = "F"
    name = models.CharField(max_length=100, unique=True)
    contact = models.CharField(
        max_length=200, blank=True, help_text="How another force reaches the stalking contact."
    )

    class Meta:
        ordering: ClassVar = ["name"]


class Team(Referenced):
    """A team of a force. A supervisor sees the cases of the team."""

    PREFIX = "T"
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "name"], name="team_name_once_per_force")
        ]


class UserManager(BaseUserManager["User"]):
    """Makes users; nobody has a password."""

    def get_queryset(self) -> models.QuerySet["User"]:
        """Load the force with the user: every page and every entry of the ledger names it."""
        return super().get_queryset().select_related("force")

    def create_user(self, *, email: str, name: str, role: str, force: Force, **more: Any) -> "User":
        """Write a new user, who can sign in by passkey only."""
        user = self.model(
            email=self.normalize_email(email).lower(), name=name, role=role, force=force, **more
        )
        user.set_unusable_password()
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user of an email address."""
        return self.get(email=username)


class User(AbstractBaseUser, Referenced):
    """A person who signs in: one role, one force, at most one team."""

    PREFIX = "U"
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=30, choices=Role.choices)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="users")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="members", null=True, blank=True
    )
    is_active = models.BooleanField(default=True)
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name", "role"]

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [models.Index(fields=["force", "role"])]

    def __str__(self) -> str:
        return self.ref


class DeclaredInterest(Referenced):
    """Something of a user's own life that must not meet the user's cases.

    The user's own name, relatives, addresses, phones, accounts, vehicles. `normalised` is made by
    `users.identifiers.normalise` and compared with the identifiers of a case before it opens.
    """

    PREFIX = "DI"
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="declared_interests")
    kind = models.CharField(max_length=20, choices=IdentifierKind.choices)
    normalised = models.CharField(max_length=200)
    relation = models.CharField(
        max_length=100, help_text="Whose it is: own, partner, former partner, relative, friend."
    )
    history = HistoricalRecords()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "kind", "normalised"], name="interest_declared_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "normalised"])]


class SignInToken(models.Model):
    """A link that signs in once: to enrol a passkey, or in a demonstration; kept as a hash."""

    class Purpose(models.TextChoices):
        """What the link is for."""

        ENROL = "enrol", "Enrol a passkey"
        DEMONSTRATION = "demonstration", "Demonstration"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_tokens")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.purpose} link"


class ApiToken(Referenced):
    """A key with which a program acts as one user, never as more. Only its hash is kept."""

    PREFIX = "AK"
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=60, help_text="Which program uses it.")
    sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
