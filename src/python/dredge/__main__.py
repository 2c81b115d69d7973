# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m dredge ...`, and `dredge ...` where the package is installed: the command that the package carries."""
import os
import sys
from pathlib import Path


def main():
    command = str(Path(__file__).with_name("dredge-command"))
    os.execv(command, ["dredge", *sys.argv[1:]])


if __name__ == "__main__":
    main()
