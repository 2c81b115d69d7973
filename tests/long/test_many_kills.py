#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test determinism/kills with 500 kills."""
import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
sys.exit(subprocess.run([SOURCE / "tests/determinism/test_kills.py"], check=False,
                        env={"KILLS": "500", **os.environ}).returncode)
