#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every example in scripts/examples reads a file that was made just now, and its numbers equal those of `dredge compare`.
# What an example needs and is not installed is said; R and pyarrow are not required.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$DREDGE" run tests/report/pair.yaml -o "$folder/pair.h5" --quiet
"$DREDGE" run tests/report/grid.yaml -o "$folder/grid.h5" --quiet
"$DREDGE" compare "$folder/pair.h5" --json > "$folder/pair.json"
export LD_LIBRARY_PATH="$DREDGE_BUILD${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" # where libdredge is, when it is shared

mean() {
    /usr/bin/python3 -c "import json, sys; o = json.load(open(sys.argv[1]))['outcomes']['structural_share']['$1']
print(f\"{o['$2']:.$3}\")" "$folder/pair.json"
}

"$DREDGE_BUILD/tests/example_run_study" tests/report/pair.yaml "$folder/own.h5" > "$folder/table.txt" 2>/dev/null
grep -Eq "^0 +iterative +40 +$(mean iterative mean 6f) +$(mean iterative se 6f)$" "$folder/table.txt"
"$DREDGE_BUILD/tests/example_compare_regimes" "$folder/own.h5" > "$folder/duels.txt"
grep -Eq "^iterative +linear_kpi +40 +.?$(mean iterative difference 6f) " "$folder/duels.txt"
grep -q "^content $("$DREDGE" digest "$folder/pair.h5" | cut -d' ' -f1), " "$folder/duels.txt"
for words in "example_compare_regimes $folder/own.h5" "example_run_study tests/report/pair.yaml $folder/own.h5"; do
    if "$DREDGE_BUILD"/tests/$words > /dev/full 2> "$folder/why"; then
        exit 1
    fi
    grep -q "could not be written" "$folder/why"
done
if "$DREDGE_BUILD/tests/example_compare_regimes" "$folder/own.h5" nothing 2> "$folder/why"; then
    exit 1
fi
grep -q 'there is no outcome "nothing"' "$folder/why"
"$DREDGE_BUILD/tests/example_run_study" tests/report/grid.yaml "$folder/own.h5" survival months=24 replicates=3 > "$folder/table.txt" 2>/dev/null
[ "$(wc -l < "$folder/table.txt")" -gt 4 ] # a head and the regimes of several design points

if /usr/bin/python3 -c "import pandas, matplotlib, xarray" 2>/dev/null; then
    scripts/examples/to_pandas.py "$folder/pair.h5" "$folder/runs.csv" > "$folder/pandas.txt"
    [ "$(wc -l < "$folder/runs.csv")" -eq 81 ] # a head and 2 regimes x 40 replicates
    grep -q "iterative *$(mean iterative mean 3f)" "$folder/pandas.txt"
    scripts/examples/to_pandas.py "$folder/grid.h5" "$folder/grid.csv" > /dev/null
    head -1 "$folder/grid.csv" | grep -q "convener_skill,funder_target"
    if /usr/bin/python3 -c "import pyarrow" 2>/dev/null; then
        scripts/examples/to_pandas.py "$folder/grid.h5" "$folder/grid.parquet" > /dev/null
        [ -s "$folder/grid.parquet" ]
    elif scripts/examples/to_pandas.py "$folder/grid.h5" "$folder/grid.parquet" 2> "$folder/why"; then
        exit 1
    else
        grep -q pyarrow "$folder/why"
    fi
    scripts/examples/figures.py "$folder/pair.h5" "$folder/figures"
    scripts/examples/figures.py "$folder/grid.h5" "$folder/more"
    for picture in figures/fans figures/differences more/fans more/differences more/map; do
        /usr/bin/python3 -c "import matplotlib.image as m, sys; i = m.imread(sys.argv[1]); assert i.std() > 0.05, i.std()" \
            "$folder/$picture.png"
    done
else
    echo "pandas, matplotlib or xarray is not installed: their examples are not run"
fi
if command -v Rscript > /dev/null && Rscript -e 'library(ncdf4)' > /dev/null 2>&1; then
    Rscript scripts/examples/load.R "$folder/pair.h5" > "$folder/r.txt"
    grep -q "iterative *$(mean iterative mean 4f)" "$folder/r.txt" || grep -q "iterative *$(mean iterative mean 7f)" "$folder/r.txt"
    grep -q "^difference $(mean iterative difference 6f), " "$folder/r.txt"
else
    echo "R with ncdf4 is not installed: its example is not run"
fi
