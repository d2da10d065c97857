"""The blueprint of the round; each page registers itself on it."""

from flask import Blueprint

blueprint = Blueprint("inspector", __name__, template_folder="templates")
