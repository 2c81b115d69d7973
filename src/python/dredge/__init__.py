# SPDX-License-Identifier: GPL-3.0-or-later
"""dredge: a simulation laboratory for cross-sector collaboration.

    study = dredge.Study("care.yaml", set={"convener.skill": 0.8})
    results = study.run()
    f = study.function(factors=["convener.skill"], outcomes=["structural_share"], regime="iterative")
    Y = f(X)

Numbers keep the units of a study: months, and shares between 0 and 1.
"""
import dredge._interpreter  # noqa: F401, before NumPy and cffi, whose modules crash there
from dredge._library import DredgeError, FileError, StudyError, UsageError, lib as _lib, text as _text
from dredge.function import Function
from dredge.game import Game, Games
from dredge.posterior import Posterior
from dredge.results import Results, open_results as open
from dredge.study import Study

__version__ = _text(_lib.dredge_version())
__all__ = ["DredgeError", "FileError", "Function", "Game", "Games", "Posterior", "Results", "Study", "StudyError", "UsageError", "open"]
