"""Headers, content policy and form tokens: one place for what keeps strangers' code out."""

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

# No inline script or style, nothing from elsewhere; inline SVG elements are markup, not code.
# Photos that wait on a device are shown from its own store: that is what blob: stands for.
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
}

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Refuse posts without a token and send the headers with every response."""
    csrf.init_app(app)
    app.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint is not None and not request.endpoint.endswith("static"):
        # Pages hold people's names and plans: no shared cache may keep them.
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
