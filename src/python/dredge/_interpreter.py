# SPDX-License-Identifier: GPL-3.0-or-later
"""Refuses an interpreter beside the main one, where NumPy's and cffi's modules crash when it ends."""
try:
    import _interpreters as interpreters  # Python 3.13 and later
except ImportError:
    try:
        import _xxsubinterpreters as interpreters
    except ImportError:
        interpreters = None


def number(interpreter):
    """The number of an interpreter, which Python 3.13 and later give with who owns it."""
    return int(interpreter[0] if isinstance(interpreter, tuple) else interpreter)


if interpreters is not None and number(interpreters.get_current()) != number(interpreters.get_main()):
    raise ImportError("dredge works in the main interpreter of a process only: use its threads, or processes (multiprocessing)")
