"""The type of a statement whose columns the reader names."""

from typing import Any

from sqlalchemy import Select

AnySelect = Select[*tuple[Any, ...]]
