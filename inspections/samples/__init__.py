"""Food samples: what was served, what was kept of it, and when it may be thrown out."""
