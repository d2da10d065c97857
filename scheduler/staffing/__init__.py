"""Staffing truths: the least staff that keeps the law, and what hangs on one person or paper."""
