"""Bring organisations in and out as files: YAML text and Excel workbooks with the same content."""
