#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test fault/injection with many more allocations: the first 300 and every 19th later one, which takes hours."""
import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
sys.exit(subprocess.run([SOURCE / "tests/fault/test_injection.py", *sys.argv[1:]], check=False,
                        env={"FIRST": "300", "STRIDE": "19", **os.environ}).returncode)
