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
ROUND = [
    Page(path, INSPECTOR, field=True)
    for path in (
        "/today",
        "/occurrences/{todo}",
        "/occurrences/{done}",
        "/occurrences/{todo}/run",
        "/occurrences/{half}/run",
        "/occurrences/{samples}/run",
        "/inspections/{review}/review",
        "/inspections/{inspection}",
        "/findings",
        "/findings?show=closed",
        "/findings/{finding}",
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
        "/manage/sites/chunmiao/terms/0",
        "/manage/sites/chunmiao/closed/new",
        "/manage/people",
        "/manage/people/vice-principal",
        "/manage/people/vice-principal/edit",
        "/manage/people/vice-principal/absences/0",
        "/manage/people/vice-principal/certificates/new",
        "/manage/people/vice-principal/leave",
        "/manage/new-person",
        "/manage/questions",
        "/manage/questions/site.fire_key_unit/chunmiao/site/chunmiao",
        "/manage/readings/chunmiao/school-drill-time-kindergarten",
        "/manage/changes",
        "/alerts/",
        "/missed/",
        "/missed/?show=open",
        "/missed/{missed}",
        "/missed/{open}/excuse",
        "/tickets/",
        "/tickets/new",
        "/tickets/{ticket}",
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
        "/roster",
        "/calendar",
    )
]
CALENDAR = [Page("/calendar", INSPECTOR, field=True)]
PAGES = [
    *MANAGE,
    *READ_ALONG,
    *CALENDAR,
    *OPEN,
    *ROUND,
    Page("/today", OFFICER),
    Page("/findings/{finding}", OFFICER),
]
