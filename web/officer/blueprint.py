"""The blueprint of the officers' pages; each page registers itself on it."""

from flask import Blueprint

blueprint = Blueprint("officer", __name__, template_folder="templates")
