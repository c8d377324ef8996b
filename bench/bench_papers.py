"""Agreements as PDF/A-3 with their mark and data, beside bare WeasyPrint on the same sheets with the same options.

One agreement: the portal's whole way, from the pair to the file. Many: one job with its two processes, from papers
without files to one merged file and a zip, and a serial loop of bare WeasyPrint, which makes neither. The memory is the
largest of any process; a line says how it grows from the fewest to the most. The seconds of a machine that others use,
too, say little: the ratio by processor time counts what the loop has spent, and the job itself with one of its
processes. The loop prints sixty papers at most; its time is counted up from them. BENCH_PAPERS names other counts than
the quick ones, the whole measure is «100,500,2000».
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUICK = "60,240"
MOST_MB = 400


def measure():
    counts = [int(count) for count in os.environ.get("BENCH_PAPERS", QUICK).split(",")]
    with tempfile.TemporaryDirectory() as var:
        one = work(var, "fill", max(counts))
        yield (
            f"one agreement of two sheets: ours {one['ours'] * 1000:.0f} ms, bare WeasyPrint {one['bare'] * 1000:.0f} ms, "
            f"ours takes {one['ours'] / one['bare']:.2f} of it"
        )
        found = []
        for count in counts:
            found.append(work(var, "many", count))
            yield line_of(found[-1])
    few, many = found[0], found[-1]
    yield (
        f"memory from {few['count']} to {many['count']} agreements: a process {few['child_mb']} → {many['child_mb']} MB, "
        f"the job {few['own_mb']} → {many['own_mb']} MB, ratio {many['child_mb'] / few['child_mb']:.2f}; "
        f"{'under' if max(many['child_mb'], many['own_mb']) < MOST_MB else 'ABOVE'} {MOST_MB} MB"
    )


def work(var, what, count):
    """What a process of its own has found."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.papers_work", what, str(count)],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": var, "DATABASE_URL": "", "LOG_LEVEL": "ERROR"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def line_of(found):
    """A job beside the loop."""
    ours, bare = found["ours"], found["bare"]
    spent = found["own_cpu"] + found["children_cpu"] / max(1, found["processes"])
    return (
        f"{found['count']} agreements, {found['processes']} processes: ours {ours:.1f} s, bare WeasyPrint in a loop "
        f"{bare:.1f} s, ratio {bare / ours:.2f}, by processor time {found['bare_cpu'] / spent:.2f}; "
        f"memory: a process {found['child_mb']} MB, the job {found['own_mb']} MB"
    )
