# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Python peers share: the default scenario, the regimes, the arguments and the line of results.

The numbers come from the tables of the reference implementation; the peers compute everything themselves.
"""

import argparse
import json
import math
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "reference"))

from parameters import KNOWLEDGE, REGIMES, STEERING_DEFAULTS, built_in, parameters  # noqa: E402, F401

P = parameters()
SEAT_SECTORS = ([sector for sector in range(4) for _ in range(P.inside[sector])]
                + [sector for sector in range(4) for _ in range(P.outside[sector])])
INSIDE = sum(P.inside)
SEATS = len(SEAT_SECTORS)
SEED = 20220101


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--regime", default="iterative", choices=list(REGIMES))
    parser.add_argument("--replicates", type=int, default=200, metavar="N")
    return parser.parse_args()


def measure(peer, options, simulate):
    """Takes the processor time of simulate(steering, replicates), which returns the structural share of every
    replicate and the number of tie-months (pairs of insiders in living collaborations, summed over months), and
    prints one line."""
    started = time.process_time()
    shares, tie_months = simulate(built_in(options.regime)[0][1], options.replicates)
    seconds = time.process_time() - started
    n = len(shares)
    mean = sum(shares) / n
    variance = sum((share - mean) ** 2 for share in shares) / (n - 1)
    print(json.dumps({
        "peer": peer, "regime": options.regime, "replicates": n, "seconds": round(seconds, 6),
        "tie_months": int(tie_months), "ns_per_tie_month": round(1e9 * seconds / tie_months, 3),
        "structural_share": round(mean, 6), "se": round(math.sqrt(variance / n), 6)}))
