"""The blueprint that the pages of this area hang on."""

from flask import Blueprint

blueprint = Blueprint("messages", __name__, template_folder="templates")
