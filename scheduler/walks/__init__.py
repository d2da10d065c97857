"""Walks: what one person does on one day, place after place, in a sensible order."""
