"""Sets of roles, and whose the thing is that they ask for."""

from dataclasses import dataclass, field, replace

STRANGER = "stranger"


@dataclass(frozen=True)
class Who:
    """
    Somebody of these roles.

    Attributes:
        whose: What the thing in the address belongs to.
        form: What is sent with it.
    """

    roles: frozenset[str]
    whose: str = "site"
    form: dict[str, str] = field(default_factory=dict)

    def of(self, whose: str) -> "Who":
        return replace(self, whose=whose)

    def sent(self, **form: str) -> "Who":
        return replace(self, form=form)

    def __add__(self, other: "Who") -> "Who":
        return replace(self, roles=self.roles | other.roles)


def _roles(*names: str) -> Who:
    return Who(frozenset(names))


ADMINISTRATOR = _roles("administrator")
AUDITORS = ADMINISTRATOR + _roles("responsible-person")
OFFICERS = ADMINISTRATOR + _roles("safety-officer")
TICKET_ROLES = OFFICERS + _roles("team-lead")
LEADERS = TICKET_ROLES + _roles("responsible-person")
READERS = LEADERS + _roles("viewer")
RECORDERS = LEADERS + _roles("inspector")
STAFF = RECORDERS + _roles("viewer")
CONTRACTOR = _roles("contractor")
EVERYBODY = STAFF + CONTRACTOR
ANYBODY = (EVERYBODY + _roles(STRANGER)).of("nobody")
# Signed in or not, they ask for a password of their own.
BY_APP_PASSWORD = _roles().of("app password")
