"""Find days, times, leaders and scenarios for the drills of a year that have none yet."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from inspections.drills.clock_times import start_time
from inspections.drills.problems import Problem, Problems
from inspections.drills.required import Required
from rules.organisation.model import Organisation, Site
from rules.text import Text
from scheduler.drills.leaders import with_leaders
from scheduler.drills.planner import plan_drills
from scheduler.drills.problem import DrillEvent, DrillPlan
from scheduler.drills.turns import with_turns
from scheduler.workdays import WorkCalendar

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Found:
    """
    A new drill.

    Attributes:
        site: Key of the site that leads it.
        serves: Every drill wanted that it serves, at all sites that take part.
        starts_at: Aware time of the site's zone.
        avoids: Why its day is less good than others.
    """

    site: str
    kind: str
    on: date
    starts_at: datetime
    minutes: int
    hidden: bool
    serves: tuple[Required, ...]
    leader: str | None
    scenario: Text | None
    shift: Text | None
    building: Text | None
    avoids: tuple[Text, ...]


@dataclass(frozen=True)
class Short:
    """A drill wanted that has no day; `proved` tells whether no plan holds more."""

    wanted: Required
    reason: Text
    proved: bool


@dataclass(frozen=True)
class Proposed:
    """
    What planning a year came to.

    Attributes:
        joined: What a drill that stands serves as well now: its row id and the drill wanted.
        idle: Keys of wardens who lead no drill, by site.
    """

    found: tuple[Found, ...]
    joined: tuple[tuple[int, Required], ...]
    short: tuple[Short, ...]
    idle: dict[str, tuple[str, ...]]


@dataclass
class Proposing:
    """
    Plans a year site by site; what several sites hold together comes first.

    Attributes:
        secret: What unannounced days and their times are drawn from.
        steps: Thousandths of CP-SAT's deterministic second for each site.
    """

    organisation: Organisation
    problems: Problems
    secret: str
    steps: int = 50
    progress: Progress = lambda _done, _all: None

    def propose(self, required: Sequence[Required]) -> Proposed:
        """Return the drills that are still to be planned."""
        alone, together = self._grouped(required)
        found: list[Found] = []
        joined: list[tuple[int, Required]] = []
        short: list[Short] = []
        idle: dict[str, tuple[str, ...]] = {}
        busy: defaultdict[str, list[date]] = defaultdict(list)
        everything = [*together.items(), *((keys, alone[keys]) for keys in alone)]
        for done, (keys, groups) in enumerate(everything):
            self.progress(done, len(everything))
            sites = [site for site in self.organisation.sites if site.id in keys]
            taken = busy[keys[0]] if len(keys) == 1 else ()
            problem = self.problems.of(sites, groups, taken)
            plan = plan_drills(problem.drills, secret=self.secret, steps=self.steps)
            if len(keys) > 1:
                for key in keys:
                    busy[key] += [event.day for event in plan.events]
            events, left = self._new_events(problem, plan)
            found += [self._found(problem, event) for event in events]
            joined += self.problems.joined(problem, plan)
            short += _short(problem, plan)
            if left:
                idle["+".join(keys)] = left
        self.progress(len(everything), len(everything))
        return Proposed(tuple(found), tuple(joined), tuple(short), idle)

    def _grouped(
        self, required: Sequence[Required]
    ) -> tuple[
        dict[tuple[str, ...], list[tuple[Required, ...]]],
        dict[tuple[str, ...], list[tuple[Required, ...]]],
    ]:
        """Return drills of single sites, and those that several hold as one, by sites."""
        alone: defaultdict[tuple[str, ...], list[tuple[Required, ...]]] = defaultdict(list)
        joint: defaultdict[tuple[str, str], list[Required]] = defaultdict(list)
        for one in required:
            if one.rule in self.problems.settings.together:
                joint[one.rule, one.period].append(one)
            else:
                alone[(one.site,)].append((one,))
        together: defaultdict[tuple[str, ...], list[tuple[Required, ...]]] = defaultdict(list)
        for some in joint.values():
            if len(some) > 1 and max(o.since for o in some) <= min(o.until for o in some):
                together[tuple(one.site for one in some)].append(tuple(some))
            else:
                for one in some:
                    alone[(one.site,)].append((one,))
        return dict(alone), dict(together)

    def _new_events(
        self, problem: Problem, plan: DrillPlan
    ) -> tuple[tuple[DrillEvent, ...], tuple[str, ...]]:
        """Return the events that do not stand yet, with turns and leaders, and who leads none."""
        pinned = {one.id for one in problem.drills.wanted if one.pinned_on is not None}
        new = [replace(event, takes={}) for event in plan.events if not pinned & set(event.serves)]
        settled = {(one.day, one.kind): one.leader for one in new if one.leader is not None}
        turned = with_turns(problem.drills, tuple(new))
        led, _ = with_leaders(problem.drills, turned, settled)
        leading = {event.leader for event in led}
        left = (one.id for one in problem.drills.leaders if not one.led and one.id not in leading)
        return led, tuple(left)

    def _found(self, problem: Problem, event: DrillEvent) -> Found:
        served = tuple(one for id_ in event.serves for one in problem.members[id_])
        site, minutes = problem.sites[0], max(one.minutes for one in served)
        shift = problem.shifts.get(event.takes.get("shift", ""))
        building = event.takes.get("building")
        draw = f"{self.secret}|{site.id}|{event.kind}|{event.day.isoformat()}"
        starts = start_time(
            site, self._calendar(site), event.day, minutes=minutes, shift=shift, draw=draw
        )
        return Found(
            site=site.id,
            kind=served[0].kind,
            on=event.day,
            starts_at=starts,
            minutes=minutes,
            hidden=event.drawn,
            serves=served,
            leader=event.leader,
            scenario=problem.scenarios.get(event.takes.get("scenario", "")),
            shift=shift.name if shift else None,
            building=Text(zh=building, en=building) if building else None,
            avoids=event.avoids,
        )

    def _calendar(self, site: Site) -> WorkCalendar:
        zone, country = self.organisation.time_zone, self.organisation.country
        return WorkCalendar(site.calendar, time_zone=zone, country=country)


def _short(problem: Problem, plan: DrillPlan) -> Iterator[Short]:
    for one in plan.missing:
        for wanted in problem.members.get(one.id, ()):
            yield Short(wanted, one.reason, one.proved)
