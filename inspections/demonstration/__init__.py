"""The demonstration: days before today, worked through the same use cases as real ones."""
