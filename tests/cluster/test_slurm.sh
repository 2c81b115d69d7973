#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/slurm/submit on a real Slurm of three nodes, started and stopped here on the loopback: an array of shards, one
# of which is killed and requeued, the merge after them, a second submission that finishes what failed, and mpi.sbatch.
# Every digest is that of `dredge run`.
set -euo pipefail
# shellcheck source=slurm.sh
source "$(dirname "$0")/slurm.sh"
start_cluster

# ---- an array, with a task that is killed and requeued ----

# The command that the jobs run: dredge, but the first start of shard 2 is killed when it has saved something and then
# waits to be requeued, and the shard that the file `broken` names fails.
real=$DREDGE
cat >"$folder/dredge" <<END
#!/bin/bash
case " \$* " in
    *" --shard \$(cat "$folder/broken" 2>/dev/null || echo none) "*) exit 1 ;;
    *" --shard 2/4 "*"/killed.h5.shards/"*)
        if [ ! -e "$folder/was_killed" ]; then
            "$real" "\$@" &
            while kill -0 \$! 2>/dev/null && ! compgen -G "$folder/killed.h5.shards/2-of-4.h5.parts/segment-*" >/dev/null; do
                sleep 0.05
            done
            kill -9 \$! && echo yes >"$folder/was_killed" || echo no >"$folder/was_killed"
            sleep 1000
        fi ;;
esac
exec "$real" "\$@"
END
chmod +x "$folder/dredge"
export DREDGE=$folder/dredge
submit=$source/scripts/slurm/submit

# write_study REPLICATES: 4 design points, 2 regimes.
write_study() {
    cat >"$folder/study.yaml" <<END
title: sweep
replicates: $1
design: {method: grid, factors: {funder.target: [0.5, 2], convener.skill: [0.2, 0.8]}}
output: {trajectories: summary, every: 12}
END
}
waits_to_begin() {
    [ "$(squeue --noheader --jobs="$1" --states=pending --format=%r 2>/dev/null)" = BeginTime ]
}
expect() {
    [ -e "$1" ] || fail "$2: no merged file"
    [ "$("$real" digest "$1")" = "$expected" ] || fail "$2: the digest differs from that of dredge run"
    [ ! -e "$1.shards" ] || fail "$2: the parts are still there"
    echo "same digest: $2"
}

# Large enough for a shard to take 4 seconds as fast as this machine is now, so that there is something to kill.
write_study 1000
started=$(date +%s%N)
"$real" run "$folder/study.yaml" -o "$folder/small.h5" --threads 1 --quiet
small=$("$real" digest "$folder/small.h5")
replicates=$((1000 * 16000 / (($(date +%s%N) - started) / 1000000 + 1)))
write_study "$replicates"
"$real" run "$folder/study.yaml" -o "$folder/whole.h5" --threads 2 --quiet
expected=$("$real" digest "$folder/whole.h5")

"$submit" "$folder/study.yaml" --tasks 4 -o "$folder/killed.h5" >"$folder/submitted"
job=$(sed -n 's/.*(job \([0-9]*\)), then.*/\1/p' "$folder/submitted")
if "$submit" "$folder/study.yaml" --tasks 4 -o "$folder/killed.h5" >/dev/null 2>&1; then
    fail "jobs that are in the queue were submitted again"
fi
write_study 17 # what waits is the study as it was
"$real" status "$folder/killed.h5.shards" >"$folder/status"
grep -q "^  tasks          4: " "$folder/status" || fail "no status of the campaign"
until_true "shard 2 is killed" test -s "$folder/was_killed"
[ "$(cat "$folder/was_killed")" = yes ] || fail "shard 2 ended before it was killed"
node=$(squeue --noheader --jobs="${job}_2" --format=%N)
scontrol requeue "${job}_2"
until_true "shard 2 is requeued" waits_to_begin "${job}_2"
# By itself it waits for two minutes, for so long its node refuses it.
scontrol update JobId="${job}_2" StartTime=now ExcNodeList="$node"
until_true "the array and its merge end" queue_is_empty
expect "$folder/killed.h5" "an array of 4 with a task that was killed and requeued"
if "$submit" "$folder/study.yaml" --tasks 4 -o "$folder/killed.h5" 2>"$folder/refused"; then
    fail "an output of another study counts as done"
fi
grep -q "replicates was .* is 17" "$folder/refused" || fail "the change is not named"
write_study "$replicates"
"$submit" "$folder/study.yaml" --tasks 4 -o "$folder/killed.h5" | grep -q "nothing to do" || fail "done, but submitted"

# ---- a task that fails: no merge; the next submission does only that task ----

write_study 1000
expected=$small
echo 3/4 >"$folder/broken"
"$submit" "$folder/study.yaml" --tasks 4 -o "$folder/failed.h5" >/dev/null
until_true "the array ends and its merge is dropped" queue_is_empty
[ ! -e "$folder/failed.h5" ] || fail "shards were merged although one failed"
if "$submit" "$folder/study.yaml" --tasks 5 -o "$folder/failed.h5" >/dev/null 2>&1; then
    fail "another number of tasks was accepted"
fi
"$real" status "$folder/failed.h5.shards" | grep -q "3 finished, 0 running, 0 interrupted, 1 failed" || fail "the failure is not told"
write_study 999
if "$submit" "$folder/study.yaml" --tasks 4 -o "$folder/failed.h5" >/dev/null 2>"$folder/refused"; then
    fail "a study that has changed was submitted"
fi
grep -q "replicates was 1000, is 999" "$folder/refused" || fail "the change is not named"
write_study 1000
rm "$folder/broken"
"$submit" "$folder/study.yaml" --tasks 4 -o "$folder/failed.h5" | grep -q "tasks 3 of 4" || fail "not only task 3 was submitted"
until_true "the task and the merge end" queue_is_empty
expect "$folder/failed.h5" "a task that failed, submitted again"
grep -q "status 1" "$folder/failed.h5.failures/3.failed" || fail "the failure was not kept"
[ -e "$folder/failed.h5.failures/3.log" ] || fail "the log of the failure was not kept"

# ---- the options of run, other endings and a file beside the study, a name that Slurm would read as a pattern, and more
# tasks than an array takes ----

mkdir "$folder/a %j"
printf 'funder.target,convener.skill\n0.5,0.2\n2,0.8\n' | tee "$folder/up.txt" >"$folder/a %j/the points.txt"
{ grep -v "^design" "$folder/study.yaml"; echo 'design: {method: list, file: "the points.txt"}'; } >"$folder/a %j/other.yml"
"$real" run "$folder/a %j/other.yml" --set funder.room=0.7 --replicates 320 --seed 5 -o "$folder/other.h5" --quiet
expected=$("$real" digest "$folder/other.h5")
"$submit" "$folder/a %j/other.yml" --tasks 2 --set funder.room=0.7 --replicates=320 --seed 5 --checkpoint-every 12 \
    -o "$folder/a %j/o.h5" >/dev/null
until_true "the tasks and the merge end" queue_is_empty
expect "$folder/a %j/o.h5" "the options of dredge run"
if "$submit" "$folder/a %j/other.yml" --tasks 2 --set design.file=../up.txt -o "$folder/b/up.h5" >/dev/null 2>"$folder/refused"; then
    fail "a study was submitted whose copy reads another file"
fi
grep -q "by its whole path" "$folder/refused" || fail "how to name a file of another folder is not said"
if "$submit" "$folder/study.yaml" --tasks 1001 -o "$folder/many.h5" >/dev/null 2>"$folder/refused"; then
    fail "more tasks than an array takes were submitted"
fi
grep -q "at most 1000 tasks" "$folder/refused" || fail "the limit is not named"
if "$submit" "$folder/study.yaml" --tasks 2 --set funder.rom=1 --dry-run -o "$folder/dry.h5" >/dev/null 2>"$folder/refused"; then
    fail "--dry-run printed jobs of a study that is invalid"
fi
grep -q "did you mean funder.room" "$folder/refused" || fail "the mistake is not named"
"$submit" "$folder/study.yaml" --tasks 2 --dry-run -o "$folder/dry.h5" >/dev/null 2>"$folder/jobs"
[ "$(grep -c "^sbatch " "$folder/jobs")" = 2 ] || fail "--dry-run did not print the array and the merge"
[ ! -e "$folder/dry.h5.shards" ] || fail "--dry-run left something behind"

expected=$small

# ---- one allocation ----

export DREDGE_MPI=${DREDGE_MPI:-$(dirname "$real")/dredge-mpi}
if command -v mpirun >/dev/null && [ -x "$DREDGE_MPI" ]; then
    sbatch --nodes=1 --ntasks-per-node=2 --cpus-per-task=1 --output="$folder/mpi.log" --chdir="$folder" \
        "$source/scripts/slurm/mpi.sbatch" "$folder/study.yaml" "$folder/mpi.h5" >/dev/null
    until_true "the ranks end" queue_is_empty
    expect "$folder/mpi.h5" "two ranks in one allocation"
fi
