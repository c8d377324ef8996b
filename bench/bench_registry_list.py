"""The registry's list, search and filter at 100,000 people in 500 organizations, beside Django admin's change list.

The admin shows the same rows in the same columns, fifty a page. Two lists: the registry of one organization as its
curator sees it, and the joint one of the education office over all of them. Each database is made for the measurement
and thrown away: SQLite always, PostgreSQL where BENCH_POSTGRES names a server (postgres://user@host:port/).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "bench_registry_list"


def measure():
    yield from _lines("SQLite", "")
    server = os.environ.get("BENCH_POSTGRES", "").rstrip("/")
    if not server:
        yield "registry list, PostgreSQL: not measured, BENCH_POSTGRES names no server"
        return
    _on_server(server, f"DROP DATABASE IF EXISTS {DATABASE}", f"CREATE DATABASE {DATABASE}")
    try:
        yield from _lines("PostgreSQL", f"{server}/{DATABASE}")
    finally:
        _on_server(server, f"DROP DATABASE IF EXISTS {DATABASE}")


def _lines(name, database_url):
    with tempfile.TemporaryDirectory() as var:
        done = subprocess.run(
            [sys.executable, "-m", "bench.registry_list_pages"],
            cwd=ROOT,
            env={**os.environ, "VAR_DIR": var, "DATABASE_URL": database_url, "LOG_LEVEL": "ERROR"},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    for line in done.stdout.splitlines():
        page = json.loads(line)
        ours, admin = page["ours"], page["admin"]
        yield (
            f"{page['what']}, {name}: ours {ours['median']:.0f} ms (95 % within {ours['p95']:.0f}), "
            f"{ours['queries']} queries, Django admin {admin['median']:.0f} ms ({admin['p95']:.0f}), "
            f"{admin['queries']} queries, ratio {admin['median'] / ours['median']:.1f} ({admin['p95'] / ours['p95']:.1f})"
        )


def _on_server(server, *statements):
    import psycopg2

    address = urlsplit(server)
    connection = psycopg2.connect(
        host=address.hostname,
        port=address.port or 5432,
        user=address.username,
        password=address.password,
        dbname="postgres",
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        connection.close()
