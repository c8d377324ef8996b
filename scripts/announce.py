"""Wait until the portal answers, then say where it is and who can sign in.

Usage: announce.py PROCESS_ID_OF_THE_PORTAL FILE_WITH_THE_ACCOUNTS
prepare_demo.py has written the demo's accounts into the file; a portal without the demo has none to tell.
"""

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE_SECONDS = 60


def answers(address):
    """Whether the sign-in page can be read."""
    try:
        with urllib.request.urlopen(f"{address}/accounts/login/", timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def is_running(process_id):
    """Whether the portal that this announcement belongs to is still there."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def announce(address, process_id, accounts):
    """Print the address and the accounts once the portal answers; say nothing when it was stopped before."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_running(process_id) and time.monotonic() < deadline:
        if answers(address):
            print(f"\nThe portal is at {address}\n{accounts}Ctrl-C stops everything.\n", flush=True)
            return
        time.sleep(0.2)


if __name__ == "__main__":
    announce(f"http://127.0.0.1:{os.environ['PORT']}", int(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).unlink()
