"""What the packs answer for a site: whether a rule applies, what it waits for, when it is due."""

from datetime import date

from pytest_bdd import parsers, then

from features.steps.law_site import TODAY, LawSite
from features.steps.moments import DAY, MOMENT, day_of, moment_of
from inspections.states import STATE_NAMES, Happening, Window, occurrence_state
from rules.vocabulary import load_vocabulary

_STATUS = {"适用": {"binds"}, "不适用": set(), "待定": {"may-apply"}}


@then(
    parsers.re(
        f"(?:(?P<on>{DAY})，)?“(?P<title>[^”]+)”(?:对“(?P<target>[^”]+)”)?(?P<status>适用|不适用)"
    )
)
def applies(place: LawSite, title, status, on=None, target=None) -> None:
    """See whether a rule binds here."""
    day = day_of(on) if on else TODAY

    assert _STATUS[status] == {each.status for each in place.bindings(title, day, target=target)}


@then(parsers.re("“(?P<title>[^”]+)”待定，须先回答“(?P<question>.+)”"))
def waits(place: LawSite, title, question) -> None:
    """See that a rule waits for a fact, which is not guessed."""
    known = {name: text.zh for name, text in _questions().items()}
    (found,) = place.bindings(title, TODAY)

    assert "may-apply" == found.status
    assert {question} == {known.get(name) for name in found.waits_for}


@then(parsers.re("“(?P<title>[^”]+)”待定，由场所决定读法"))
def waits_for_a_reading(place: LawSite, title) -> None:
    """See that an open reading of the article is left to the site."""
    (found,) = place.bindings(title, TODAY)

    assert ("may-apply", (f"decision:{found.rule}",)) == (found.status, found.waits_for)


@then(parsers.re(f"(?P<since>{DAY})至(?P<until>{DAY})，“(?P<title>[^”]+)”的截止日为(?P<days>.+)"))
def due_on(place: LawSite, since, until, title, days) -> None:
    """Compare every due day of a span."""
    found = place.occurrences(title, day_of(since), day_of(until))
    due = [occurrence.due_at.astimezone(place.zone).date() for _, occurrence in found]

    assert [day_of(each) for each in days.split("、")] == due


@then(parsers.re(f"(?P<since>{DAY})至(?P<until>{DAY})，“(?P<title>[^”]+)”共(?P<count>\\d+)次"))
def times(place: LawSite, since, until, title, count) -> None:
    """Count the tasks of a span."""
    found = place.occurrences(title, day_of(since), day_of(until))

    assert int(count) == len(found)


@then(parsers.re(f"(?P<on>{DAY})起，“(?P<title>[^”]+)”的时段为(?P<spans>.+)"))
def windows(place: LawSite, on, title, spans) -> None:
    """Compare the windows that open on one day."""
    day = day_of(on)
    found = place.occurrences(title, day, date.fromordinal(day.toordinal() + 1))
    opening = [o for _, o in found if o.opens_at.astimezone(place.zone).date() == day]
    told = [f"{_clock(place, o.opens_at)}至{_clock(place, o.due_at)}" for o in opening]

    assert spans.split("、") == told


@then(
    parsers.re(
        f"截止于(?P<due>{DAY}(?:\\d\\d:\\d\\d)?)的“(?P<title>[^”]+)”在(?P<at>{MOMENT})完成，算(?P<state>.+)"
    )
)
def performed_then(place: LawSite, due, title, at, state) -> None:
    """See what a performance at an instant counts as, once its window is swept."""
    moment = moment_of(at)
    occurrence = place.due_at(title, due)
    window = Window(occurrence.opens_at, occurrence.due_at, occurrence.closes_at)
    log = [Happening("performed", moment)]
    if moment > window.closes_at:
        log.append(Happening("missed", window.closes_at))

    assert state == STATE_NAMES[occurrence_state(window, log)].zh


def _clock(place: LawSite, instant) -> str:
    return f"{instant.astimezone(place.zone):%H:%M}"


def _questions():
    return {each.name: each.question or each.title for each in load_vocabulary().values()}
