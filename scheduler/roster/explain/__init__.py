"""Why a roster has gaps, what would close them, and why somebody stands where they stand."""
