from pathlib import Path

from inspections.post_names import post_names
from rules.organisation.loader import load_organisation


def test_a_post_is_named_behind_its_site_only_where_there_are_several():
    group, school = (
        post_names(load_organisation(Path(f"examples/{name}.yaml")))
        for name in ("mall-group", "kindergarten")
    )

    assert group["a-gate-post"].zh.endswith(" · 正门门岗")
    assert group["a-gate-post"] != group["b-gate-post"]
    assert "Gate" == school["gate-post"].en
