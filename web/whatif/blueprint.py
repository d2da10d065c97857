"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("whatif", __name__, url_prefix="/what-if", template_folder="templates")
