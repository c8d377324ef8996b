"""Two people at one moment: the same acts in threads of their own where the database lets them, else one after another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection


def at_one_moment(actions):
    """What the actions return or raise, each in a thread of its own; one after another on SQLite.

    The SQLite of the tests lies in memory and refuses a second writer at once, where the file of a portal lets it wait.
    """
    if connection.vendor != "postgresql":
        return [_outcome(action) for action in actions]
    start = Barrier(len(actions))
    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(lambda action: _outcome_in_thread(action, start), actions))


def _outcome_in_thread(action, start):
    start.wait(timeout=10)
    try:
        return _outcome(action)
    finally:
        connection.close()


def _outcome(action):
    try:
        return action()
    except ValidationError:
        return "refused"
