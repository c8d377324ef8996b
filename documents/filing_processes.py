"""Processes that file papers side by side, for Python prints on one core at a time.

They are forked from a server that reads the portal's modules once and lives as long as the worker: beginning a process
anew takes seconds, forking one takes none. Nothing is imported above that needs Django: the server reads this first.
"""

import gc
import os
import termios
import threading
from array import array
from contextlib import suppress
from fcntl import ioctl
from itertools import islice
from multiprocessing import connection, get_context

_forking = get_context("forkserver")
_BYTES_OF_KEY = 8
# Laying out a page makes objects by the hundred thousand, and few of them are rubbish: looking often costs a sixth.
_OBJECTS_BETWEEN_LOOKS = 100_000
# Each paper leaves a tenth of a megabyte behind in the libraries that lay it out; with its process that goes, too.
PAPERS_EACH = 100


def preload():
    """Begin the server, unless it runs: it reads the modules beside what the caller does next."""
    from multiprocessing import forkserver

    _forking.set_forkserver_preload(["documents.filing_preload"])
    forkserver.ensure_running()


class FilingProcesses:
    """`with FilingProcesses(keys, count) as processes:` each takes the next key when it is done with one.

    A process that has filed its part is followed by a new one as long as there are keys; `are_alive` sees to it. At the
    end those that still live are stopped. A key whose process was killed is left without a file.
    """

    def __init__(self, keys, count):
        preload()
        # A pipe gives each of its readers whole keys, and nothing stays locked behind a process that was killed.
        self._keys, writer = _forking.Pipe(duplex=False)
        # Only the worker holds the end that is written to: however it dies, its processes read the end of the file.
        self._life, self._living = _forking.Pipe(duplex=False)
        self._processes = [self._begin() for _number in range(count)]
        with writer:
            os.write(writer.fileno(), b"".join(key.to_bytes(_BYTES_OF_KEY, "big") for key in keys))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()
            process.close()
        for end in (self._keys, self._life, self._living):
            end.close()

    def are_alive(self):
        """Whether there is work in hand; call it often, for it begins the processes that follow others."""
        for place, process in enumerate(self._processes):
            if process.exitcode == 0 and self._are_left():
                process.close()
                self._processes[place] = self._begin()
        return any(process.is_alive() for process in self._processes)

    def wait(self, seconds=None):
        """Until one has ended, but no longer than so many seconds."""
        if living := [process.sentinel for process in self._processes if process.is_alive()]:
            connection.wait(living, seconds)

    def wait_for_all(self):
        """Until all is done that they can do."""
        while self.are_alive():
            self.wait()

    def _begin(self):
        process = _forking.Process(target=_file_given, args=(self._keys, self._life, PAPERS_EACH))
        process.start()
        return process

    def _are_left(self):
        waiting = array("i", [0])
        ioctl(self._keys.fileno(), termios.FIONREAD, waiting)
        return waiting[0] > 0


def start():
    """Read what filing needs; without a word where it was read before."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
        django.setup()
    import weasyprint  # noqa: F401

    import documents.filing  # noqa: F401


def _file_given(reader, life, most):
    """File the papers whose keys come through the pipe, so many at most, as long as the worker lives."""
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()
    start()
    from django.db import connections

    from documents.filing import file_papers

    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, 20, 20)
    with reader, suppress(KeyboardInterrupt):
        file_papers(islice(_keys_from(reader), most))
    connections.close_all()


def _keys_from(reader):
    while key := os.read(reader.fileno(), _BYTES_OF_KEY):
        yield int.from_bytes(key, "big")


def _end_with(life):
    """End this process, in the middle of a paper if need be, when the worker is gone.

    To ask for the parent's number is not enough: the parent is the server, which lives as long as its processes do.
    """
    os.read(life.fileno(), 1)
    os._exit(1)
