#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A results file that the first release's format was kept in still opens and says what it said: format_1.h5, made by
`dredge run` from the study that it contains. It is not merged with what this build runs: another model made it. A new
format gets a file of its own beside it; no file here is remade."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "determinism"))
from same_bits import DREDGE, dredge  # noqa: E402

KEPT = {
    "format_1.h5": {"digest": "2066d407cb540a8850c7154b96ad2b9c", "points": 2, "replicates": 3,
                    "latent_end": {"linear_kpi": 0.13022000590960184, "iterative": 0.2275466670592626}},
}


def check(name, kept, folder):
    path = HERE / name
    assert dredge("digest", path).strip() == kept["digest"]
    answer = json.loads(dredge("compare", path, "--json"))
    assert (answer["points"], answer["replicates"]) == (kept["points"], kept["replicates"])
    for regime, mean in kept["latent_end"].items():
        found = answer["outcomes"]["latent_end"][regime]["mean"]
        assert abs(found - mean) < 1e-9, f"{name}: latent_end of {regime} was {mean}, is {found}"
    page = folder / "page.html"
    dredge("report", path, "-o", page)
    assert "<html" in page.read_text(encoding="utf-8")
    merged = folder / "merged.h5"
    process = subprocess.run([DREDGE, "merge", merged, path], capture_output=True, text=True, check=False)
    assert process.returncode == 4 and "which model" in process.stderr and not merged.exists()


def main():
    with tempfile.TemporaryDirectory() as folder:
        for name, kept in KEPT.items():
            check(name, kept, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
