#!/usr/bin/env bash
# rafah against other programs on the reference workloads W1 and W2, in turns, whole processes on one thread.
#
#   benches/peers.sh [--runs 15] [--peers hand,desque,simpy] [--workloads W2,W1] [--write]
#
# Every run lies between two runs of `hand`, so that a slow minute of the machine meets both; `x hand` is the median of the ratios to those
# neighbours; `CPU` is the same with user and system time, which other work on the machine disturbs less. Each run has another seed; the answers of all runs are pooled and held against each other, 3.5 standard errors apart at most.
# --write puts the table into docs/performance.md. The peers are no part of this repository: PEERS (default ../shared/peers) is the folder of
# their sources, PEERS_BUILD (default target/peers) takes their builds. What cannot be had is named and left out. RAFAH: a built program.
set -euo pipefail
cd "$(dirname "$0")/.."
source benches/common.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

runs=15 peers=hand,desque,simpy workloads=W2,W1 write=
while [ $# -gt 0 ]; do
    case $1 in
        --runs) runs=${2:?}; shift 2 ;;
        --peers) peers=${2?}; shift 2 ;;
        --workloads) workloads=${2:?}; shift 2 ;;
        --write) write=yes; shift ;;
        *) usage ;;
    esac
done
sources=${PEERS:-../shared/peers}
build=${PEERS_BUILD:-$targets/peers}

# The slow ones do less; all is told per event.
count() {
    case $1:$2 in
        simpy:W1) echo 200000 ;; simpy:W2) echo 5 ;;
        *:W1) echo 1000000 ;; *:W2) echo 100 ;;
    esac
}
most_runs() { [ "$1" = simpy ] && [ "$runs" -gt 3 ] && echo 3 || echo "$runs"; }

# The command of a tool: command TOOL WORKLOAD SEED. Sets `words`.
command_of() {
    local n; n=$(count "$1" "$2")
    case $1 in
        rafah)
            [ "$2" = W1 ] && n=1
            words=(run_rafah "benches/scenarios/${2,,}.toml" "$n" "$3" "$work/rafah") ;;
        hand|limit) words=("$build/target/release/$1" "$2" "$n" "$3") ;;
        fast) words=("$build/target/release/fast" W2i "$n" "$3") ;;
        fast-events) words=("$build/target/release/fast" W2j "$n" "$3") ;;
        simpy) words=("$build/venv/bin/python" "$sources/python/simpy_peer.py" "$2" "$n" "$3") ;;
        *) words=("$build/target/release/$1-peer" "$2" "$n" "$3") ;;
    esac
}

# The answers of the last run as `replications delivered se minutes se` (W2) or `1 wait` (W1).
answers() {
    if [ "$1" != rafah ]; then
        tr ' ' '\n' < "$work/out" | awk -F'=|[+]-' -v n="$(count "$1" "$2")" '
            $1 == "mean_wait" { print 1, $2 } $1 == "delivered" { d = $2 " " $3 } $1 == "tis" { print n, d, $2, $3 }' | tail -1
    elif [ "$2" = W1 ]; then
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print 1, $at["mean_wait_min"] }' "$work/rafah/stages.csv"
    else
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            { n++; d += x = $at["delivered_trucks"]; dd += x * x; t += y = 60 * $at["delivery_time_mean_h"]; tt += y * y }
            function se(sum, squares) { return sqrt((squares - sum * sum / n) / (n - 1) / n) }
            END { print n, d / n, se(d, dd), t / n, se(t, tt) }' "$work/rafah/replications.csv"
    fi
}

# Builds what can be built, and leaves the names of what can run in `ready`.
prepare() {
    ready=()
    [ -d "$sources" ] || { say "no folder $sources: rafah is measured alone (PEERS names the folder)"; return 0; }
    mkdir -p "$build"
    build=$(cd "$build" && pwd) sources=$(cd "$sources" && pwd)
    for peer in ${peers//,/ }; do
        local package=$peer-peer
        case $peer in
            hand|limit|fast|fast-events) package=hand ;;
            simpy) package= ;;
        esac
        if [ -n "$package" ]; then
            if ! (cd "$sources/rust" && CARGO_TARGET_DIR=$build/target cargo build --release --locked --quiet -p "$package"); then
                say "skips $peer: cargo build -p $package failed in $sources/rust"; continue
            fi
        elif ! "$build/venv/bin/python" -c 'import simpy' 2> /dev/null; then
            if ! { python3 -m venv "$build/venv" && "$build/venv/bin/pip" install --quiet simpy==4.1.2; } 2> /dev/null; then
                say "skips simpy: no python3 with venv, or pip could not install simpy==4.1.2"; continue
            fi
        fi
        ready+=("$peer")
    done
}

# One timed run, in the log as: workload, tool, customers or replications, seconds, seconds of CPU, answers.
measure() {
    command_of "$@"
    clock "${words[@]}"
    printf '%s %s %s %s %s %s\n' "$2" "$1" "$(count "$1" "$2")" "$seconds" "$cpu" "$(answers "$1" "$2")" >> "$work/log"
}

# All runs of a workload: hand, A, hand, B, hand, A, ..., hand.
take_turns() {
    local seed tool turns=0
    neighbour() { [[ " ${ready[*]} " != *' hand '* ]] || measure hand "$1" $((turns += 1)); }
    for seed in $(seq "$runs"); do
        progress "$1: run $seed of $runs"
        for tool in rafah "${ready[@]}"; do
            [ "$tool" != hand ] && [ "$seed" -le "$(most_runs "$tool")" ] || continue
            neighbour "$1"
            measure "$tool" "$1" "$seed"
        done
    done
    neighbour "$1"
}

# Peak memory of each tool on a workload, on a run that is not timed.
weigh() {
    local tool
    for tool in rafah "${ready[@]}"; do
        command_of "$tool" "$1" 1
        # GNU time runs programs, not functions of a shell.
        [ "$tool" != rafah ] || words=("$rafah" run "${words[1]}" -n "${words[2]}" -j 1 --tables replications,stages --no-charts --quiet --force -o "$work/rafah")
        printf '%s %s %s\n' "$1" "$tool" "$(peak_mb "${words[@]}")" >> "$work/memory"
    done
}

for workload in ${workloads//,/ }; do
    case $workload in W1|W2) ;; *) fail "--workloads: expected W1, W2 or both, found \`$workload\`" ;; esac
done
find_rafah
prepare
for workload in ${workloads//,/ }; do
    take_turns "$workload"
    weigh "$workload"
done
{
    machine
    printf '\n'
    awk -f benches/peers.awk "$work/memory" "$work/log"
} > "$work/report"
cat "$work/report"
[ -z "$write" ] || put docs/performance.md peers < "$work/report"
! grep -q 'do not agree' "$work/report" || fail "answers do not agree"
