# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A real Slurm of three nodes on the loopback, for the scripts that source this: `start_cluster` sets `folder`, a
# temporary one, and SLURM_CONF; what was started ends with the script. Needs no rights and no installed cluster.
export PATH=$PATH:/usr/sbin

source=${DREDGE_SOURCE:-$(realpath "$(dirname "$0")/../..")}
export DREDGE=${DREDGE:-$source/build/dev/dredge}
for program in munged slurmctld slurmd sbatch squeue scontrol; do
    if ! command -v $program >/dev/null; then
        echo "skipped: no $program"
        exit 77
    fi
done

export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
cleanup() {
    scancel --user="$(id -un)" 2>/dev/null || true
    end_ours TERM
    for ((i = 0; i < 50; i++)); do
        [ -n "$(ours)" ] || break
        sleep 0.1
    done
    end_ours KILL
    wait 2>/dev/null || true
    rm -rf "$folder"
}

# Numbers of the processes started here, by Slurm or by this script: their environment names the temporary folder.
ours() {
    env -u SLURM_CONF grep -lzFx "SLURM_CONF=$SLURM_CONF" /proc/[0-9]*/environ 2>/dev/null | env -u SLURM_CONF cut -d / -f 3
}

end_ours() {
    for process in $(ours); do
        kill -s "$1" "$process" 2>/dev/null || true
    done
}

fail() {
    echo "FAILED: $1" >&2
    tail -n 5 "$folder"/*.log "$folder"/*.shards/*.log >&2 2>/dev/null || true
    squeue >&2 || true
    exit 1
}

# until_true WHAT COMMAND...: waits long, for what takes seconds, because a busy machine is no fault.
until_true() {
    local end=$((SECONDS + 300))
    while ((SECONDS <= end)); do
        ! "${@:2}" || return 0
        sleep 0.25
    done
    fail "not within five minutes: $1"
}

start() {
    "$@" >>"$folder/daemons.log" 2>&1 &
}

nodes_are_up() {
    [ "$(sinfo --noheader --format=%D --states=idle 2>/dev/null)" = 3 ]
}

slurmd=() # numbers of the nodes' daemons
start_cluster() {
    local host user first_port
    folder=$(mktemp -d)
    export SLURM_CONF=$folder/slurm.conf
    trap cleanup EXIT
    host=$(hostname -s)
    user=$(id -un)
    # Four ports that no other test has (processes have different numbers), below those that the system gives connections.
    first_port=$((20000 + $$ % 3000 * 4))
    mkdir -m 700 "$folder/munge" "$folder/state" "$folder/spool" "$folder"/spool/n{1,2,3}
    head -c 1024 /dev/urandom >"$folder/munge/key"
    chmod 400 "$folder/munge/key"
    # Newer ones ask for more rights than a test has, unless told otherwise; older ones know no such words.
    if [[ $(slurmd -V) =~ \ ([0-9]+)\. ]] && ((BASH_REMATCH[1] >= 23)); then
        local groups=disabled
        ((BASH_REMATCH[1] > 23)) || groups=cgroup/v1 # which does nothing until a job asks for it
        echo "CgroupPlugin=$groups" >"$folder/cgroup.conf"
    fi
    cat >"$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$first_port
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
KillWait=2
MessageTimeout=60
SlurmdTimeout=300
END
    for k in 1 2 3; do
        echo "NodeName=n$k NodeHostname=$host NodeAddr=127.0.0.1 Port=$((first_port + k)) CPUs=2 RealMemory=500" >>"$SLURM_CONF"
    done
    echo "PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP" >>"$SLURM_CONF"

    start munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
        --pid-file="$folder/munge/pid" --log-file="$folder/munged.log" --seed-file="$folder/munge/seed" --num-threads=2
    until_true "munged runs" test -S "$folder/munge/socket"
    start slurmctld -D -i
    for k in 1 2 3; do
        start slurmd -D -N n$k
        slurmd[k]=$!
    done
    until_true "the nodes are up" nodes_are_up
}

# On a busy machine squeue may get no answer, and then prints nothing.
queue_is_empty() {
    local queue
    queue=$(squeue --noheader 2>/dev/null) && [ -z "$queue" ]
}
