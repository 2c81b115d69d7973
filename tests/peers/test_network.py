#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Network measures beside igraph (Csardi & Nepusz 2006): density, modularity and betweenness of random graphs, of two that fall
apart, and of none; and the graphs that `dredge replay --graphml` writes, whose measures are those of `--network` and
`--persons`. tests/data/network/igraph.txt holds igraph's answers, and the unit test of network.c is held to them.

    tests/peers/test_network.py            compares; skipped (77) where igraph is not installed
    tests/peers/test_network.py --write    makes the data again

Install with `pip install python-igraph` in an environment of your own and run this file with its Python, or name it in
DREDGE_PEERS_PYTHON.
"""
import csv
import math
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parent.parent.parent))
DREDGE = os.environ.get("DREDGE", str(TOP / "build/release/dredge"))
DATA = TOP / "tests/data/network/igraph.txt"
if os.environ.get("DREDGE_PEERS_PYTHON") and sys.executable != os.environ["DREDGE_PEERS_PYTHON"]:
    os.execv(os.environ["DREDGE_PEERS_PYTHON"], [os.environ["DREDGE_PEERS_PYTHON"], *sys.argv])
try:
    import igraph
except ImportError:
    sys.exit(77)


def graphs():
    """Nodes, lines, and the group of each node."""
    luck = random.Random(20220101)
    yield 5, [], [0, 1, 2, 3, 0]
    yield 6, [(0, 1), (1, 2), (3, 4), (4, 5), (3, 5)], [0, 0, 1, 1, 2, 2]
    yield 12, [(a, b) for a in range(12) for b in range(a)], [node % 4 for node in range(12)]
    for share in (0.1, 0.2, 0.3, 0.5, 0.8):
        n = luck.randint(8, 24)
        yield (n, [(a, b) for a in range(n) for b in range(a) if luck.random() < share],
               [luck.randrange(4) for _ in range(n)])


def answers(n, lines, groups):
    graph = igraph.Graph(n=n, edges=lines)
    modularity = graph.modularity(groups) if lines else math.nan
    return [graph.density(), modularity, *graph.betweenness()]


def lines_of_data():
    for n, lines, groups in graphs():
        yield (f"{n} {len(lines)} " + " ".join(map(str, groups)) + "".join(f" {a} {b}" for a, b in lines) + " "
               + " ".join(f"{value:.15g}" for value in answers(n, lines, groups)))


def same(ours, theirs):
    return (math.isnan(ours) and math.isnan(theirs)) or abs(ours - theirs) < 1e-9


def compare_replay():
    """The graph of a month, read by igraph, has the measures that the tables have."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "s.yaml").write_text("months: 40\nreplicates: 2\n")
        subprocess.run([DREDGE, "run", "s.yaml", "-o", "o.h5", "--quiet"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        for month in (0, 17, 40):
            subprocess.run([DREDGE, "replay", "o.h5", "--replicate", "1", "--persons", "p.csv", "--network", "n.csv",
                            "--graphml", "g.graphml", "--month", str(month), "--threshold", "0.45", "--force"],
                           cwd=folder, check=True, stdout=subprocess.DEVNULL)
            graph = igraph.Graph.Read_GraphML(str(place / "g.graphml"))
            graph.delete_vertices([v.index for v in graph.vs if v["inside"] == 0])
            graph.delete_edges([e.index for e in graph.es if e["trust"] < 0.45])
            groups = [["public", "private", "nonprofit", "knowledge"].index(sector) for sector in graph.vs["sector"]]
            theirs = answers(graph.vcount(), graph.get_edgelist(), groups)
            network = [row for row in csv.DictReader((place / "n.csv").open()) if int(row["month"]) == month][0]
            persons = [row for row in csv.DictReader((place / "p.csv").open())
                       if int(row["month"]) == month and row["inside"] == "1"]
            ours = [float(network["density"]), float(network["modularity"] or "nan"),
                    *(float(row["betweenness"]) for row in persons)]
            assert len(ours) == len(theirs) and all(map(same, ours, theirs)), (month, ours, theirs)


def main():
    text = "".join(line + "\n" for line in lines_of_data())
    if "--write" in sys.argv[1:]:
        DATA.write_text(text, encoding="utf-8")
        return
    stored = DATA.read_text(encoding="utf-8").splitlines()
    for line, kept in zip(text.splitlines(), stored, strict=True):
        assert all(same(float(a), float(b)) for a, b in zip(line.split(), kept.split(), strict=True)), line
    compare_replay()


if __name__ == "__main__":
    main()
