"""What stands before Radicale: remembers the caller's agent, and refuses what would make a mess."""

from collections.abc import Callable, Iterable
from typing import Any

from xunjian_caldav import visit

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# Radicale would answer some of these with a fault of the server, and others by making lists.
_REFUSED = frozenset({"DELETE", "MOVE", "MKCOL", "MKCALENDAR", "PROPPATCH"})
_WORDS = "任务在巡检中维护，不能在这里新建、删除或移动。 Tasks are kept in Xunjian.\n".encode()


def guarded(application: Application) -> Application:
    """Return *application* behind the guard."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        visit.begin(environ.get("HTTP_USER_AGENT", ""))
        if environ["REQUEST_METHOD"] in _REFUSED:
            headers = [("Content-Type", "text/plain; charset=utf-8")]
            start_response("403 Forbidden", headers)
            return [_WORDS]
        return application(environ, start_response)

    return answer
