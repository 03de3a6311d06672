#!/usr/bin/env bash
# Makes docs/studies.md again: every shipped study of the crossing, with what it asks and what it finds.
#
#   docs/studies.sh [-n REPLICATIONS]
#
# Some ten minutes on two cores with the replications that the studies state. RAFAH: a built program; without it one is built.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${RAFAH:-}" ]; then
    cargo build --release --quiet
    RAFAH=target/release/rafah
fi
result=$(mktemp -d)
trap 'rm -rf "$result"' EXIT

# The value of a key of the table [study].
said() { sed -n "s/^$2 = \"\(.*\)\"\$/\1/p" "$1" | head -1; }

{
    echo '# Studies'
    echo
    echo 'What the shipped studies ask of the model of the crossing in mid-2026, and what it answers. The answers are those of a model: they say what follows from its assumptions, which'
    echo 'the policies'"'"' and drivers'"'"' own files name one by one, and not what will be. No alternative but full closure (P0) describes what was observed. The baseline brings some quarter of'
    echo 'the need through this one crossing, so that every day is below need under all of them.'
    echo
    echo 'This page is made by `docs/studies.sh`; a single answer by the command above it. Tables and charts stand in the folder of the result.'
    for study in closure-policies closure-policies-flare-up ngo-rules peacekeepers oversight; do
        file=scenarios/studies/$study.toml
        # What a closed hour costs is asked where closing is the question.
        price=$([ "$study" = closure-policies ] && echo --closure-price || true)
        printf '\n## %s\n\n`rafah compare %s`\n\n```text\n' "$(said "$file" title)" "$file${price:+ $price}"
        "$RAFAH" compare "$file" $price "$@" --no-charts --force --tables replications -o "$result/$study" 2> /dev/null | sed '/^Tables, scenario/,$d' | sed -e 's/[[:space:]]*$//' | cat -s
        echo '```'
    done
} > docs/studies.md.part
mv docs/studies.md.part docs/studies.md
