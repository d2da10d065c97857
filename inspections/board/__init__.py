"""The week board: who checks what on which day, steps on it, and weeks that were published."""
