#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test fault/changed_results with 1,000 wrong bits in a sealed file, and as many without the seal."""
import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
sys.exit(subprocess.run([SOURCE / "tests/fault/test_changed_results.py"], check=False,
                        env={"FLIPS": "1000", **os.environ}).returncode)
