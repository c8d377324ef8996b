"""Papers filed by real processes, of which some are killed: none is left out, none is made twice, nobody stays behind.

The worker is a process of its own on the database of the test: on SQLite on a copy of it, for the tests' own lies in
memory.
"""

import json
import os
import select
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from documents import batches
from participants.tests.factories import make_curator, make_head
from programs.tests.factories import make_program

ROOT = Path(__file__).resolve().parents[2]
COUNT = 16
SECONDS = 300  # until then a busy machine has answered, too
# Says which processes it has begun, and how many papers are filed whenever it looks; at the end what has come of it.
WORKER = """
import json, sys, zipfile
import django
django.setup()
from documents import batches, filing_processes
from documents.models import Paper, PaperBatch
from mentorship.jobs import Unwatched

class Told(batches.FilingProcesses):
    def __enter__(self):
        print(json.dumps([process.pid for process in self._processes]), flush=True)
        return self

class Telling(Unwatched):
    def phase(self, text, total=0):
        print("to do", total, flush=True)

    def advance(self, steps=1):
        print(steps, flush=True)

filing_processes.PAPERS_EACH = int(sys.argv[1])
batches.FilingProcesses, batches.LOOK_EVERY_SECONDS = Told, 0.02
batch = PaperBatch.objects.get()
batches.make_batch(Telling(), batch=batch.pk)
batch.refresh_from_db()
with batch.zipped.open() as file:
    names = zipfile.ZipFile(file).namelist()
papers = list(Paper.objects.exclude(pdf="").values_list("number", flat=True))
print(json.dumps({"numbers": papers, "names": names}), flush=True)
"""


@pytest.fixture
def worker(tmp_path):
    """`worker(papers_each)` begins one; all are gone at the end."""
    begun = []

    def begin(papers_each):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mentorship.settings",
            "DATABASE_URL": address_of_database(tmp_path),
            "VAR_DIR": str(tmp_path),
            "PAPER_PROCESSES": "2",
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, "-c", WORKER, str(papers_each)]
        begun.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True))
        return begun[-1]

    yield begin
    for each in begun:
        each.kill()
        each.communicate()


def address_of_database(folder):
    """The address by which another process reaches the rows of the test."""
    if connection.vendor == "postgresql":
        return settings.DATABASE_URL.rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    file = folder / "papers.sqlite3"
    if not file.exists():
        copy = sqlite3.connect(file)
        connection.connection.backup(copy)
        copy.close()
    return f"sqlite:///{file}"


def processes_of(worker):
    """The processes that the worker says it has begun, as soon as it says so."""
    for line in worker.stdout:
        if line.startswith("["):
            return json.loads(line)
    raise AssertionError("The worker has begun no process.")


def wait_for_papers(worker):
    """Until the worker says that some papers more are filed."""
    for line in worker.stdout:
        if line.strip().isdigit() and int(line):
            return


@pytest.mark.django_db(transaction=True)
def test_killed_processes_make_no_paper_twice_and_leave_nobody_behind(worker, monkeypatch):
    monkeypatch.setattr(batches, "start_job", lambda *args, **kwargs: None)  # our own workers do it
    program = make_program()
    make_head(program.organization)
    values = {"text": "Спасибо.", "layout": "portrait", "has_background": False, "word": "СЕРТИФИКАТ"}
    batches.start_batch(
        "certificate",
        program.organization,
        by=make_curator(program.organization),
        token="a",
        program=program,
        outside=[f"Партнёр {number}" for number in range(1, COUNT + 1)],
        values=values | {"dated_on": date(2026, 11, 20)},
    )

    first = worker(papers_each=100)
    killed, left_alone = processes_of(first)
    watched = os.pidfd_open(left_alone)
    wait_for_papers(first)
    os.kill(killed, signal.SIGKILL)
    wait_for_papers(first)
    first.kill()
    ended, _written, _failed = select.select([watched], [], [], SECONDS)
    os.close(watched)
    second = worker(papers_each=6)  # processes that follow others
    said = second.communicate(timeout=SECONDS)[0].splitlines()

    assert ended
    assert said[1] != "to do 0"  # the first phase makes papers, which were there; the second their files
    found = json.loads(said[-1])
    assert sorted(found["numbers"], key=int) == [str(number) for number in range(1, COUNT + 1)]
    assert len(set(found["names"])) == len(found["names"]) == COUNT
