#!/usr/bin/env bash
# Makes the pictures of docs/gallery.md again, the same to the byte, from a shipped study and the baseline.
#
#   docs/gallery.sh
#
# Less than a minute on two cores. RAFAH: a built program; without it one is built.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${RAFAH:-}" ]; then
    cargo build --release --quiet
    RAFAH=target/release/rafah
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pictures=docs/images/gallery

# The commands that docs/gallery.md names.
"$RAFAH" compare scenarios/studies/closing-in-the-tutorial.toml --closure-price --no-charts --quiet -o "$work/study"
"$RAFAH" run scenarios/baseline-2026.toml -n 200 --no-charts --quiet -o "$work/run"

# Draws the charts of a result that the page shows: those whose pictures it names.
draw() {
    "$RAFAH" report "$work/$1" --only "$2" --format svg -o "$work/drawn" > /dev/null
}
draw study decision,frontier,differences,against-best,regret,quantile-differences,closure-price,delivered-violin,delivered-ecdf,delivered-exceedance
draw run convergence,delivered-tonnes,daily-deliveries,queue-by-stage,cumulative,queue-heat,openings,stage-flow

rm -rf "$pictures"
mkdir -p "$pictures"
grep -o 'images/gallery/[^)]*\.svg' docs/gallery.md | sort -u | while read -r picture; do
    cp "$work/drawn/${picture##*/}" "$pictures/"
done
