# SPDX-License-Identifier: GPL-3.0-or-later
"""libdredge, loaded: calls of its C interface, and its failures as exceptions."""
import os
import sys
from pathlib import Path

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
    kept = [ffi.new("char[]", string.encode("utf-8")) for string in strings]
    return ffi.new("const char *[]", kept), kept


# After a fork the threads of OpenMP are gone: a process that was forked computes with one thread.
_forked = False


def _note_fork():
    global _forked
    _forked = True


os.register_at_fork(after_in_child=_note_fork)


def threads(n):
    """The number of threads for a run: `n`, 0 for all cores; 1 in a process that was forked."""
    if isinstance(n, bool) or not isinstance(n, int) or n < 0:
        raise UsageError(f"threads = {n!r}: must be a whole number, 0 for all cores")
    return 1 if _forked else n


class Options:
    """struct dredge_run_options with a Python callback: progress(done, runs), and Ctrl-C that ends the run soon."""

    def __init__(self, n_threads=0, progress=None, resume=False, force=False):
        self.error = None
        self.handle = ffi.new("struct dredge_run_options *")
        self.handle.n_threads = threads(n_threads)
        self.handle.resume = int(resume)
        self.handle.force = int(force)
        self.progress = progress
        self._callback = ffi.callback("int(void *, long long, long long)", self._tell, onerror=self._stop, error=1)
        self.handle.progress = self._callback

    def _tell(self, _context, done, runs):
        if self.progress is not None:
            self.progress(done, runs)
        return 0

    def _stop(self, _kind, error, _traceback):
        self.error = error

    def check(self, status):
        """As `check`, but an exception of the callback (Ctrl-C among them) comes first."""
        if self.error is not None:
            raise self.error
        check(status)


def reporter(progress, what="runs"):
    """The callback for an argument `progress`: True (a line on the terminal or in the notebook), a function, or False."""
    if callable(progress):
        return progress, lambda: None
    if not progress or not (sys.stderr.isatty() or "ipykernel" in sys.modules):
        return None, lambda: None

    def tell(done, runs):
        share = done / runs if runs else 1.0
        bar = "█" * int(24 * share)
        print(f"\r{bar:<24} {share:4.0%}  {done:,} of {runs:,} {what}", end="", file=sys.stderr, flush=True)

    return tell, lambda: print("\r\033[K", end="", file=sys.stderr, flush=True)
