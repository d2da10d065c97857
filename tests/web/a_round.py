"""Do a round through the pages, the way a person would: open, answer, review, submit."""

import re
from dataclasses import dataclass

from tests.web.client import CarefulClient


@dataclass(frozen=True)
class Sent:
    """Where the answers led."""

    status: int
    location: str
    html: str


def open_tasks(visitor: CarefulClient) -> list[int]:
    """Return the occurrences on Today, in the order of the page."""
    html = visitor.html("/today")
    return [int(one) for one in re.findall(r'class="xj-job[^"]*" href="/occurrences/(\d+)"', html)]


def form_of(html: str) -> dict[str, str]:
    """Return every field of the checklist with a passing answer."""
    data = {"inspection": re.search(r'name="inspection" value="([^"]+)"', html)[1]}
    for name in re.findall(r'<input type="radio" name="(a-[^"]+)" value="pass"', html):
        data[name] = "pass"
    for item in html.split('<section class="xj-item')[1:]:
        kind = re.search(r'data-type="([^"]+)"', item)[1]
        field = re.search(r'data-item="([^"]+)"', item)[1]
        if kind == "number":
            low, high = (re.search(rf'data-{end}="([^"]+)"', item) for end in ("min", "max"))
            ends = [float(one[1]) for one in (low, high) if one]
            data[field] = f"{sum(ends) / len(ends):.0f}" if ends else "3"
        elif kind in {"text", "signature"}:
            data[field] = "曹"
        elif kind == "choice":
            data[field] = re.search(r'<input type="radio" name="[^"]+" value="([^"]+)"', item)[1]
    return data


def send(
    visitor: CarefulClient, occurrence: int, changes: dict[str, str], action: str = "review"
) -> Sent:
    """Answer everything with a pass, then *changes* on top, and press one of the two buttons."""
    path = f"/occurrences/{occurrence}/run"
    html = visitor.html(path)
    data = {**form_of(html), **changes, "action": action}
    answer = visitor.post(path, data, token_from=path)
    return Sent(answer.status_code, answer.location or "", answer.get_data(as_text=True))


def submit(visitor: CarefulClient, review: str) -> str:
    """Submit the reviewed record and return the path of the record."""
    answer = visitor.post(review, {"note": ""}, token_from=review)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.location
