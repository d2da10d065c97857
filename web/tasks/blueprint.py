"""The blueprint of tasks and of what may not be used."""

from flask import Blueprint

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks", template_folder="templates")
