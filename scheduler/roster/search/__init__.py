"""Finds rosters: construction, local search, and the processes that run the solver."""
