#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/slurm/mpi.sbatch as it is, on two nodes: two daemons of Slurm on the loopback, a rank on each, TCP between them.
# A sweep whose runs they divide, and a world that they step together; then a node is lost in mid-run: what was finished is
# kept, and the same job goes on when it is submitted again. Every digest is that of `dredge run`.
set -euo pipefail
# shellcheck source=slurm.sh
source "$(dirname "$0")/slurm.sh"
export DREDGE_MPI=${DREDGE_MPI:-$(dirname "$DREDGE")/dredge-mpi}
if ! command -v mpirun >/dev/null || [ ! -x "$DREDGE_MPI" ]; then
    echo "skipped: no mpirun, or no dredge-mpi beside dredge"
    exit 77
fi
if [[ $(mpirun --version) =~ Open\ MPI\)\ ([0-9]+) ]] && ((BASH_REMATCH[1] >= 5)); then
    echo "skipped: Open MPI 5 does not take the loopback for a network between machines"
    exit 77
fi
start_cluster
# Between machines there is no shared memory; and these two have no network but the loopback.
export OMPI_MCA_pml=ob1 OMPI_MCA_btl=tcp,self OMPI_MCA_btl_tcp_if_include=lo OMPI_MCA_oob_tcp_if_include=lo
export OMPI_MCA_mpi_yield_when_idle=1

# submit OUTPUT STUDY [options of dredge run]
submit() {
    sbatch --parsable --no-requeue --output="$folder/job.log" --chdir="$folder" \
        "$source/scripts/slurm/mpi.sbatch" "$2" "$1" "${@:3}" >"$folder/job"
}
expect() {
    [ -e "$1" ] || fail "$3: no results: $(cat "$folder/job.log")"
    [ "$("$DREDGE" digest "$1")" = "$2" ] || fail "$3: the digest differs from that of dredge run"
    echo "same digest: $3"
}
# Processes of the job on a node: Slurm tells each where it runs.
on_node() {
    for process in $(ours); do
        ! grep -qzFx "SLURMD_NODENAME=$1" "/proc/$process/environ" 2>/dev/null || echo "$process"
    done
}
nothing_runs() {
    local running
    running=$(squeue --noheader --states=running 2>/dev/null) && [ -z "$running" ]
}
has_segment() {
    compgen -G "$1.parts/segment-*" >/dev/null
}

sweep=("$source/scenarios/facilitation.yaml" --replicates 40 --set months=60)
programme=("$source/scenarios/partnership_society.yaml" --replicates 2 --set programme.collaborations=200 --set months=24)
for study in sweep programme; do
    declare -n words=$study
    "$DREDGE" run "${words[@]}" -o "$folder/whole.h5" --quiet --force
    digest=$("$DREDGE" digest "$folder/whole.h5")
    submit "$folder/$study.h5" "${words[@]}"
    until_true "the ranks end" queue_is_empty
    expect "$folder/$study.h5" "$digest" "$study, two nodes"
done

# ---- a node is lost ----

# Long enough to be interrupted: 12 seconds for one thread, as fast as this machine is now.
long=("$source/scenarios/facilitation.yaml" --replicates 1000)
started=$(date +%s%N)
"$DREDGE" run "${long[@]}" -o "$folder/short.h5" --threads 1 --quiet
long[2]=$((1000 * 12000 / (($(date +%s%N) - started) / 1000000 + 1)))

# Has the job that is submitted saved runs, while it still runs on the second node?
is_under_way() {
    rm -rf "$folder/lost.h5"
    submit "$folder/lost.h5" "${long[@]}"
    until_true "runs are saved" has_something "$folder/lost.h5"
    mapfile -t lost < <(on_node n2)
    [ ${#lost[@]} -ge 2 ] # a daemon of MPI and a rank
}
has_something() {
    has_segment "$1" || [ -e "$1" ]
}
until is_under_way; do # the machine has become faster
    until_true "the job ends" queue_is_empty
    ((long[2] < 100000)) || fail "no job takes long enough to lose a node"
    long[2]=$((4 * long[2]))
done
# All at once, with the daemon of the node and the parent that it gave the job.
kill -9 "${slurmd[2]}" $(ps -o ppid= -p "${lost[*]}" | sort -u) "${lost[@]}"
until_true "the job ends without the node" nothing_runs
[ ! -e "$folder/lost.h5" ] || fail "the study ended before the node was lost"
has_segment "$folder/lost.h5" || fail "what was finished is gone"
scontrol update nodename=n2 state=down reason=lost
until_true "the job leaves the queue" queue_is_empty
"$DREDGE" run "${long[@]}" -o "$folder/whole.h5" --quiet --force
digest=$("$DREDGE" digest "$folder/whole.h5")
submit "$folder/lost.h5" "${long[@]}"
until_true "the job ends on the other nodes" queue_is_empty
expect "$folder/lost.h5" "$digest" "a node lost, submitted again"
