"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("audit", __name__, url_prefix="/audit", template_folder="templates")
