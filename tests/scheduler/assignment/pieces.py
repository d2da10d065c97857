"""Work for other processes; they import nothing else for it."""

import os
import signal


def doubled(piece, ends):
    return 2 * piece


def killed_away_from(home, ends):
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return home
