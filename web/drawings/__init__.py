"""Figures turned into coordinates for the SVG macros; no browser and no clock."""
