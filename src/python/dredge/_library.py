# SPDX-License-Identifier: GPL-3.0-or-later
"""libdredge, loaded: calls of its C interface, and its failures as exceptions."""
import os
import sys
from pathlib import Path

import numpy as np

from dredge._declarations import ffi

lib = ffi.dlopen(str(Path(__file__).with_name("libdredge.so")))


class DredgeError(Exception):
    """A call of dredge failed; the text says why and what to do."""


class UsageError(DredgeError, ValueError):
    """Arguments that cannot be."""


class StudyError(DredgeError, ValueError):
    """A study with mistakes, one to a line: file, line, key, value, what is allowed."""


class FileError(DredgeError, OSError):
    """A file that cannot be read, written, or believed."""


_ERRORS = {lib.DREDGE_USAGE: UsageError, lib.DREDGE_STUDY: StudyError, lib.DREDGE_FILE: FileError,
           lib.DREDGE_MEMORY: MemoryError}


def check(status):
    """Raises the exception of a status that is not DREDGE_OK, with the library's sentence."""
    if status == lib.DREDGE_OK:
        return
    sentence = text(lib.dredge_message())
    if status == lib.DREDGE_INTERRUPTED:
        raise KeyboardInterrupt(sentence)
    raise _ERRORS.get(status, DredgeError)(sentence)


def text(pointer):
    """The Python string of a C text; "" for NULL."""
    return "" if pointer == ffi.NULL else ffi.string(pointer).decode("utf-8", "replace")


def taken(pointer):
    """The Python string of a text that the library made for the caller, freed."""
    try:
        return text(pointer[0])
    finally:
        lib.dredge_text_free(pointer[0])


def texts(strings):
    """A C array of texts, and what keeps them alive."""
    kept = [ffi.new("char[]", without_zero(string.encode("utf-8", "replace"), "a name")) for string in strings]
    return ffi.new("const char *[]", kept), kept


def path_of(path):
    """A path as the library takes it."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        raise UsageError(f"a file is named by its path, not by {type(path).__name__}")
    return without_zero(os.fsencode(path), "a path")


def without_zero(encoded, what):
    """Bytes for C, which takes the first zero byte for the end."""
    if b"\0" in encoded:
        raise UsageError(f"{what} cannot hold a zero byte: {encoded!r}")
    return encoded


def name_of(name, what):
    """A name as the library takes it; NULL for None."""
    if name is None:
        return ffi.NULL
    if not isinstance(name, str):
        raise UsageError(f"{what} = {name!r}: must be a name")
    return without_zero(name.encode("utf-8", "replace"), what)


# After a fork the threads of OpenMP are gone: a process that was forked computes with one thread.
_forked = False


def _note_fork():
    global _forked
    _forked = True


os.register_at_fork(after_in_child=_note_fork)


def threads(n):
    """The number of threads for a run: `n`, 0 for all cores; 1 in a process that was forked."""
    n = whole("threads", n, 0)
    return 1 if _forked else n


class Watch:
    """A run under way: its Python callback, and Ctrl-C, which ends it soon. `check` comes after it."""

    def __init__(self, handle, n_threads, progress, signature):
        self.handle, self.progress, self.error = handle, progress, None
        handle.n_threads = threads(n_threads)
        self._callback = ffi.callback(signature, self._tell, onerror=self._stop, error=1)
        handle.progress = self._callback

    def _tell(self, _context, *told):
        if self.progress is not None:
            self.progress(*told)
        return 0

    def _stop(self, _kind, error, _traceback):
        self.error = error

    def check(self, status):
        """As `check`, but an exception of the callback (Ctrl-C among them) comes first."""
        if self.error is not None:
            raise self.error
        check(status)


class Options(Watch):
    """struct dredge_run_options; its progress is a function of runs done and runs in all."""

    def __init__(self, n_threads=0, progress=None, resume=False, force=False, checkpoint_every=0, extend=None):
        super().__init__(ffi.new("struct dredge_run_options *"), n_threads, progress,
                         "int(void *, long long, long long)")
        self.handle.resume = flag("resume", resume)
        self.handle.force = flag("force", force)
        self.handle.checkpoint_every = whole("checkpoint_every", checkpoint_every, 0)
        self._extend = ffi.new("char[]", path_of(extend)) if extend is not None else ffi.NULL
        self.handle.extend = self._extend


def whole(name, value, least):
    """`value`, when it is a whole number of a size that the library takes."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or not least <= value.__index__() < 1 << 31:
        raise UsageError(f"{name} = {value!r}: must be a whole number from {least} to {(1 << 31) - 1}")
    return value.__index__()


def flag(name, value):
    """1 or 0 for `value`, when it is true or false."""
    if not isinstance(value, (bool, np.bool_)):
        raise UsageError(f"{name} = {value!r}: must be True or False")
    return int(value)


def reporter(progress, line):
    """What an argument `progress` asks for: True (a line on the terminal or in the notebook, which `line` makes of what is
    told), a function, or False; and what ends it."""
    if callable(progress):
        return progress, lambda: None
    if not isinstance(progress, bool):
        raise UsageError(f"progress = {progress!r}: must be True, False or a function")
    if not progress or not (sys.stderr.isatty() or "ipykernel" in sys.modules):
        return None, lambda: None

    def tell(*told):
        share, words = line(*told)
        print(f"\r{'█' * int(24 * share):<24} {share:4.0%}  {words}", end="", file=sys.stderr, flush=True)

    return tell, lambda: print("\r\033[K", end="", file=sys.stderr, flush=True)
