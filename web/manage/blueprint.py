"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("manage", __name__, url_prefix="/manage", template_folder="templates")
