#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test fault/injection for all calls but allocations, of which it tries 600 in each scenario: about an hour."""
import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
sys.exit(subprocess.run([SOURCE / "tests/fault/test_injection.py", *sys.argv[1:]], check=False,
                        env={"TRIES": "600", **os.environ}).returncode)
