"""The blueprint of codes: what stands behind a label, how to get there, labels and reports."""

from flask import Blueprint

blueprint = Blueprint("codes", __name__, template_folder="templates")
