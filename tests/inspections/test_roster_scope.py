from datetime import UTC, date, datetime

import pytest

from inspections.importing import import_organisation
from inspections.kept_rosters import keep_roster
from inspections.roster_scope import MOST_TOGETHER, question_of_sites, rostered_together
from inspections.rosters import publish_roster, published_cells
from rules.organisation.model import DateSpan, Person
from rules.text import Text
from scheduler.roster.solver import solve

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
SPAN = date(2026, 3, 2), date(2026, 3, 3)
NAME = Text(zh="保安", en="Guard")
AWAY = DateSpan(since=SPAN[0], until=SPAN[0], reason=Text(zh="病假", en="Sick"))


def _guard(number, *sites, absences=()):
    return Person(id=f"guard-{number}", name=NAME, sites=sites, roles=("guard",), absences=absences)


def _schools(campus, count, people):
    site = campus.sites[0]
    gate = site.posts[0].model_copy(update={"roles": ("guard",)})
    sites = tuple(
        site.model_copy(
            update={
                "id": f"s{n}",
                "places": (),
                "assets": (),
                "posts": (gate.model_copy(update={"id": f"gate-{n}"}),),
            }
        )
        for n in range(count)
    )
    return campus.model_copy(
        update={"sites": sites, "people": tuple(people), "decisions": (), "performed": ()}
    )


def test_sites_that_share_people_are_rostered_together_and_others_are_not(session, campus):
    people = [_guard(0, "s0"), _guard(1, "s0", "s1"), _guard(2, "s1", "s2"), _guard(3, "s3")]
    import_organisation(session, _schools(campus, 4, people), now=NOW)

    found = [rostered_together(session, "campus", site) for site in ("s0", "s3")]

    assert [("s0", "s1", "s2"), ("s3",)] == found
    assert ("s0",) == rostered_together(session, "campus", "s0", scope=("s0", "s1"))


def test_very_many_sites_that_share_people_are_rostered_one_by_one(session, campus):
    count = MOST_TOGETHER + 1
    people = [_guard(0, *(f"s{n}" for n in range(count)))]
    import_organisation(session, _schools(campus, count, people), now=NOW)

    assert ("s4",) == rostered_together(session, "campus", "s4")


@pytest.mark.parametrize("sick", [False, True])
def test_a_site_alone_leaves_what_its_people_stand_elsewhere_as_published(
    session, campus, rulebook, sick
):
    people = [_guard(0, "s0", "s1"), *(_guard(n, "s0") for n in range(1, 4))]
    people += [_guard(n, "s1") for n in range(4, 7)]
    import_organisation(session, _schools(campus, 2, people), now=NOW)
    asked = {"organisation_id": "campus", "span": SPAN, "now": NOW}
    both = question_of_sites(session, rulebook, sites=("s0", "s1"), **asked)
    kept = keep_roster(
        session, both, solve(both, steps=50), organisation_id="campus", seed=0, now=NOW
    )
    publish_roster(session, kept.runs["s1"], by="officer", now=NOW)
    if sick:
        ill = [one.model_copy(update={"absences": (AWAY,)}) for one in people]
        import_organisation(session, _schools(campus, 2, ill), now=NOW)

    alone = question_of_sites(session, rulebook, sites=("s0",), **asked)
    roster = solve(alone, steps=50)
    again = keep_roster(
        session, alone, roster, organisation_id="campus", seed=0, now=NOW, only=("s0",)
    )

    elsewhere = {
        key: cell
        for key, cell in published_cells(session, "campus", *SPAN).items()
        if key[0] == "guard-0" and not (sick and key[1] == SPAN[0])
    }
    assert {"guard-0", "guard-1", "guard-2", "guard-3"} == {one.id for one in alone.people}
    assert elsewhere == {key: roster.cells[key] for key in elsewhere}
    assert {"gate-0"} >= {one.post for one in roster.uncovered}
    assert sick == bool(roster.uncovered)
    assert ["s0"] == list(again.runs)
