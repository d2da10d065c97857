"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("missed", __name__, url_prefix="/missed", template_folder="templates")
