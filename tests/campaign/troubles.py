"""What befalls a walk: each trouble strikes between two touches."""

from collections.abc import Callable, Mapping
from random import Random

from tests.campaign.faulty_proxy import Fault, Plan, Request

# A page that somebody else's server answers, or that breaks, is no page to walk on; what the
# device sends by itself meets everything.
_OF_PAGES = (Fault.LOST_BEFORE, Fault.ANSWER_LOST, Fault.ERROR_INSTEAD, Fault.SLOW)
_OF_SENDING = tuple(Fault)


def cut_at(first: int, fault: Fault) -> Plan:
    """Strike the request of the device's own sending that comes after *first* others, once."""
    seen = iter(range(10**9))

    def plan(request: Request) -> Fault | None:
        if not _sends(request):
            return None
        return fault if next(seen) == first else None

    return plan


def now_and_then(random: Random, share: float) -> Plan:
    """Strike a share of all requests, each in a way of its own."""
    own = Random(random.random())

    def plan(request: Request) -> Fault | None:
        if own.random() >= share:
            return None
        return own.choice(_OF_SENDING if _sends(request) else _OF_PAGES)

    return plan


def always(fault: Fault) -> Plan:
    """Strike every request in one way."""
    return lambda _request: fault


def network(random: Random) -> tuple[str, Plan | None]:
    """Return a network by chance, with its name; nothing for a server that is not there."""
    first = random.randrange(12)
    fault = random.choice(_OF_SENDING)
    share = random.choice((0.1, 0.3, 0.6))
    choices: tuple[tuple[str, Callable[[], Plan | None]], ...] = (
        ("no server", lambda: None),
        (f"request {first} is {fault}", lambda: cut_at(first, fault)),
        (f"{share:.0%} of requests fail", lambda: now_and_then(random, share)),
        ("every answer is lost", lambda: _of_sending(Fault.ANSWER_LOST)),
        ("everything takes 20 seconds", lambda: always(Fault.SLOW)),
        ("a good network", lambda: lambda _request: None),
    )
    name, made = random.choice(choices)
    return name, made()


def _of_sending(fault: Fault) -> Plan:
    return lambda request: fault if _sends(request) else None


def _sends(request: Request) -> bool:
    return request.path.startswith("/sync/")


# How often each strikes among those that do.
TROUBLES: Mapping[str, int] = {
    "the network changes": 5,
    "the tab is killed": 4,
    "the browser is killed": 3,
    "the server is restarted": 2,
    "a second tab is opened": 2,
    "the tablet is nearly full": 2,
    "the session expires": 2,
    "the app is upgraded": 1,
    "another person signs in": 1,
}


def troubles(random: Random, steps: int) -> dict[int, str]:
    """Return what strikes before which step of a walk of *steps*."""
    names, weights = list(TROUBLES), list(TROUBLES.values())
    struck = random.sample(range(1, steps), k=random.choice((2, 3, 3, 4)))
    return {step: random.choices(names, weights)[0] for step in sorted(struck)}
