"""Pairings and separations of people on duty rosters: entering, ending, handing to the solver."""
