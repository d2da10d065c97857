"""What generated sites look like: for each kind its hours, size, places, assets and people."""

from dataclasses import dataclass

WEEK = ["mon", "tue", "wed", "thu", "fri"]
ALL_DAYS = [*WEEK, "sat", "sun"]


@dataclass(frozen=True)
class Profile:
    """
    One kind of site.

    Attributes:
        hours: Variants of days and opening hours, of which each site has one.
        holidays: Whether it closes on public holidays.
        area: Range of floor areas in square metres; the other sizes follow from it.
        places: Kinds of places with the range of their number.
        assets: Kinds of assets with the range of their number.
        meals: Meals served, where it has a canteen.
        facts: Facts that every site of the kind has.
    """

    kind: str
    share: int
    hours: tuple[tuple[list[str], str, str], ...]
    holidays: str
    area: tuple[int, int]
    places: dict[str, tuple[int, int]]
    assets: dict[str, tuple[int, int]]
    meals: dict[str, str]
    facts: dict[str, object]
    schools: bool = False


_FIRE = {
    "extinguisher": (1, 1),
    "hydrant": (1, 1),
    "emergency-lighting": (1, 1),
    "electrical-installation": (1, 1),
}
_SYSTEMS = {"fire-alarm-system": (1, 1), "sprinkler-system": (1, 1), "camera": (1, 1)}
_KITCHEN = {"kitchen-duct": (1, 1), "gas-line": (1, 1), "refrigerator": (1, 3)}
_CANTEEN = {"kitchen": (1, 1), "prep-room": (1, 1), "dining-hall": (1, 1), "food-store": (1, 1)}
_SCHOOL = {"site.unit_type": "institution", "site.assembly_occupancy": True}

PROFILES = (
    Profile(
        kind="kindergarten",
        share=25,
        hours=((WEEK, "07:00", "17:30"), (WEEK, "07:30", "18:00"), (WEEK, "07:30", "17:00")),
        holidays="closed",
        area=(1_800, 8_000),
        places={**_CANTEEN, "classroom": (6, 15), "nap-room": (2, 6), "playground": (1, 1)},
        assets={**_FIRE, **_KITCHEN, "lift": (0, 1), "steriliser": (1, 2), "uv-lamp": (1, 1)},
        meals={"breakfast": "07:50", "lunch": "11:15", "snack": "14:45"},
        facts=_SCHOOL,
        schools=True,
    ),
    Profile(
        kind="primary-school",
        share=20,
        hours=((WEEK, "07:00", "17:30"), (WEEK, "07:20", "18:00")),
        holidays="closed",
        area=(6_000, 25_000),
        places={**_CANTEEN, "classroom": (12, 36), "laboratory": (1, 3), "playground": (1, 1)},
        assets={**_FIRE, **_SYSTEMS, **_KITCHEN, "lift": (0, 2), "water-tank": (1, 1)},
        meals={"lunch": "11:30"},
        facts=_SCHOOL,
        schools=True,
    ),
    Profile(
        kind="secondary-school",
        share=15,
        hours=((ALL_DAYS, "06:00", "22:30"), (WEEK, "06:30", "21:30")),
        holidays="closed",
        area=(15_000, 60_000),
        places={**_CANTEEN, "classroom": (24, 60), "dormitory": (2, 6), "laboratory": (3, 8)},
        assets={**_FIRE, **_SYSTEMS, **_KITCHEN, "lift": (1, 4), "boiler": (0, 1)},
        meals={"breakfast": "06:30", "lunch": "11:50", "dinner": "17:30"},
        facts={**_SCHOOL, "site.boarding": True, "site.children_stay_overnight": True},
        schools=True,
    ),
    Profile(
        kind="hospital",
        share=10,
        hours=((ALL_DAYS, "00:00", "00:00"),),
        holidays="open",
        area=(20_000, 120_000),
        places={**_CANTEEN, "ward": (8, 30), "fire-control-room": (1, 1), "plant-room": (1, 3)},
        assets={**_FIRE, **_SYSTEMS, **_KITCHEN, "lift": (4, 16), "pressure-vessel": (1, 2)},
        meals={"breakfast": "07:00", "lunch": "11:30", "dinner": "17:30"},
        facts={"site.unit_type": "institution", "site.generates_medical_waste": True},
    ),
    Profile(
        kind="mall",
        share=15,
        hours=((ALL_DAYS, "10:00", "22:00"), (ALL_DAYS, "09:30", "21:30")),
        holidays="open",
        area=(15_000, 150_000),
        places={"sales-floor": (3, 8), "fire-control-room": (1, 1), "counter": (4, 20)},
        assets={**_FIRE, **_SYSTEMS, "lift": (2, 8), "escalator": (4, 16)},
        meals={},
        facts={"site.unit_type": "enterprise", "site.public_gathering_place": True},
    ),
    Profile(
        kind="office",
        share=15,
        hours=((WEEK, "08:30", "18:00"), (WEEK, "09:00", "18:00"), (WEEK, "08:00", "17:30")),
        holidays="closed",
        area=(4_000, 60_000),
        places={"office-area": (3, 20), "meeting-room": (2, 8), "car-park": (0, 1)},
        assets={**_FIRE, **_SYSTEMS, "lift": (1, 8), "water-tank": (0, 1)},
        meals={"lunch": "11:45"},
        facts={"site.unit_type": "enterprise", "site.public_gathering_place": False},
    ),
)

# Winter and summer holidays of regions, around which the terms lie.
REGIONS = (
    ("浙江省", "杭州市", ("2026-02-01", "2026-03-01"), ("2026-07-01", "2026-08-31")),
    ("山东省", "青岛市", ("2026-01-31", "2026-03-02"), ("2026-07-11", "2026-08-31")),
    ("河南省", "郑州市", ("2026-02-02", "2026-03-04"), ("2026-07-04", "2026-08-30")),
    ("上海市", "上海市", ("2026-02-02", "2026-03-02"), ("2026-07-01", "2026-08-31")),
)
ROLES = (
    ["manager", "responsible-person"],
    ["safety-officer", "inspector"],
    ["inspector"],
    ["cook"],
    ["guard"],
    ["engineer", "inspector"],
)
