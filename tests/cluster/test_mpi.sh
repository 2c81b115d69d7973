#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# dredge-mpi with 1 to 4 ranks gives the digest of `dredge run`: for a sweep, whose runs the ranks divide, and for a
# programme of 200 collaborations, whose worlds they step together; also after a rank, or mpirun itself, was killed.
set -euo pipefail

source=${DREDGE_SOURCE:-$(realpath "$(dirname "$0")/../..")}
dredge=${DREDGE:-$source/build/dev/dredge}
dredge_mpi=${DREDGE_MPI:-$(dirname "$dredge")/dredge-mpi}
if ! command -v mpirun >/dev/null || [ ! -x "$dredge_mpi" ]; then
    echo "skipped: no mpirun, or no dredge-mpi beside dredge"
    exit 77
fi
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_mpi_yield_when_idle=1 OMP_NUM_THREADS=1

folder=$(mktemp -d)
ranks=() # process numbers of the study that is to be killed
cleanup() {
    for process in $(jobs -p) ${ranks[@]+"${ranks[@]}"}; do
        kill -9 "$process" 2>/dev/null || true
    done
    wait || true
    rm -rf "$folder"
}
trap cleanup EXIT

fail() {
    echo "FAILED: $1" >&2
    exit 1
}

run_ranks() {
    mpirun --oversubscribe --bind-to none -n "$1" "$dredge_mpi" run "${@:2}" --quiet
}

expect() {
    [ "$("$dredge" digest "$1")" = "$2" ] || fail "$3: the digest differs from that of dredge run"
    echo "same digest: $3"
}

sweep=("$source/scenarios/facilitation.yaml" --replicates 40 --set months=60)
programme=("$source/scenarios/partnership_society.yaml" --replicates 2 --set programme.collaborations=200 --set months=24)
"$dredge" run "${sweep[@]}" -o "$folder/sweep.h5" --quiet
"$dredge" run "${programme[@]}" -o "$folder/programme.h5" --quiet
sweep_digest=$("$dredge" digest "$folder/sweep.h5")
programme_digest=$("$dredge" digest "$folder/programme.h5")
for n in 1 2 3 4; do
    run_ranks $n "${sweep[@]}" -o "$folder/sweep$n.h5"
    expect "$folder/sweep$n.h5" "$sweep_digest" "sweep, $n ranks"
    run_ranks $n "${programme[@]}" -o "$folder/programme$n.h5"
    expect "$folder/programme$n.h5" "$programme_digest" "programme, $n ranks"
done

# A calibration by ranks finds what one process finds, and goes on with other ranks where it was killed.
cat > "$folder/planted.yaml" <<'END'
months: 12
aftercare_months: 0
seed: 2
regimes: [iterative]
calibration:
  priors: {convener.skill: {low: 0, high: 1}, divergence: {low: 0.5, high: 1.5}}
  targets: [{name: trust, outcome: trust_end, value: 0.5, error: 0.02}]
END
small=(calibrate "$folder/planted.yaml" --draws 600 --particles 64 --replicates 8 --quiet --json)
"$dredge" "${small[@]}" -o "$folder/posterior.h5" >"$folder/alone"
mpirun --oversubscribe --bind-to none -n 3 "$dredge_mpi" "${small[@]}" -o "$folder/posterior3.h5" >"$folder/ranks"
cmp "$folder/alone" "$folder/ranks" || fail "a calibration by 3 ranks differs"
mpirun --oversubscribe --bind-to none -n 2 "$dredge_mpi" "${small[@]}" -o "$folder/posterior2.h5" >/dev/null &
ranks=($!)
for _ in $(seq 500); do
    [ -e "$folder/posterior2.h5.particles" ] || [ -e "$folder/posterior2.h5" ] && break
    sleep 0.02
done
kill -9 "${ranks[0]}" 2>/dev/null || true
wait "${ranks[0]}" 2>/dev/null || true
ranks=()
sleep 1 # the ranks of a killed mpirun end by themselves
rm -f "$folder/posterior2.h5"
mpirun --oversubscribe --bind-to none -n 3 "$dredge_mpi" "${small[@]}" -o "$folder/posterior2.h5" --resume >"$folder/ranks"
cmp "$folder/alone" "$folder/ranks" || fail "a calibration that was killed and resumed differs"
echo "same calibration: 1, 2 and 3 ranks"

# Wrong use and an existing output end all ranks with one sentence, not one per rank.
status=0
run_ranks 3 "${sweep[@]}" -o "$folder/sweep1.h5" 2>"$folder/complaint" || status=$?
[ $status -eq 4 ] || fail "an existing output: exit status $status instead of 4"
[ "$(grep -c '^dredge run: ' "$folder/complaint")" -eq 1 ] || fail "an existing output: $(cat "$folder/complaint")"

# A rank that does not find the folder of the output, as on a machine that does not share it, ends all ranks: the runs that it
# made would be missing.
mkdir "$folder/elsewhere"
status=0
mpirun --oversubscribe --bind-to none -n 2 --wdir "$folder" "$dredge_mpi" run "${sweep[@]}" -o apart.h5 --quiet : \
    -n 1 --wdir "$folder/elsewhere" "$dredge_mpi" run "${sweep[@]}" -o apart.h5 --quiet 2>"$folder/complaint" || status=$?
[ $status -eq 4 ] || fail "an output that one rank does not find: exit status $status instead of 4"
[ "$(grep -c '^dredge run: apart.h5.parts: .* does not find it' "$folder/complaint")" -eq 1 ] ||
    fail "an output that one rank does not find: $(cat "$folder/complaint")"
[ ! -e "$folder/apart.h5" ] && [ -z "$(ls "$folder/elsewhere")" ] || fail "an output that one rank does not find: it stays"
status=0
mpirun --oversubscribe --bind-to none -n 1 "$dredge_mpi" "${small[@]}" -o "$folder/apart.h5" : \
    -n 1 "$dredge_mpi" calibrate "$folder/none.yaml" -o "$folder/apart.h5" >/dev/null 2>"$folder/complaint" || status=$?
[ $status -eq 4 ] || fail "a study that one rank does not find: exit status $status instead of 4"
[ "$(grep -c '^dredge calibrate: .*/none.yaml: ' "$folder/complaint")" -eq 1 ] ||
    fail "a study that one rank does not find: $(cat "$folder/complaint")"
echo "one sentence: an output, or a study, that one rank does not find"

# Two sets of ranks with words of their own must end together, with one sentence: apart STATUS SENTENCE COMMAND... : COMMAND...
apart() {
    local expected=$1 sentence=$2 status=0 words=()
    for word in "${@:3}"; do
        words+=("$word")
        [ "$word" != : ] || words+=(-n 1 "$dredge_mpi")
    done
    mpirun --oversubscribe --bind-to none -n 2 "$dredge_mpi" "${words[@]}" >/dev/null 2>"$folder/complaint" || status=$?
    [ $status -eq "$expected" ] || fail "$sentence: exit status $status instead of $expected: $(cat "$folder/complaint")"
    [ "$(grep -c '^dredge' "$folder/complaint")" -eq 1 ] && grep -q "^dredge.*$sentence" "$folder/complaint" ||
        fail "$sentence: $(cat "$folder/complaint")"
    echo "one sentence: $sentence"
}

# The folder of an earlier run, on a disk that is not shared, does not pass for that of the output; nor does what an earlier
# calibration has left there.
mkdir -p "$folder/elsewhere/apart.h5.parts"
: >"$folder/elsewhere/apart.h5.parts/lock"
apart 4 "apart.h5.parts: .* may be another folder of this name" run "${sweep[@]}" -o "$folder/apart.h5" : \
    run "${sweep[@]}" -o "$folder/elsewhere/apart.h5"
[ ! -e "$folder/apart.h5" ] && [ ! -e "$folder/apart.h5.parts" ] || fail "a folder that is not shared: the output stays"
rm -r "$folder/elsewhere/apart.h5.parts"
(ulimit -f 12 && ! "$dredge" "${small[@]}" -o "$folder/elsewhere/apart.h5" 2>/dev/null) # has no room for its end
[ -e "$folder/elsewhere/apart.h5.particles" ] || fail "a calibration that was interrupted left nothing"
apart 4 "apart.h5.particles: not all ranks find the same here" "${small[@]}" -o "$folder/apart.h5" : \
    "${small[@]}" -o "$folder/elsewhere/apart.h5"
rm "$folder/elsewhere/apart.h5.particles"

# Other words for some ranks.
apart 2 "another rank reads another study than the first one: seed was .*, is 7" run "${sweep[@]}" -o "$folder/apart.h5" : \
    run "${sweep[@]}" -o "$folder/apart.h5" --seed 7
apart 2 "--checkpoint-every" run "${programme[@]}" -o "$folder/apart.h5" --checkpoint-every 6 : \
    run "${programme[@]}" -o "$folder/apart.h5"
for words in "--seed 9" "--draws 700" "--replicates 9" "--set months=13"; do
    # shellcheck disable=SC2086 # words of their own
    apart 2 "another rank reads another study, or other options" "${small[@]}" -o "$folder/apart.h5" : \
        "${small[@]}" -o "$folder/apart.h5" $words
done
apart 2 "another rank reads another study, or other options" "${small[@]}" --self-test 8 : "${small[@]}" -o "$folder/apart.h5"
apart 2 "--draws few: " "${small[@]}" -o "$folder/apart.h5" : "${small[@]}" -o "$folder/apart.h5" --draws few
apart 2 "some ranks are to run and some to calibrate" run "${sweep[@]}" -o "$folder/apart.h5" : \
    "${small[@]}" -o "$folder/apart.h5"
[ -z "$(ls "$folder/elsewhere")" ] && ! compgen -G "$folder/apart*" >/dev/null || fail "refused ranks leave something"

# ---- kills ----

# Long enough to be killed: 10 seconds for one thread, as fast as this machine is now.
long=("$source/scenarios/facilitation.yaml" --replicates 1000)
started=$(date +%s%N)
"$dredge" run "${long[@]}" -o "$folder/short.h5" --threads 1 --quiet
long[2]=$((1000 * 10000 / (($(date +%s%N) - started) / 1000000 + 1)))

has_segment() {
    compgen -G "$1.parts/segment-*" >/dev/null
}

# Starts the long study on two ranks and waits until runs are saved: sets `mpirun` and `ranks`.
start_long() {
    rm -rf "$1" "$1.parts"
    run_ranks 2 "${long[@]}" -o "$1" 2>"$folder/complaint" &
    for ((i = 0; i < 600; i++)); do
        ! has_segment "$1" || break
        sleep 0.05
    done
    has_segment "$1" || fail "nothing was saved in 30 seconds: $(cat "$folder/complaint")"
    mapfile -t ranks < <(pgrep -f "^$dredge_mpi run .* -o $1")
    [ ${#ranks[@]} -eq 2 ] || fail "ranks found: ${#ranks[@]} instead of 2"
    mpirun=$(ps -o ppid= -p "${ranks[0]}" | tr -d ' ')
}

# The ranks must end by themselves: nobody is left who holds the output.
await_end() {
    for process in "${ranks[@]}"; do
        for ((i = 0; i < 300; i++)); do
            kill -0 "$process" 2>/dev/null || break
            sleep 0.1
        done
        ! kill -0 "$process" 2>/dev/null || fail "$1: a rank goes on without the others"
    done
    wait || true
    [ ! -e "$folder/killed.h5" ] || fail "$1: the study ended before it was killed"
}

"$dredge" run "${long[@]}" -o "$folder/long.h5" --threads 2 --quiet
long_digest=$("$dredge" digest "$folder/long.h5")
start_long "$folder/killed.h5"
kill -9 "${ranks[1]}"
await_end "rank 1 killed"
run_ranks 2 "${long[@]}" -o "$folder/killed.h5" --resume
expect "$folder/killed.h5" "$long_digest" "rank 1 killed, then resumed"

start_long "$folder/killed.h5"
kill -9 "$mpirun"
await_end "mpirun killed"
"$dredge" run "${long[@]}" -o "$folder/killed.h5" --resume --quiet
expect "$folder/killed.h5" "$long_digest" "mpirun killed, then resumed by dredge without MPI"
