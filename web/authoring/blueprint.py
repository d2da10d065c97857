"""The blueprint that the pages of this area hang on."""

from typing import Any

from flask import Blueprint

from web.officer.domains import DOMAINS

blueprint = Blueprint("authoring", __name__, url_prefix="/packs", template_folder="templates")


@blueprint.context_processor
def words_of_domains() -> dict[str, Any]:
    """Let the form name the domains as the rules browser does."""
    return {"domain_words": DOMAINS}
