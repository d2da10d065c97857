"""Whole rows of employees as columns of a linear program."""
