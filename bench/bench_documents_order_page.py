"""The page of a draft order and its preview with an annex of 200 pairs, beside the same pages with two.

The draft is computed anew each time: names declined, faults looked for. The database is made for the measurement and
thrown away (SQLite).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measure():
    with tempfile.TemporaryDirectory() as var:
        done = subprocess.run(
            [sys.executable, "-m", "bench.documents_order_pages"],
            cwd=ROOT,
            env={**os.environ, "VAR_DIR": var, "DATABASE_URL": "", "LOG_LEVEL": "ERROR"},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    for line in done.stdout.splitlines():
        page = json.loads(line)
        few, many = page["2"], page["200"]
        yield (
            f"{page['what']}: 200 pairs {many['median']:.0f} ms (95 % within {many['p95']:.0f}), {many['queries']} "
            f"queries, 2 pairs {few['median']:.0f} ms ({few['p95']:.0f}), {few['queries']} queries, "
            f"ratio {few['median'] / many['median']:.2f}; the aim for 200 pairs is 300 ms"
        )
