"""Calendar links: the page where people make them, and the feeds that strangers' apps fetch."""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from web import navigation
from web.public.blueprint import blueprint

WITHOUT_COOKIES = frozenset({"calendar.feed", "calendar.robots"})


class CookieSessions(SecureCookieSessionInterface):
    """Sessions in cookies, but none for feeds: they do not depend on who is signed in."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie, and say that the answer depends on it, except for feeds."""
        if request.endpoint not in WITHOUT_COOKIES:
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Register the pages and the feeds."""
    from web.public import calendar, feed, guides  # noqa: F401  (they register on the blueprint)

    app.register_blueprint(blueprint)
    app.session_interface = CookieSessions()
    navigation.add(app, calendar.ENTRIES)
