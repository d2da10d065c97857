"""Radicale's sign-in: Xunjian says whether name and app password fit."""

from radicale import config
from radicale.auth import BaseAuth
from radicale.log import logger

from xunjian_caldav import visit
from xunjian_caldav.door import Credentials, Door, DoorClosed


class Auth(BaseAuth):
    """Asks Xunjian on every request, so that a revoked device is out at once."""

    def __init__(self, configuration: "config.Configuration", door: Door) -> None:
        super().__init__(configuration)
        self._door = door

    def _login(self, login: str, password: str) -> str:
        who = Credentials(login, password, visit.agent())
        try:
            seen = self._door.tasks(who)
        except DoorClosed as closed:
            logger.error("%s", closed)
            raise RuntimeError(str(closed)) from None
        if seen is None:
            return ""
        visit.remember(who, seen)
        return login
