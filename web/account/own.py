"""The page of one's own account: who is signed in, and the switches."""

from flask import render_template
from flask_babel import gettext as _

from inspections import accounts
from web import authentication, database
from web.access import for_contractors
from web.account.blueprint import blueprint
from web.preferences import words


@blueprint.get("/")
@for_contractors
def show() -> str:
    """Show who is signed in, and the switches."""
    names = accounts.site_names(database.session(), authentication.viewer().account)
    return render_template("account/show.html", sites=_(", ").join(map(words, names)))
