"""Read by the server of documents/filing_processes.py when it begins, before it forks: imported for that alone."""

from documents.filing_processes import start

start()
