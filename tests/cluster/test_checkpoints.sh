#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A world that ranks step together and whose ranks are killed goes on from its checkpoint on another number of ranks, or in
# dredge without MPI, and the other way round; so do worlds that single ranks step. All give the digest of `dredge run`.
set -euo pipefail

source=${DREDGE_SOURCE:-$(realpath "$(dirname "$0")/../..")}
dredge=${DREDGE:-$source/build/dev/dredge}
dredge_mpi=${DREDGE_MPI:-$(dirname "$dredge")/dredge-mpi}
if ! command -v mpirun >/dev/null || [ ! -x "$dredge_mpi" ]; then
    echo "skipped: no mpirun, or no dredge-mpi beside dredge"
    exit 77
fi
export OMPI_MCA_mpi_yield_when_idle=1 OMP_NUM_THREADS=1
mpi=(mpirun --oversubscribe --allow-run-as-root --bind-to none)

folder=$(mktemp -d)
process=
cleanup() {
    [ -z "$process" ] || kill -9 "$process" 2>/dev/null || true
    wait || true
    rm -rf "$folder"
}
trap cleanup EXIT

fail() {
    echo "FAILED: $1" >&2
    exit 1
}

has_checkpoint() {
    compgen -G "$folder/o.h5.parts/checkpoint-*[0-9]" >/dev/null
}

# Runs the words until a world is saved and kills them, mpirun and the ranks; again if they were done before.
leave_checkpoint() {
    for ((k = 0; k < 10; k++)); do
        "$@" -o "$folder/o.h5" --force --quiet --checkpoint-every 1 2>"$folder/complaint" &
        process=$!
        while kill -0 $process 2>/dev/null && ! has_checkpoint; do
            sleep 0.02
        done
        kill -9 $process 2>/dev/null || true
        pkill -9 -f -- "-o $folder/o.h5" || true
        wait $process 2>/dev/null || true
        process=
        ! has_checkpoint || return 0
    done
    fail "no checkpoint: $(cat "$folder/complaint")"
}

# Goes on with the words; the ranks that were killed may hold the output for a moment.
expect() {
    local what=$1 expected=$2
    shift 2
    for ((i = 0; i < 100; i++)); do
        ! "$@" -o "$folder/o.h5" --resume --quiet 2>"$folder/complaint" || break
        sleep 0.2
    done
    [ "$("$dredge" digest "$folder/o.h5")" = "$expected" ] || fail "$what: $(cat "$folder/complaint")"
    [ ! -e "$folder/o.h5.parts" ] || fail "$what: something is left beside the output"
    rm "$folder/o.h5"
    echo "same digest: $what"
}

world=(run "$source/scenarios/partnership_society.yaml" --replicates 1 --set months=48
    --set programme.collaborations=150)
"$dredge" "${world[@]}" -o "$folder/whole.h5" --quiet
digest=$("$dredge" digest "$folder/whole.h5")
leave_checkpoint "${mpi[@]}" -n 2 "$dredge_mpi" "${world[@]}"
expect "2 ranks killed, 3 go on" "$digest" "${mpi[@]}" -n 3 "$dredge_mpi" "${world[@]}"
leave_checkpoint "${mpi[@]}" -n 3 "$dredge_mpi" "${world[@]}"
expect "3 ranks killed, dredge goes on" "$digest" "$dredge" "${world[@]}"
leave_checkpoint "$dredge" "${world[@]}"
expect "dredge killed, 2 ranks go on" "$digest" "${mpi[@]}" -n 2 "$dredge_mpi" "${world[@]}" --checkpoint-every 9

# Worlds too small to be shared: each rank steps its own.
small=("${world[@]}" --replicates 30 --set programme.collaborations=20)
"$dredge" "${small[@]}" -o "$folder/small.h5" --quiet
digest=$("$dredge" digest "$folder/small.h5")
leave_checkpoint "${mpi[@]}" -n 2 "$dredge_mpi" "${small[@]}"
expect "2 ranks with worlds of their own killed, 3 go on" "$digest" "${mpi[@]}" -n 3 "$dredge_mpi" "${small[@]}"
