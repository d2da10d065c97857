"""The numeric rostering problem and its audit; knows no solver and no file format."""
