"""Short codes on labels: what stands behind one, what is due there, and what strangers report."""
