"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint(
    "plausibility", __name__, url_prefix="/plausibility", template_folder="templates"
)
