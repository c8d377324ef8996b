"""Wait until the portal answers, then say where it is and who can sign in.

Usage: announce.py PROCESS_ID_OF_THE_PORTAL
"""

import os
import sys
import time
import urllib.error
import urllib.request

PATIENCE_SECONDS = 60
ACCOUNTS = """
  coordinator@demo-office.example    the education office, all organizations below it
  curator@demo-school.example        keeps the registries, pairs, roadmap
  head@demo-school.example           approves orders
  staff@demo-school.example          takes papers and registries
  mentor@demo-school.example         logs meetings, reports
  mentee@demo-school.example         sees the plan, answers surveys
"""


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


def announce(address, process_id):
    """Print the address and the accounts once the portal answers; say nothing when it was stopped before."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_running(process_id) and time.monotonic() < deadline:
        if answers(address):
            print(f"\nThe portal is at {address}\nSign in as one of these, with the password demo-portal:\n{ACCOUNTS}")
            print("The kindergarten and the centre have the same people: curator@demo-kindergarten.example and so on.")
            print("Ctrl-C stops everything.\n", flush=True)
            return
        time.sleep(0.2)


if __name__ == "__main__":
    announce(f"http://127.0.0.1:{os.environ['PORT']}", int(sys.argv[1]))
