"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("desk", __name__, url_prefix="/rectification", template_folder="templates")
