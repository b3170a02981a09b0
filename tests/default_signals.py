"""A job in the background, and nohup, begin with signals ignored, and so does what they start."""

import signal


def restore():
    """For programs that are tested as they begin in a terminal or a container."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
