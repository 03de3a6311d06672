#!/usr/bin/env bash
# Two threads against two independent processes of one thread each, which is what two cores of this machine can do.
#
#   benches/threads.sh [--pairs 15] [--replications 400] [--write] [SCENARIO...]
#
# A pair is a run of 2 N replications with `-j 2` beside two runs of N with `-j 1` at the same time, in alternating order. The efficiency is the
# time of the two processes over that of the two threads: 1 where sharing a process costs nothing. SCENARIO: files; default W2 and the
# baseline. --write puts the table into docs/performance.md. RAFAH: a built program.
set -euo pipefail
cd "$(dirname "$0")/.."
source benches/common.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pairs=15 replications=400 write=
while [ $# -gt 0 ]; do
    case $1 in
        --pairs) pairs=${2:?}; shift 2 ;;
        --replications) replications=${2:?}; shift 2 ;;
        --write) write=yes; shift ;;
        -*) usage ;;
        *) break ;;
    esac
done
[ $# -gt 0 ] || set -- benches/scenarios/w2.toml scenarios/baseline-2026.toml
[ "$(getconf _NPROCESSORS_ONLN)" -ge 2 ] || { say "one core only: nothing to compare"; exit 0; }
find_rafah

two_threads() {
    "$rafah" run "$1" -n $((2 * replications)) -j 2 --tables replications,stages --no-charts --quiet --force -o "$work/both"
}

two_processes() {
    run_rafah "$1" "$replications" 1 "$work/one" & local one=$!
    run_rafah "$1" "$replications" 2 "$work/two" && wait "$one"
}

{
    machine
    printf '\n| scenario | replications | two threads, s | two processes, s | efficiency |\n|---|---|---|---|---|\n'
    for scenario in "$@"; do
        : > "$work/log"
        for pair in $(seq "$pairs"); do
            progress "$scenario: pair $pair of $pairs"
            if [ $((pair % 2)) = 0 ]; then
                clock two_threads "$scenario"; threads=$seconds
                clock two_processes "$scenario"; processes=$seconds
            else
                clock two_processes "$scenario"; processes=$seconds
                clock two_threads "$scenario"; threads=$seconds
            fi
            echo "$threads $processes" >> "$work/log"
        done
        printf '| `%s` | %d | %s | %s | %s |\n' "$scenario" $((2 * replications)) "$(awk '{ print $1 }' "$work/log" | middle 3)" \
            "$(awk '{ print $2 }' "$work/log" | middle 3)" "$(awk '{ print $2 / $1 }' "$work/log" | middle 3)"
    done
} | tee "$work/report"
[ -z "$write" ] || put docs/performance.md threads < "$work/report"
