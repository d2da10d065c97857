"""Write an organisation as the YAML file that `load_organisation` reads."""

from pathlib import Path

import yaml

from rules.organisation.model import Organisation


def write_yaml(organisation: Organisation, path: Path) -> None:
    """Write *organisation* to *path*; reading it back gives the same organisation."""
    data = organisation.model_dump(mode="json", by_alias=True, exclude_none=True)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")
