"""The blueprint that the pages of one's own account hang on."""

from flask import Blueprint

blueprint = Blueprint("account", __name__, url_prefix="/account", template_folder="templates")
