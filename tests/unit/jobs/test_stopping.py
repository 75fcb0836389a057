"""A process ends when it is told to, whichever of its threads is told."""

from __future__ import annotations

import subprocess
import sys

TOLD_IN_ANOTHER_THREAD = """
import signal, threading, time
from bot.jobs.stopping import wait_until_told

def tell():
    while signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        pass
    time.sleep(0.2)  # the main thread waits by then
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    time.sleep(60)

threading.Thread(target=tell, daemon=True).start()
wait_until_told()
print("told")
"""


def test_a_signal_that_another_thread_gets_ends_the_process_too() -> None:
    command = [sys.executable, "-c", TOLD_IN_ANOTHER_THREAD]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert ended.stdout == "told\n"
