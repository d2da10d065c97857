"""Files that hold a rostering problem or its answer."""
