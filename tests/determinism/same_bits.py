# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of determinism share: running the command and reading digests."""
import os
import subprocess
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
DREDGE = os.environ.get("DREDGE", str(SOURCE / "build/dev/dredge"))

# Every scenario, small enough to be run many times, and a study of what they hardly show (tests/golden).
SMALL = {
    "energy_transition": ["--replicates", "40"],
    "supply_chain_deforestation": ["--replicates", "20"],
    "climate": ["--replicates", "20"],
    "care": ["--replicates", "20"],
    "circularity": ["--replicates", "20"],
    "pothole": ["--replicates", "20"],
    "facilitation": ["--replicates", "20"],
    "small_wins": ["--replicates", "10"],
    "accountability": ["--replicates", "5"],
    "theories": ["--replicates", "5"],
    "partnership_society": ["--replicates", "2", "--set", "programme.collaborations=100", "--set", "months=48"],
    "hard_times": [],
}


def scenario(name):
    """The study of this name."""
    folder = "tests/golden" if name == "hard_times" else "scenarios"
    return str(SOURCE / folder / f"{name}.yaml")


def dredge(*words, **environment):
    """Runs the command with these environment variables; its standard output."""
    process = subprocess.run([DREDGE, *map(str, words)], env={**os.environ, **environment}, capture_output=True,
                             text=True, check=False)
    assert process.returncode == 0, f"dredge {' '.join(map(str, words))}: {process.returncode}\n{process.stderr}"
    return process.stdout


def digest_of(name, output, *words, **environment):
    """Runs a scenario and gives the digest of its results."""
    dredge("run", scenario(name), "-o", output, "--force", "--quiet", *SMALL[name], *words, **environment)
    return dredge("digest", output).strip()


def has_level(level):
    """Does this processor have the vector level (in a build that has levels)?"""
    process = subprocess.run([DREDGE, "check", scenario("pothole")], env={**os.environ, "DREDGE_LEVEL": level},
                             capture_output=True, text=True, check=False)
    return process.returncode == 0
