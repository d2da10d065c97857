"""Wishes for duty rosters: entering them, handing them to the solver, and what became of them."""
