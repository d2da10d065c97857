"""
A generator of sites for benchmarks: kinds, places, assets, people and opening hours by a seed.

`python -m benchmarks.sites --sites 1000 --seed 1` prints how many duties they have and how many
occurrences a year of them makes.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.site_profiles import PROFILES, REGIONS, ROLES, Profile
from rules.organisation.model import Organisation

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
# One site in ten closes on a day of its own, so that not all calendars of a kind are equal.
_OWN_CLOSED_DAY = 0.1
_KEEPERS = 3


def generate_organisation(*, sites: int, seed: int) -> Organisation:
    """Return an organisation with *sites* sites; equal seeds give equal organisations."""
    random = Random(seed)
    shares = [profile.share for profile in PROFILES]
    chosen = random.choices(PROFILES, weights=shares, k=sites)
    drawn = [_site(f"s{number:04d}", profile, random) for number, profile in enumerate(chosen)]
    people = [person for site in drawn for person in _people(site["id"])]
    return Organisation.model_validate(
        {
            "id": f"generated-{seed}",
            "name": _text(f"{sites} 个生成的场所", f"{sites} generated sites"),
            "sites": drawn,
            "people": people,
        }
    )


def _site(site_id: str, profile: Profile, random: Random) -> dict[str, Any]:
    province, city, winter, summer = random.choice(REGIONS)
    assets = list(_things(profile.assets, random))
    area = random.randrange(*profile.area)
    kinds = {kind for kind, _ in assets}
    facts = {
        "site.kind": profile.kind,
        "site.province": province,
        "site.city": city,
        "site.area_m2": area,
        "site.storeys": random.randint(2, 12),
        "site.height_m": random.choice((11.5, 23.0, 31.0, 58.0)),
        "site.staff": max(10, area // 120),
        "site.diners": max(30, area // 20),
        "site.fire_key_unit": area > 5_000,
        "site.high_rise": random.random() < 0.2,
        "site.has_canteen": bool(profile.meals),
        "site.uses_gas": "gas-line" in kinds,
        "site.has_lifts": bool(kinds & {"lift", "escalator"}),
        "site.has_automatic_fire_systems": "sprinkler-system" in kinds,
        "site.has_building_fire_facilities": True,
        "site.has_fire_control_room": "fire-control-room" in profile.places,
        "site.has_secondary_water_supply": "water-tank" in kinds,
        "site.has_cctv": "camera" in kinds,
        "site.employer": True,
        **profile.facts,
    }
    return {
        "id": site_id,
        "name": _text(f"{city}{site_id}", f"{profile.kind} {site_id}"),
        "facts": facts,
        "calendar": _calendar(profile, winter, summer, random),
        "places": [
            _thing(site_id, "place", kind, number)
            for kind, number in _things(profile.places, random)
        ],
        "assets": [_thing(site_id, "asset", kind, number) for kind, number in assets],
    }


def _calendar(
    profile: Profile, winter: tuple[str, str], summer: tuple[str, str], random: Random
) -> dict[str, Any]:
    days, opens, closes = random.choice(profile.hours)
    closed = []
    if random.random() < _OWN_CLOSED_DAY:
        day = FIRST + timedelta(days=random.randrange(365))
        closed.append({"from": day, "until": day, "reason": _text("设备检修", "Maintenance")})
    calendar: dict[str, Any] = {
        "opening": [{"days": days, "opens": opens, "closes": closes}],
        "public_holidays": profile.holidays,
        "closed": closed,
        "meals": [{"meal": meal, "at": at} for meal, at in profile.meals.items()],
    }
    if profile.schools:
        spans = (("寒假", "Winter holiday", winter), ("暑假", "Summer holiday", summer))
        for zh, en, (since, until) in spans:
            closed.append({"from": since, "until": until, "reason": _text(zh, en)})
        calendar["terms"] = _terms(winter, summer)
    return calendar


def _terms(winter: tuple[str, str], summer: tuple[str, str]) -> list[dict[str, Any]]:
    """Return the three terms that touch 2026: between, before and after the two holidays."""
    one = timedelta(1)
    spring = date.fromisoformat(winter[1]) + one, date.fromisoformat(summer[0]) - one
    autumn = date.fromisoformat(summer[1]) + one
    spans = {
        "autumn-2025": (date(2025, 9, 1), date.fromisoformat(winter[0]) - one),
        "spring-2026": spring,
        "autumn-2026": (autumn, date(2027, 1, 22)),
    }
    return [
        {"id": name, "name": _text(name, name), "from": since, "until": until}
        for name, (since, until) in spans.items()
    ]


def _things(kinds: dict[str, tuple[int, int]], random: Random) -> Iterator[tuple[str, int]]:
    for kind, (fewest, most) in kinds.items():
        for number in range(1, random.randint(fewest, most) + 1):
            yield kind, number


def _thing(site_id: str, target: str, kind: str, number: int) -> dict[str, Any]:
    facts: dict[str, Any] = {f"{target}.kind": kind}
    if target == "asset":
        facts["asset.in_service"] = True
        facts["asset.special_equipment"] = kind in {"lift", "escalator", "boiler"}
    return {
        "id": f"{kind}-{number}",
        "name": _text(f"{kind} {number}", f"{kind} {number}"),
        "facts": facts,
        "keeper": f"{site_id}-p{number % _KEEPERS}",
    }


def _people(site_id: str) -> Iterator[dict[str, Any]]:
    for number, roles in enumerate(ROLES):
        name = f"{site_id}-p{number}"
        yield {"id": name, "name": _text(name, name), "sites": [site_id], "roles": roles}


def _text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def main() -> None:
    """Print the duties of generated sites and the rows that a year of them makes."""
    from rules.loader import load_rulebook
    from scheduler.duties import expanded

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    organisation = generate_organisation(sites=asked.sites, seed=asked.seed)
    rows: Counter[str] = Counter()
    duties: set[tuple[str, str]] = set()
    found = expanded(load_rulebook(), organisation, since=FIRST, until=LAST)
    for duty, _ in found:
        duties.add((duty.binding.rule, duty.binding.target))
        rows[duty.rule.domain] += 1
    kinds = Counter(str(site.facts["site.kind"]) for site in organisation.sites)
    print(f"{asked.sites} sites (seed {asked.seed}): {dict(kinds)}")
    print(
        f"{len(duties):,} duties with occurrences, {rows.total():,} expected rows in {FIRST.year}"
    )
    for domain, count in rows.most_common():
        print(f"  {domain}: {count:,} rows")


if __name__ == "__main__":
    main()
