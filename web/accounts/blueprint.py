"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts", template_folder="templates")
