#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each scenario gives the same digest and means as when tests/golden/summaries.json was written (scripts/update-golden):
for every compiler, vector level and level of optimisation."""
import json
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "determinism"))
from same_bits import SMALL, digest_of, dredge  # noqa: E402


def summary(name, output):
    """Digest, and mean of every outcome under every regime."""
    digest = digest_of(name, output)
    answer = json.loads(dredge("compare", output, "--json"))
    means = {outcome: {regime: value["mean"] for regime, value in values.items()}
             for outcome, values in answer["outcomes"].items()}
    return {"digest": digest, "means": means}


def close(a, b):
    return a == b or (a is not None and b is not None and abs(a - b) <= 1e-9 * max(1, abs(a)))


def differences(name, expected, found):
    for outcome, regimes in expected["means"].items():
        for regime, mean in regimes.items():
            if not close(mean, found["means"][outcome][regime]):
                yield f"{name}: {outcome} of {regime} was {mean}, is {found['means'][outcome][regime]}"
    if expected["digest"] != found["digest"]:
        yield f"{name}: digest was {expected['digest']}, is {found['digest']}"


def too_easy(means):
    """Regimes of hard_times under which nobody ends, withdraws or lapses, or everybody does."""
    return [regime for regime in means["survival"]
            if not (0 < means["sustained"][regime] < means["survival"][regime] < 1 and means["withdrawals"][regime] > 0)]


def main():
    file = HERE / "summaries.json"
    with tempfile.TemporaryDirectory() as folder:
        found = {name: summary(name, Path(folder) / "a.h5") for name in SMALL}
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
        return 0
    expected = json.loads(file.read_text())
    assert not too_easy(found["hard_times"]["means"]), "hard_times shows no collaboration that ends, withdraws or lapses"
    failures = [line for name in SMALL for line in differences(name, expected[name], found[name])]
    print("\n".join(failures) or f"{len(SMALL)} scenarios as they were")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
