"""Collect the strings of the source into locale/ru; with --check, only say what the Russian catalogue lacks.

Usage: messages.py [--check]

The check works on a copy of the tree, merges the strings found there into the copied catalogue, and refuses a string
without a translation, a translation marked fuzzy, and one whose string is gone.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/ru/LC_MESSAGES/django.po")
MADE = [".*", "node_modules", "var", "staticfiles", "__pycache__", "*.mo"]
COLLECT = ["makemessages", "--locale=ru", "--no-wrap", "--add-location=file", "--verbosity=0"]
COLLECT += ["--ignore=node_modules", "--ignore=var", "--ignore=*/tests/*", "--ignore=scripts", "--ignore=bench"]
FAULTS = {
    "without a translation": "--untranslated",
    "fuzzy: translated by guess, a person must look": "--only-fuzzy",
    "left over, the source has no such string": "--only-obsolete",
}


def collect(tree):
    """Merge the strings of the source under `tree` into its Russian catalogue."""
    subprocess.run([sys.executable, "manage.py", *COLLECT], cwd=tree, check=True)


def entries(catalogue, choice):
    """The entries that msgattrib chooses, each as its text; the header is left out."""
    command = ["msgattrib", "--no-wrap", choice, str(catalogue)]
    if choice != "--only-obsolete":
        command.insert(1, "--no-obsolete")
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [entry for entry in text.split("\n\n") if entry.strip() and 'msgid ""\nmsgstr ""\n"' not in entry]


def faults():
    """What is wrong with the catalogue, one text per fault; the work tree is left as it is."""
    if not (ROOT / CATALOGUE).exists():
        return [f"There is no catalogue {CATALOGUE}."]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "tree")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*MADE))
        formats = subprocess.run(
            ["msgfmt", "--check", "--output-file=-", CATALOGUE], cwd=copy, capture_output=True, check=False
        )
        if formats.returncode:
            found.append(formats.stderr.decode())
        collect(copy)
        for fault, choice in FAULTS.items():
            found += [f"{fault}:\n{entry}" for entry in entries(copy / CATALOGUE, choice)]
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        all_faults = faults()
        print(*all_faults, sep="\n\n")
        sys.exit(f"Faults in {CATALOGUE}: {len(all_faults)}" if all_faults else 0)
    collect(ROOT)
