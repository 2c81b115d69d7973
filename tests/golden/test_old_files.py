#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results files of every format still open and say what they said: each was made by `dredge run` from the study that it
contains. They are not merged with what another model runs. A new format gets a file of its own
beside them; no file here is remade."""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "determinism"))
from same_bits import DREDGE, dredge  # noqa: E402

KEPT = {
    "format_2.h5": {"digest": "956babc98813e137472ffd46120663d2", "points": 2, "replicates": 3,
                    "latent_end": {"linear_kpi": 0.13022000590960184, "iterative": 0.2275466670592626}},
    "format_1.h5": {"digest": "2066d407cb540a8850c7154b96ad2b9c", "points": 2, "replicates": 3,
                    "latent_end": {"linear_kpi": 0.13022000590960184, "iterative": 0.2275466670592626}},
}


def check_replay(path, model):
    """A run that this model makes otherwise is told with both models."""
    process = subprocess.run([DREDGE, "replay", path], capture_output=True, text=True, check=False)
    told = f"made by model {model}," if model else "a model that it does not name,"
    assert process.returncode == 0 or (process.returncode == 1 and told in process.stderr), process.stderr


def check(name, kept, folder):
    path = HERE / name
    assert dredge("digest", path).strip() == kept["digest"]
    answer = json.loads(dredge("compare", path, "--json"))
    assert (answer["points"], answer["replicates"]) == (kept["points"], kept["replicates"])
    for regime, mean in kept["latent_end"].items():
        found = answer["outcomes"]["latent_end"][regime]["mean"]
        assert abs(found - mean) < 1e-9, f"{name}: latent_end of {regime} was {mean}, is {found}"
    page = folder / f"{name}.html"
    dredge("report", path, "-o", page)
    assert "<html" in page.read_text(encoding="utf-8")
    merged = folder / f"merged_{name}"
    process = subprocess.run([DREDGE, "merge", merged, path], capture_output=True, text=True, check=False)
    with h5py.File(path) as file:
        model = file.attrs.get("model_stamp", b"").decode()
    if model == re.search(r"^model (\w+)$", dredge("--version"), re.MULTILINE).group(1):
        assert process.returncode == 0 and dredge("digest", merged).strip() == kept["digest"]
    else:
        assert process.returncode == 4 and re.search("files of format 1 do not: .* not merged|by model", process.stderr) and not merged.exists()
        check_replay(path, model)


def main():
    with tempfile.TemporaryDirectory() as folder:
        for name, kept in KEPT.items():
            check(name, kept, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
