"""Questions that pages ask of the record: one module for each page."""
