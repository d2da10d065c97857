"""The record: what was due, what was done, what was found and how it was put right."""
