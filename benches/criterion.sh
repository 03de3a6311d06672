#!/usr/bin/env bash
# The criterion benches as one table, in nanoseconds per draw or event.
#
#   benches/criterion.sh [--write]
#
# --write puts it into benches/README.md. A single bench: `cargo bench --bench draws`, `calendar` or `replication`.
set -euo pipefail
cd "$(dirname "$0")/.."
source benches/common.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case ${1:-} in ''|--write) ;; *) usage ;; esac
unset RAFAH

cargo bench --bench calendar --bench draws --bench replication > "$work/out" || fail "cargo bench failed: $(tail -5 "$work/out")"
{
    machine
    printf '\n| bench | time | ns a draw or event | interval |\n|---|---:|---:|---:|\n'
    # Criterion prints a name, perhaps on a line of its own, `time: [low middle high]`, then `thrpt: [low middle high]` in thousands or millions a second.
    awk '
        function ns(rate, unit) { return 1e9 / rate / (unit ~ /^K/ ? 1e3 : unit ~ /^M/ ? 1e6 : unit ~ /^G/ ? 1e9 : 1) }
        /^[a-z]+\/[^ :]+( |$)/ { name = $1 }
        /time: +\[/ { sub(/.*\[/, ""); sub(/\].*/, ""); time = $3 " " $4 }
        /thrpt: +\[/ {
            if (name == "") next
            sub(/.*\[/, ""); sub(/\].*/, "")
            printf "| %s | %s | %.1f | %.1f - %.1f |\n", name, time, ns($3, $4), ns($5, $6), ns($1, $2); name = ""
        }' "$work/out"
} | tee "$work/report"
[ -z "${1:-}" ] || put benches/README.md criterion < "$work/report"
