"""Fill an empty database with the invented world: what real actions would leave, in seconds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from fourfold.web.accountability import context
from fourfold.web.base.models import Instance
from fourfold.web.cases import search
from fourfold.web.demonstration import case_records, events, people, public_side, story
from fourfold.web.demonstration.writing import Book, create
from fourfold.web.users.models import Force, Role, Team, User


class NotEmptyError(Exception):
    """The database holds something already: an invented world is never mixed with a real one."""


@dataclass
class World:
    """What was made so far, at hand for the next step."""

    now: datetime
    rng: Random
    forces: list[Force] = field(default_factory=list)
    teams: list[list[Team]] = field(default_factory=list)
    users: list[dict[str, list[User]]] = field(default_factory=list)

    def of_role(self, force: int, role: str, team: Team | None = None) -> list[User]:
        """Return the people of a role, in a team where one is given."""
        found = self.users[force][role]
        return [user for user in found if team is None or user.team_id == team.pk]

    def first(self, force: int, role: str, team: Team | None = None) -> User:
        """Return the first of a role (of a team, if anybody there has it)."""
        return (self.of_role(force, role, team) or self.of_role(force, role))[0]


def seed(now: datetime | None = None) -> World:
    """Make the invented world; the same for a moment.

    Raises:
        NotEmptyError: somebody signs in to this database already.
    """
    if User.objects.exists():
        raise NotEmptyError("this database is not empty; choose another FOURFOLD_HOME")
    moment = (now or timezone.now()).replace(second=0, microsecond=0)
    world = World(moment - timedelta(hours=1), Random(story.SEED))  # noqa: S311 - not secret
    with transaction.atomic(), context.running(channel="command"):
        Instance.objects.update_or_create(
            pk=1, defaults={"is_demonstration": True, "name": people.NAME}
        )
        book = Book()
        _people(world, book)
        book.write()
        stories = story.cases(world.now)
        opened = case_records.write(world, stories, book)
        book.write()
        events.write(world, stories, opened)
        public_side.write(world, book)
        search.rebuild()
    return world


def _people(world: World, book: Book) -> None:
    for invented in people.EVERYBODY:
        force = Force.objects.create(name=invented.name, contact=invented.contact)
        world.forces.append(force)
        teams = create(Team, [Team(force=force, name=name) for name in invented.teams])
        world.teams.append(teams)
        made = create(User, [_user(force, teams, each) for each in invented.colleagues])
        by_role: dict[str, list[User]] = defaultdict(list)
        for user in made:
            by_role[user.role].append(user)
        world.users.append(by_role)
        if Role.ADMINISTRATOR not in by_role:  # a body's one person: the operator's command
            continue
        administrator = by_role[Role.ADMINISTRATOR][0]
        for team in teams:
            book.note(administrator, "team.add", team, "own-force")
        for user in made:
            book.note(administrator, "user.invite", user, "own-force", role=user.role)


def _user(force: Force, teams: Sequence[Team], colleague: people.Colleague) -> User:
    user = User(
        email=colleague.email,
        name=colleague.name,
        role=colleague.role,
        force=force,
        team=teams[colleague.team] if colleague.team >= 0 else None,
    )
    user.set_unusable_password()
    return user
