"""Files of the application packed for browsers that take gzip; pages are left as they are."""

import gzip

from flask import Flask, Response, current_app, request

# Pages hold form tokens beside what people wrote; packed together, their length could tell of them.
_KINDS = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})
_KEY = "xunjian.packed"


def init_app(app: Flask) -> None:
    """Pack style sheets, scripts and drawings."""
    app.extensions[_KEY] = {}
    app.after_request(_packed)


def _packed(response: Response) -> Response:
    etag, _is_weak = response.get_etag()
    if response.mimetype not in _KINDS or response.status_code != 200 or etag is None:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") <= 0:
        return response
    kept: dict[tuple[str, str], bytes] = current_app.extensions[_KEY]
    key = (request.path, etag)
    response.direct_passthrough = False
    if key not in kept:
        kept[key] = gzip.compress(response.get_data(), mtime=0)
    elif (close := getattr(response.response, "close", None)) is not None:
        close()
    response.set_data(kept[key])
    response.headers["Content-Encoding"] = "gzip"
    # The same content in other bytes.
    response.set_etag(etag, weak=True)
    return response
