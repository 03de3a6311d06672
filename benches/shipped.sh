#!/usr/bin/env bash
# The shipped scenarios against W2, and how long a start takes: whole processes on one thread, in turns.
#
#   benches/shipped.sh [--runs 15] [--write]
#
# Tells nanoseconds per event of W2, baseline-2026 and outlook-2026 with 100 replications each, and as a multiple of W2 in the same turn, by wall
# time and by CPU time, which other work on the machine disturbs less; then the time of `rafah check` on the baseline and of a run that ends after
# its first simulated day, which is all that comes before and after a simulation. --write puts the tables into docs/performance.md. RAFAH: a
# built program.
set -euo pipefail
cd "$(dirname "$0")/.."
source benches/common.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

runs=15 write= replications=100
while [ $# -gt 0 ]; do
    case $1 in
        --runs) runs=${2:?}; shift 2 ;;
        --write) write=yes; shift ;;
        *) usage ;;
    esac
done
scenarios=(benches/scenarios/w2.toml scenarios/baseline-2026.toml scenarios/outlook-2026.toml)
find_rafah
cargo bench --quiet --bench events -- "$replications" "${scenarios[@]}" > "$work/events" || fail "cargo bench --bench events failed"

first_day() {
    "$rafah" run scenarios/baseline-2026.toml --set horizon.length=1d --set horizon.warm_up=0min -n 1 -j 1 \
        --tables replications,stages --no-charts --quiet --force -o "$work/start"
}

for run in $(seq "$runs"); do
    progress "run $run of $runs"
    for scenario in "${scenarios[@]}"; do
        clock run_rafah "$scenario" "$replications" 1 "$work/result"
        echo "$run $scenario $seconds $cpu" >> "$work/log"
    done
    clock "$rafah" check scenarios/baseline-2026.toml
    echo "$seconds" >> "$work/check"
    clock first_day
    echo "$seconds" >> "$work/first"
done
# Events of a replication: events SCENARIO.
events() { awk -v s="$1" '$1 == s { for (i = 2; i <= NF; i++) n += $i; print n / (NF - 1) }' "$work/events"; }
# By turn, a column of the log (3: wall time, 4: CPU time) for so many things: per SCENARIO COLUMN THINGS.
per() { awk -v s="$1" -v c="$2" -v n="$3" '$2 == s { print $c / n }' "$work/log"; }

w2=${scenarios[0]}
{
    machine
    printf '\n| scenario | events a replication | ms a replication | ns an event | x W2 (time) | x W2 (CPU) |\n|---|---|---|---|---|---|\n'
    for scenario in "${scenarios[@]}"; do
        events=$(events "$scenario")
        ms=$(awk -v n="$replications" 'BEGIN { print n / 1e3 }')
        ns=$(awk -v n="$replications" -v e="$events" 'BEGIN { print n * e / 1e9 }')
        printf '| `%s` | %.0f | %s | %s' "$scenario" "$events" "$(per "$scenario" 3 "$ms" | middle 3)" "$(per "$scenario" 3 "$ns" | middle 3)"
        for column in 3 4; do
            printf ' | %s' "$(paste <(per "$scenario" "$column" "$events") <(per "$w2" "$column" "$(events "$w2")") | awk '{ print $1 / $2 }' | middle 3)"
        done
        printf ' |\n'
    done
} > "$work/shipped"
{
    machine
    printf '\n| start | ms |\n|---|---|\n| `rafah check scenarios/baseline-2026.toml` | %s |\n| `rafah run` of its first day | %s |\n' \
        "$(awk '{ print 1e3 * $1 }' "$work/check" | middle 3)" "$(awk '{ print 1e3 * $1 }' "$work/first" | middle 3)"
} > "$work/start-up"
cat "$work/shipped"; echo; cat "$work/start-up"
if [ -n "$write" ]; then
    put docs/performance.md shipped < "$work/shipped"
    put docs/performance.md start-up < "$work/start-up"
fi
