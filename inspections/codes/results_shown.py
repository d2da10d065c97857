"""The owner's choice for each site: whether strangers at a label see the last result."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.editing import Editor, may_edit
from inspections.errors import NotFound
from inspections.lookup import site_by_key
from rules.text import Text


def results_shown(session: Session, organisation: str, site: str) -> bool:
    """
    Tell whether strangers see results at *site*.

    Raises:
        NotFound: If the site is not there.
    """
    return site_by_key(session, organisation, site).shows_results


def show_results(
    session: Session, site: str, *, shown: bool, editor: Editor, now: datetime
) -> None:
    """
    Let strangers see results at *site*, or no longer.

    Raises:
        NotAllowed: If the role does not edit.
        NotFound: If the site is not there, or out of scope.
    """
    may_edit(editor)
    if not editor.sees(site):
        raise NotFound(Text(zh="场所", en="site"), site)
    row = site_by_key(session, editor.organisation, site)
    before, row.shows_results = row.shows_results, shown
    if before == shown:
        return
    note_change(
        session,
        organisation=editor.organisation,
        by=editor.by,
        action="site.results-shown",
        subject=f"site/{site}",
        before={"shows_results": before},
        after={"shows_results": shown},
        now=now,
    )
