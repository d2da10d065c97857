"""Shift patterns from files: the shifts of posts, and what a file changes in them."""
