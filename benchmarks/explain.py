"""
Explain what cannot be had: 60 people, four posts by the clock, 28 days, 300 named rules.

Run: python -m benchmarks.explain [--people 60] [--seeds 3]

Each case is a file of its own that `xunjian roster explain` reads in a process of its own: settled
shifts that contradict the rules, and demand that cannot be met for want of certificates, of hours,
or for leave. Printed for each kind: the median and the worst of the seconds by the clock and of the
processor's seconds, from the start of the process, on as many cores as the machine has.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

FIRST, DAYS = date(2026, 12, 7), 28
SHIFTS = (("D", "08:00", "16:00"), ("E", "16:00", "00:00"), ("N", "00:00", "08:00"))
POSTS = (("fire-facility-operator", 2), (None, 2), (None, 3), ("low-voltage-electrician", 1))
LIMITS = {
    "rest-hours": 11,
    "week-hours": 44,
    "days-in-a-row": 6,
    "nights-in-a-row": 3,
    "weekly-rest": 1,
}
Case = dict[str, Any]


def case(people: int, seed: int) -> Case:
    """Return a roster with enough people, as its file holds it; the same for the same seed."""
    draw = Random(seed)
    held = [kind for kind, _ in POSTS if kind]
    staff = [_person(draw, number, held) for number in range(people)]
    last = FIRST + timedelta(days=DAYS - 1)
    posts = [_post(number, kind, least) for number, (kind, least) in enumerate(POSTS)]
    return {
        "kind": "duty-roster",
        "from": FIRST,
        "until": last,
        "limits": dict(LIMITS),
        "posts": posts,
        "people": staff,
    }


def _person(draw: Random, number: int, kinds: list[str]) -> Case:
    held = [kind for kind in kinds if draw.random() < 0.4]
    return {
        "id": f"person-{number}",
        "name": {"zh": f"人员{number}", "en": f"Person {number}"},
        "qualifications": [{"kind": kind, "from": date(2020, 1, 1)} for kind in held],
    }


def _post(number: int, kind: str | None, least: int) -> Case:
    shifts = [
        {"code": code, "name": {"zh": code, "en": code}, "since": since, "until": until}
        for code, since, until in SHIFTS
    ]
    return {
        "id": f"post-{number}",
        "name": {"zh": f"岗位{number}", "en": f"Post {number}"},
        "priority": "law" if kind else "house",
        "qualifications": [kind] if kind else [],
        "shifts": [{**shift, "minimum": least} for shift in shifts],
    }


def contradicting(found: Case, draw: Random) -> None:
    """Settle three people for shifts without rest between them."""
    pins = []
    for person in draw.sample(found["people"], 3):
        day = FIRST + timedelta(days=draw.randrange(DAYS - 1))
        for on, shift in ((day, "E"), (day + timedelta(days=1), "N")):
            pins.append({"person": person["id"], "on": on, "post": "post-2", "shift": shift})
    found["pins"] = pins


def short_of_certificates(found: Case, draw: Random) -> None:
    """Leave the certificate of a control room to five people."""
    holders = draw.sample(found["people"], 5)
    for person in found["people"]:
        person["qualifications"] = [
            one for one in person["qualifications"] if one["kind"] != "fire-facility-operator"
        ]
    for person in holders:
        person["qualifications"].append(
            {"kind": "fire-facility-operator", "from": date(2020, 1, 1)}
        )


def short_of_hours(found: Case, draw: Random) -> None:
    """Allow everybody too few hours a week for the whole demand."""
    found["limits"]["week-hours"] = draw.choice((18, 20, 22))


def on_leave(found: Case, draw: Random) -> None:
    """Send all who hold a certificate but three on leave in the same days."""
    since = FIRST + timedelta(days=draw.randrange(DAYS - 5))
    until = since + timedelta(days=3)
    held = [one for one in found["people"] if one["qualifications"]]
    for person in held[3:]:
        person["absences"] = [_span(since.isoformat(), until.isoformat())]


def _span(since: str, until: str) -> Case:
    """Write the days anew for each person: files are read without aliases."""
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    return {"from": first, "until": last, "reason": {"zh": "假", "en": "leave"}}


KINDS = (contradicting, short_of_certificates, short_of_hours, on_leave)


def run(found: Case, folder: Path) -> tuple[float, float, Case]:
    """Return the clock's and the processor's seconds of one explanation, and what it said."""
    file = folder / "case.yaml"
    file.write_text(yaml.safe_dump(found, allow_unicode=True), encoding="utf-8")
    call = [sys.executable, "-c", "from web.cli import main; main()", "roster", "explain"]
    began, used = time.monotonic(), _cpu_seconds()
    done = subprocess.run([*call, str(file), "--json"], capture_output=True, check=False)
    said: Case = json.loads(done.stdout)
    return time.monotonic() - began, _cpu_seconds() - used, said


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    """Print a line for each kind of conflict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=3)
    chosen = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start")
    for kind in KINDS:
        clock, used, explained, proved, least = [], [], 0, 0, 99
        for seed in range(chosen.seeds):
            found = case(chosen.people, seed)
            kind(found, Random(seed))
            with tempfile.TemporaryDirectory() as folder:
                seconds, cpu, said = run(found, Path(folder))
            clock.append(seconds)
            used.append(cpu)
            explained += len(said["findings"])
            proved += sum(one.get("proved", True) for one in said["findings"])
            least = min([least, *(len(one["repairs"]) for one in said["findings"])])
        print(
            f"{kind.__name__:<22} clock {statistics.median(clock):5.1f} s, worst {max(clock):5.1f};"
            f" processor {statistics.median(used):5.2f} s, worst {max(used):5.2f};"
            f" {explained} conflicts, {proved} proved, at least {least} repairs each",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
