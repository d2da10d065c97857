"""Rounds as honest people walk them, and single things planted into them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from inspections.plausibility.material import Photo, Reading, Walk, Ways
from inspections.plausibility.thresholds import limits_on

MONTH = datetime(2026, 11, 1, tzinfo=UTC)
LIMITS = limits_on(MONTH.date(), {})
# Two sites; the first has two buildings, and a way of nine minutes inside the first of them.
PLACES = ((1, "hall"), (1, "roof"), (1, "annex"), (2, "shop"), (2, "store"))
WAYS = Ways(
    minutes={(1, "hall", "roof"): 9},
    buildings={(1, "hall"): "A", (1, "roof"): "A", (1, "annex"): "B"},
    between_buildings=LIMITS["walk_buildings"],
    between_sites=LIMITS["walk_sites"],
)


def honest_walks(seed: int, days: int = 30) -> list[Walk]:
    """Return what three people walk in a month, each at a pace of their own."""
    random = Random(seed)
    walks = []
    for by in ("chen", "cao", "lin"):
        pace = random.uniform(LIMITS["haste_seconds"] + 0.1, 40)
        for day in range(days):
            walks += _a_day(random, by, MONTH + timedelta(days=day, hours=1), pace)
    return walks


def _a_day(random: Random, by: str, at: datetime, pace: float) -> list[Walk]:
    walks: list[Walk] = []
    for place in random.sample(PLACES, random.randint(0, 4)):
        answers = random.randint(1, 30)
        walk = a_walk(by, place, at, seconds=pace * (answers - 1), answers=answers)
        if walks:
            needed, _ = WAYS.needed(walks[-1], walk)
            later = timedelta(minutes=needed + random.uniform(0, 20))
            walk = moved(walk, walks[-1].last_at + later - walk.first_at)
        # Windows of a day up to a month; long ones are used whenever their turn comes.
        opens = walk.finished_at - timedelta(days=random.uniform(0, 20))
        walks.append(replace(walk, opens_at=opens, due_at=opens + timedelta(days=21)))
    return walks


def a_walk(by: str, place: tuple[int, str], at: datetime, *, seconds: float, answers: int) -> Walk:
    """Return an inspection whose first answer is given at *at*."""
    last = at + timedelta(seconds=seconds)
    return Walk(
        id=f"{by}-{place[1]}-{at:%d%H%M%S%f}",
        by=by,
        site_id=place[0],
        place=place[1],
        target=("place", place[1]),
        rule="round",
        opens_at=at - timedelta(hours=2),
        due_at=at + timedelta(hours=8),
        first_at=at,
        last_at=last,
        answers=answers,
        finished_at=last + timedelta(seconds=20),
    )


def moved(walk: Walk, by: timedelta) -> Walk:
    """Return the inspection at another time."""
    times = ("first_at", "last_at", "finished_at")
    return replace(walk, **{name: getattr(walk, name) + by for name in times})


def honest_readings(seed: int, count: int = 60) -> list[Reading]:
    """Return readings twice a day that wander, as a thermometer's do."""
    random = Random(seed)
    value, found = 4.0, []
    for number in range(count):
        value = round(value + random.choice((-0.3, -0.2, -0.1, 0.1, 0.2, 0.3)), 1)
        found.append(a_reading(number, value))
    return found


def a_reading(number: int, value: object) -> Reading:
    """Return the reading of a fridge at half a day's step."""
    at = MONTH + timedelta(hours=12 * number)
    return Reading(f"i{number:03}", "chen", 1, ("asset", "fridge"), "cold", "c", value, at)


def honest_photos(seed: int, count: int = 80) -> list[Photo]:
    """Return photos that each show a scene of their own."""
    random = Random(seed)
    return [
        a_photo_of(number, random.randbytes(32).hex(), random.getrandbits(64) - (1 << 63))
        for number in range(count)
    ]


def a_photo_of(number: int, sha256: str, look: int | None) -> Photo:
    """Return a photo of the *number*th inspection."""
    at = MONTH + timedelta(hours=number)
    return Photo(sha256, look, ("inspection", f"i{number:03}"), 1, "chen", at)
