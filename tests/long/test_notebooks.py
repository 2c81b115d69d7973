#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every notebook of docs/notebooks runs to its end and gives the pictures that are stored in it.

    tests/long/test_notebooks.py [NAME...]    all of them, or some
    tests/long/test_notebooks.py --update     also stores what they give

Runs with the Python named by DREDGE_PEERS_PYTHON, in which dredge, matplotlib, nbclient and ipykernel are installed; skipped
(77) without them."""
import os
import sys
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
FOLDER = SOURCE / "docs/notebooks"
PYTHON = os.environ.get("DREDGE_PEERS_PYTHON")
if PYTHON and sys.executable != PYTHON:
    os.execv(PYTHON, [PYTHON, *sys.argv])
try:
    import dredge  # noqa: F401
    import ipykernel  # noqa: F401
    import matplotlib  # noqa: F401
    import nbclient
    import nbformat
except ImportError:
    sys.exit(77)


def pictures(notebook):
    """The number of pictures in each cell."""
    return [sum("image/png" in output.get("data", {}) for output in cell.get("outputs", [])) for cell in notebook.cells]


def run(path, is_update):
    stored = nbformat.read(path, as_version=4)
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=3600, kernel_name="python3", resources={"metadata": {"path": FOLDER}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            assert output.output_type != "stream" or output.name == "stdout", f"{path.name}: {output.text}"
    if is_update:
        notebook.metadata = stored.metadata
        nbformat.write(notebook, path)
        return
    assert sum(pictures(notebook)) >= 2, f"{path.name}: it shows nothing"
    assert pictures(notebook) == pictures(stored), f"{path.name}: other pictures than those that are stored; --update"


def main(words):
    names = [word for word in words if word != "--update"]
    paths = sorted(FOLDER.glob("*.ipynb"))
    assert len(paths) >= 4
    for path in paths:
        if not names or path.stem in names:
            run(path, "--update" in words)
            print(f"{path.name}: done", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
