"""Betters a duty roster by exchanging stretches of days between two people, compiled."""
