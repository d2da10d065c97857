"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("tickets", __name__, url_prefix="/tickets", template_folder="templates")
