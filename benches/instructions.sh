#!/usr/bin/env bash
# Instructions and mispredicted branches of a replication, which do not depend on what else the machine does.
#
#   benches/instructions.sh [--write] [SCENARIO...]
#
# Runs the release build under valgrind (cachegrind, whose branch predictor is simpler than a real one) with one replication and with four, on
# one thread and with `--tables replications,stages`, and tells the slope: start-up is left out, keeping and writing the tables is in. SCENARIO:
# files; default W1, W2, baseline and outlook. --write puts the table into benches/README.md. RAFAH: a built program.
set -euo pipefail
cd "$(dirname "$0")/.."
source benches/common.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

write=
case ${1:-} in
    --write) write=yes; shift ;;
    -*) usage ;;
esac
command -v valgrind > /dev/null || { say "no valgrind here (Debian: apt-get install valgrind): nothing is counted"; exit 0; }
[ $# -gt 0 ] || set -- benches/scenarios/w1.toml benches/scenarios/w2.toml scenarios/baseline-2026.toml scenarios/outlook-2026.toml
find_rafah

# Sets `counted` to instructions and mispredicted branches of the program with so many replications: count SCENARIO N.
count() {
    valgrind --tool=cachegrind --cache-sim=no --branch-sim=yes --cachegrind-out-file="$work/cachegrind" \
        "$rafah" run "$1" -n "$2" -j 1 --tables replications,stages --no-charts --quiet --force -o "$work/result" 2> "$work/valgrind" \
        || fail "valgrind failed: $(tail -3 "$work/valgrind")"
    # The events counted, then their sums: Ir Bc Bcm Bi Bim.
    counted=$(awk '/^events:/ { for (i = 2; i <= NF; i++) at[$i] = i } /^summary:/ { print $at["Ir"], $at["Bcm"] + $at["Bim"] }' "$work/cachegrind")
}

cargo bench --quiet --bench events -- 4 "$@" > "$work/events" || fail "cargo bench --bench events failed"
{
    machine
    printf '\n| scenario | events a replication | instructions a replication | instructions an event | mispredicted branches an event |\n|---|---|---|---|---|\n'
    for scenario in "$@"; do
        count "$scenario" 1; one=$counted
        count "$scenario" 4
        awk -v scenario="$scenario" -v one="$one" -v four="$counted" '
            $1 == scenario {
                split(one, a, " "); split(four, b, " "); events = ($3 + $4 + $5) / 3
                printf "| `%s` | %.0f | %.4g M | %.1f | %.3f |\n", scenario, events, (b[1] - a[1]) / 3e6, (b[1] - a[1]) / 3 / events, (b[2] - a[2]) / 3 / events
            }' "$work/events"
    done
} | tee "$work/report"
[ -z "$write" ] || put benches/README.md instructions < "$work/report"
