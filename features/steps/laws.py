"""A site as a safety officer tells it: what it is, what is in it, who works there, what happens."""

from typing import Any

from pytest_bdd import given, parsers

from features.steps.law_site import LawSite, event_code, fact_value, facts_in
from features.steps.moments import DAY, MOMENT, day_of, moment_of
from rules.rulebook import RuleBook
from rules.vocabulary import load_vocabulary

WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_DAYS = {"每天": WEEK, "周一至周五": WEEK[:5], "周一至周六": WEEK[:6]}
_MEALS = {"早餐": "breakfast", "午餐": "lunch", "晚餐": "dinner", "加餐": "snack"}
_ZONES = {"英国": ("GB", "Europe/London"), "美国": ("US", "America/New_York")}
_ZONES |= {"德国": ("DE", "Europe/Berlin"), "中国": ("CN", "Asia/Shanghai")}


def _named(name: str) -> dict[str, str]:
    return {"zh": name, "en": name}


@given("一个场所，情况是：", target_fixture="place")
def a_site(datatable, full_rulebook: RuleBook) -> LawSite:
    """Describe a site by its facts; open from Monday to Friday, 08:00 to 18:00."""
    site: dict[str, Any] = {
        "id": "site",
        "name": _named("本场所"),
        "facts": facts_in(datatable, "site"),
        "calendar": {"opening": [{"days": WEEK[:5], "opens": "08:00", "closes": "18:00"}]},
    }
    data = {"id": "unit", "name": _named("本单位"), "sites": [site], "packs": []}
    return LawSite(full_rulebook, {**data, "time_zone": "Asia/Shanghai", "country": "CN"})


@given(parsers.re(r"(?P<days>每天|周一至周五|周一至周六)(?P<opens>[\d:]+)至(?P<closes>[\d:]+)开放"))
def opening(place: LawSite, days, opens, closes) -> None:
    """Set the opening hours."""
    span = {"days": _DAYS[days], "opens": opens, "closes": closes}
    place.site["calendar"]["opening"] = [span]
    if days == "每天":
        place.site["calendar"]["public_holidays"] = "open"


@given(parsers.re(r"夜间为(?P<since>[\d:]+)至(?P<until>[\d:]+)"))
def night(place: LawSite, since, until) -> None:
    """Set the night of the site."""
    place.site["calendar"] |= {"night_from": since, "night_until": until}


@given(parsers.re(f"学期为(?P<since>{DAY})至(?P<until>{DAY})"))
def term(place: LawSite, since, until) -> None:
    """Add a term."""
    known = place.site["calendar"].setdefault("terms", [])
    span = {"from": day_of(since), "until": day_of(until)}
    known.append({"id": f"term-{len(known)}", "name": _named("学期"), **span})


@given(parsers.re(r"(?P<meal>早餐|午餐|晚餐|加餐)(?P<at>\d\d:\d\d)开餐"))
def meal(place: LawSite, meal, at) -> None:
    """Serve a meal."""
    place.site["calendar"].setdefault("meals", []).append({"meal": _MEALS[meal], "at": at})


@given(parsers.re("场所在(?P<country>英国|美国|德国|中国)"))
def country(place: LawSite, country) -> None:
    """Move the site to another country."""
    place.data["country"], place.data["time_zone"] = _ZONES[country]


@given(parsers.re("单位采用规则包“(?P<title>[^”]+)”"))
def pack(place: LawSite, title) -> None:
    """Name a pack that does not apply by itself."""
    found = [each.id for each in place.book.packs if each.title.zh == title]
    place.data["packs"] += found
    assert len(found) == 1, title


@given(parsers.re("场所有(?P<part>设施|部位|岗位)“(?P<name>[^”]+)”，情况是："))
def part(place: LawSite, part, name, datatable) -> None:
    """Put an asset, a place or a post into the site."""
    section, kind = {"设施": ("assets", "asset"), "部位": ("places", "place")}.get(
        part, ("posts", "post")
    )
    listed = place.site.setdefault(section, [])
    item = {"id": f"{kind}-{len(listed)}", "name": _named(name)}
    if kind == "post":
        item["shifts"] = [{"code": "D", "name": _named("班"), "since": "08:00", "until": "20:00"}]
        item["shifts"].append(
            {"code": "N", "name": _named("夜班"), "since": "20:00", "until": "08:00"}
        )
    listed.append({**item, "facts": facts_in(datatable, kind)})


@given(parsers.re("场所有人员“(?P<name>[^”]+)”，岗位为(?P<roles>[^，]+)(?:，情况是：)?"))
def person(place: LawSite, name, roles, datatable=None) -> None:
    """Let somebody work at the site."""
    people = place.data.setdefault("people", [])
    known = fact_value(load_vocabulary()["person.roles"], roles)
    facts = facts_in(datatable or [], "person")
    people.append(
        {"id": f"person-{len(people)}", "name": _named(name), "sites": ["site"], "roles": known}
        | {"facts": facts}
    )


@given(
    parsers.re(f"“(?P<name>[^”]+)”持有“(?P<kind>[^”]+)”，有效期(?P<since>{DAY})至(?P<until>{DAY})")
)
def certificate(place: LawSite, name, kind, since, until) -> None:
    """Give somebody a certificate; both ends count."""
    person = next(each for each in place.data["people"] if each["name"]["zh"] == name)
    (code,) = fact_value(load_vocabulary()["person.qualifications"], kind)
    person.setdefault("qualifications", []).append(
        {"kind": code, "from": day_of(since), "until": day_of(until)}
    )


@given(parsers.re(f"(?:“(?P<target>[^”]+)”)?上次“(?P<title>[^”]+)”是在(?P<on>{DAY})"))
def performed(place: LawSite, target, title, on) -> None:
    """Say when a duty was last done."""
    full = f"site/{place.key(target)}" if target else "site"
    done = {"rule": place.any_rule(title).id, "target": full, "on": day_of(on)}
    place.data.setdefault("performed", []).append(done)


@given(parsers.re(f"(?P<at>{MOMENT})(?:，“(?P<target>[^”]+)”)?发生“(?P<kind>[^”]+)”"))
def event(place: LawSite, at, target, kind) -> None:
    """Record an event."""
    events = place.data.setdefault("events", [])
    found = {"id": f"event-{len(events)}", "site": "site", "kind": event_code(kind)}
    if target:
        found["target"] = place.key(target)
    events.append({**found, "at": moment_of(at)})


@given(parsers.re("场所对“(?P<title>[^”]+)”的读法是(?P<answer>适用|不适用)"))
def decision(place: LawSite, title, answer) -> None:
    """Let the site decide an open reading, once and with a note."""
    taken = {"rule": place.any_rule(title).id, "site": "site", "applies": answer == "适用"}
    place.data.setdefault("decisions", []).append(
        {**taken, "note": _named("已与主管部门核对"), "by": "officer", "on": day_of("2026年1月1日")}
    )
