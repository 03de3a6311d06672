#!/usr/bin/env bash
# The shipped scenarios against W2, and how long a start takes: whole processes on one thread, in turns.
#
#   benches/shipped.sh [--runs 15] [--write]
#
# Tells nanoseconds per event of W2, baseline-2026 and outlook-2026 with 100 replications each, and as a multiple of W2 in the same turn; then the
# time of `rafah check` on the baseline and of a run that ends after its first simulated day, which is all that comes before and after a
# simulation. --write puts the tables into docs/performance.md. RAFAH: a built program.
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
        echo "$run $scenario $seconds" >> "$work/log"
    done
    clock "$rafah" check scenarios/baseline-2026.toml
    echo "$seconds" >> "$work/check"
    clock first_day
    echo "$seconds" >> "$work/first"
done
{
    machine
    printf '\n| scenario | events a replication | a replication | ns/event | x W2, in the same turn |\n|---|---|---|---|---|\n'
    for scenario in "${scenarios[@]}"; do
        events=$(awk -v s="$scenario" '$1 == s { for (i = 2; i <= NF; i++) n += $i; print n / (NF - 1) }' "$work/events")
        w2_events=$(awk 'NR == 1 { for (i = 2; i <= NF; i++) n += $i; print n / (NF - 1) }' "$work/events")
        each=$(awk -v s="$scenario" -v n="$replications" '$2 == s { print 1e3 * $3 / n }' "$work/log" | middle 3)
        ns=$(awk -v s="$scenario" -v n="$replications" -v e="$events" '$2 == s { print 1e9 * $3 / n / e }' "$work/log" | middle 3)
        times=$(awk -v s="$scenario" -v e="$events" -v w="$w2_events" '$2 ~ /w2/ { w2 = $3 / w } $2 == s { print $3 / e / w2 }' "$work/log" | middle 3)
        printf '| `%s` | %.0f | %s ms | %s | %s |\n' "$scenario" "$events" "$each" "$ns" "$times"
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
