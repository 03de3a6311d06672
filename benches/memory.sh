#!/usr/bin/env bash
# Peak memory against the number of replications of a week of four stages.
#
#   benches/memory.sh [--million] [--write]
#
# By default up to 100,000 replications; --million goes on to a million, which takes minutes. Needs GNU time (Debian: apt-get install time).
# --write puts the table into docs/performance.md. RAFAH: a built program.
set -euo pipefail
cd "$(dirname "$0")/.."
source benches/common.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

write= sizes=(1000 10000 100000)
while [ $# -gt 0 ]; do
    case $1 in
        --million) sizes+=(1000000); shift ;;
        --write) write=yes; shift ;;
        *) usage ;;
    esac
done
[ -x /usr/bin/time ] || { say "no GNU time here (Debian: apt-get install time): nothing is measured"; exit 0; }
find_rafah

{
    machine
    printf '\n| replications | wall, s | peak memory, MB | largest result file, MB |\n|---|---|---|---|\n'
    for n in "${sizes[@]}"; do
        progress "$n replications"
        # The traffic of W2 a tenth as dense, so that a million weeks are minutes.
        week=(run benches/scenarios/w2.toml --set convoy.trucks.arrivals.rate=0.15/h --set horizon.length=7d -n "$n" --tables replications,stages)
        clock peak_mb "$rafah" "${week[@]}" --no-charts --quiet --force -o "$work/week"
        largest=$(find "$work/week" -type f -printf '%s\n' | sort -n | awk 'END { printf "%.0f", $1 / 1e6 }')
        printf '| %s | %.1f | %s | %s |\n' "$n" "$seconds" "$(cat "$work/out")" "$largest"
    done
} | tee "$work/report"
[ -z "$write" ] || put docs/performance.md memory < "$work/report"
