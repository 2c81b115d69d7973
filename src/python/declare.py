#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the module `_declarations` from the public header of libdredge: what cffi needs to call it.

    declare.py COMPILER INCLUDE_FOLDER _declarations.py
"""
import subprocess
import sys
import tempfile
from pathlib import Path

from cffi import FFI


def declarations(compiler, include):
    """The C declarations of dredge/dredge.h after the preprocessor, without those of the system, which cffi knows."""
    with tempfile.TemporaryDirectory() as empty:
        for system in ("stddef.h", "stdint.h"):
            Path(empty, system).touch()
        return subprocess.run(
            [compiler, "-E", "-P", "-nostdinc", "-I", empty, "-I", include, "-D__attribute__(x)=",
             str(Path(include, "dredge", "dredge.h"))],
            check=True, capture_output=True, text=True).stdout


def main(compiler, include, output):
    ffi = FFI()
    ffi.cdef(declarations(compiler, include))
    ffi.set_source("dredge._declarations", None)
    ffi.emit_python_code(output)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
