"""Every page of the application, for the tests that look at all of them."""

from dataclasses import dataclass

ORGANISATION = "kindergarten"
INSPECTOR = f"{ORGANISATION}-inspector"
OFFICER = f"{ORGANISATION}-officer"
ADMINISTRATOR = f"{ORGANISATION}-administrator"


@dataclass(frozen=True)
class Page:
    """
    One page.

    Attributes:
        path: With `{names}` that the fixture `fill` puts real ids into.
        account: Who looks; nothing for strangers.
        field: Whether it is a page of the round, with targets of at least 56 px.
    """

    path: str
    account: str | None = None
    field: bool = False

    def __str__(self) -> str:
        return f"{self.path} as {self.account or 'stranger'}"


OPEN = [Page("/account/sign-in"), Page("/specimen")]
TABLET = [
    Page("/tablet", INSPECTOR, field=True),
    Page("/offline/unseen", field=True),
    Page("/offline/unsent", field=True),
]
ROUND = [
    Page(path, INSPECTOR, field=True)
    for path in (
        "/today",
        "/occurrences/{todo}",
        "/occurrences/{done}",
        "/occurrences/{todo}/run",
        "/occurrences/{half}/run",
        "/occurrences/{samples}/run",
        "/occurrences/{play}/run",
        "/inspections/{review}/review",
        "/inspections/{inspection}",
        "/findings",
        "/findings?show=closed",
        "/findings/new",
        "/findings/{finding}",
        "/tasks/",
        "/tasks/?show=open",
        "/tasks/?show=done",
        "/tasks/{task}",
        "/tasks/stopped",
        "/samples/",
        "/handovers/",
        "/handovers/chunmiao/gate-post/2026-11-22/E",
        "/handovers/chunmiao/gate-post/2026-11-23/D",
        "/wishes/",
        "/account/",
    )
]
MANAGE = [
    Page(path, OFFICER)
    for path in (
        "/manage/sites",
        "/manage/sites?q=nothing",
        "/manage/sites/chunmiao",
        "/manage/sites/chunmiao/facts",
        "/manage/sites/chunmiao/asset/duct",
        "/manage/sites/chunmiao/hours",
        "/manage/sites/chunmiao/rounds",
        "/manage/sites/chunmiao/post/gate-post/people",
        "/manage/rounds",
        "/manage/sites/chunmiao/terms/0",
        "/manage/sites/chunmiao/closed/new",
        "/manage/sites/chunmiao/exams/new",
        "/manage/import",
        "/manage/people",
        "/manage/people/vice-principal",
        "/manage/people/vice-principal/edit",
        "/manage/people/vice-principal/absences/0",
        "/manage/people/vice-principal/certificates/new",
        "/manage/people/vice-principal/wishes",
        "/manage/people/vice-principal/leave",
        "/manage/new-person",
        "/manage/questions",
        "/manage/questions/site.fire_key_unit/chunmiao/site/chunmiao",
        "/manage/readings/chunmiao/school-drill-time-kindergarten",
        "/manage/packs",
        "/manage/changes",
        "/alerts/",
        "/missed/",
        "/missed/?show=open",
        "/missed/{missed}",
        "/missed/{open}/excuse",
        "/tickets/",
        "/tickets/new",
        "/tickets/{ticket}",
        "/tasks/",
        "/tasks/warnings",
        "/plausibility/",
        "/plausibility/?month=2026-10",
        "/plausibility/figures",
    )
]
READ_ALONG = [
    Page(path, OFFICER)
    for path in (
        "/coverage",
        "/coverage?show=gap",
        "/coverage?cell=fire-law-yearly-full-test%40chunmiao",
        "/rules",
        "/rules?q=zzzz",
        "/rules/se-reg-lift-15d",
        "/rules/school-drill-time-kindergarten",
        "/rules/moe45-sample-light",
        "/what-if/",
        "/what-if/?kind=change-rule",
        "/what-if/?kind=add-site",
        "/what-if/?kind=file",
        "/roster",
        "/wishes/site/chunmiao",
        "/pairings/chunmiao",
        "/roster/cell?site=chunmiao&person=guard-2&day=2026-11-23",
        "/roster/cell?site=chunmiao&person=guard-2&day=2026-11-23&until=2026-11-24",
        "/board/",
        "/board/?week=2026-11-23&person=principal&day=2026-11-26",
        "/board/?gaps=1",
        "/board/load",
        "/calendar",
        "/rules/burden",
        "/staffing/",
        "/staffing/hours",
        "/rules/fire-law-yearly-full-test/why",
        "/packs/",
        "/packs/new",
        "/packs/house-kindergarten",
    )
]
MESSAGES = [
    Page("/account/messages", INSPECTOR, field=True),
    Page("/account/devices", INSPECTOR, field=True),
    Page("/outbox/", OFFICER),
    Page("/outbox/?show=sent", OFFICER),
    Page("/outbox/robots", ADMINISTRATOR),
]
TABLETS = [
    Page(path, OFFICER)
    for path in (
        "/tablets/",
        "/tablets/items",
        "/tablets/items?show=refused",
        "/tablets/items?show=held",
        "/tablets/items?show=decided",
        "/tablets/items/{conflict}",
        "/tablets/items/{refused}",
        "/tablets/import",
    )
]
DESK = [
    Page(path, OFFICER)
    for path in (
        "/rectification/",
        "/rectification/?q=nothing",
        "/rectification/wall",
        "/rectification/actions/{batch}",
        "/rectification/letters/{letter}",
    )
]
ACCOUNTS = [
    Page("/account/password", INSPECTOR, field=True),
    Page("/account/sessions", INSPECTOR, field=True),
    Page("/accounts/", ADMINISTRATOR),
    Page("/accounts/new", ADMINISTRATOR),
    Page("/accounts/1", ADMINISTRATOR),
    Page("/audit/", ADMINISTRATOR),
]
CALENDAR = [
    Page("/calendar", INSPECTOR, field=True),
    Page("/calendar/{link}", OFFICER),
    Page("/calendar/guides/apple", INSPECTOR, field=True),
    Page("/calendar/guides/google", OFFICER),
]
CODES = [
    Page("/a/", field=True),
    Page("/a/HPF3-27", field=True),
    Page("/a/HPF3-27/reported/{reported}", field=True),
    Page("/a/HPF3-27", INSPECTOR, field=True),
    Page("/a/H4XA-28", OFFICER),
    Page("/scan", INSPECTOR, field=True),
    Page("/labels", OFFICER),
    Page("/labels/sheet?site=chunmiao&place=kitchen&marks=1", OFFICER),
    Page("/reports/", OFFICER),
    Page("/reports/?show=dismissed", OFFICER),
    Page("/reports/{report}", OFFICER),
]
DRILLS = [
    Page("/drills/", OFFICER),
    Page("/drills/?year=2030", OFFICER),
    Page("/drills/publish", OFFICER),
    Page("/drills/{drill}", OFFICER),
    Page("/drills/{drill}/move?day=2026-11-20", OFFICER),
    Page("/drills/{drill}/script", OFFICER),
    Page("/drills/{reported_drill}", OFFICER),
    Page("/drills/{reported_drill}", INSPECTOR, field=True),
]
PAGES = [
    *MANAGE,
    *READ_ALONG,
    *CALENDAR,
    *MESSAGES,
    *ACCOUNTS,
    *CODES,
    *DESK,
    *DRILLS,
    *TABLETS,
    *OPEN,
    *TABLET,
    *ROUND,
    Page("/today", OFFICER),
    Page("/findings/{finding}", OFFICER),
]
