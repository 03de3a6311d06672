# Shared by the scripts of this folder (sourced, from the root of the repository): the program, the machine, medians, tables between markers.

# Numbers with a point, whatever the language of the machine.
export LC_ALL=C

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }
fail() { say "$*"; exit 1; }

# Prints the comment at the head of the script and ends.
usage() { sed -n '3,/^set/p' "$0" | sed '$d; s/^# \{0,1\}//' >&2; exit 2; }

# How far it is, on one line of the terminal.
progress() { [ ! -t 2 ] || printf '\r\033[K%s' "$*" >&2; }

# Where builds lie: CARGO_TARGET_DIR, else target/.
targets=${CARGO_TARGET_DIR:-$PWD/target}

# Sets `rafah`: the program named by RAFAH, else the release build of this checkout.
find_rafah() {
    rafah=${RAFAH:-}
    if [ -z "$rafah" ]; then
        cargo build --release --quiet --bin rafah || fail "cargo build --release failed"
        rafah=$targets/release/rafah
    fi
    [ -x "$rafah" ] || fail "RAFAH: expected a program, found \`$rafah\`"
}

# One replication after the other on one thread, with the two tables that the peers' figures are held against: run SCENARIO N SEED FOLDER.
run_rafah() {
    "$rafah" run "$1" -n "$2" --seed "$3" -j 1 --tables replications,stages --no-charts --quiet --force -o "$4"
}

# What was measured, on what, when: one line of Markdown.
machine() {
    local model memory load commit
    model=$(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo 2>/dev/null || true)
    memory=$(awk '/^MemTotal/ { printf "%.0f GiB, ", $2 / 1048576 }' /proc/meminfo 2>/dev/null || true)
    load=$(awk '{ print ", load average " $1 }' /proc/loadavg 2>/dev/null || true)
    commit="commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
    [ -z "$(git status --porcelain -- src Cargo.toml Cargo.lock 2>/dev/null)" ] || commit="$commit and changes"
    [ -z "${RAFAH:-}" ] || commit="program $RAFAH"
    printf '%s, %s, %s cores%s, %s%s, rustc %s, %s.\n' "$(date +%F)" "${model:-unknown processor}" "$(getconf _NPROCESSORS_ONLN)" "$load" "$memory" \
        "$(uname -sr)" "$(rustc --version 2>/dev/null | cut -d' ' -f2)" "$commit"
}

# Runs a command, which must succeed; its output goes to $work/out. Sets `seconds` (wall) and `cpu` (user and system, to a millisecond).
clock() {
    local begun=$EPOCHREALTIME ended TIMEFORMAT='%U %S'
    { time "$@" > "$work/out" 2>&3; } 3>&2 2> "$work/cpu" || fail "failed: $*"
    ended=$EPOCHREALTIME
    seconds=$(awk -v a="${begun/,/.}" -v b="${ended/,/.}" 'BEGIN { printf "%.6f", b - a }')
    cpu=$(awk 'END { print $1 + $2 }' "$work/cpu")
}

# Median, least and most of the numbers read, as text with so many digits: middle DIGITS.
middle() {
    sort -g | awk -v digits="$1" '
        { x[NR] = $1 }
        function text(v) { return v >= 10 ^ (digits - 1) ? sprintf("%.0f", v) : sprintf("%.*g", digits, v) }
        END { if (NR) print text((x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2) " (" text(x[1]) " - " text(x[NR]) ")" }'
}

# Peak memory of a command in MB by GNU time, or nothing where that is not installed.
peak_mb() {
    [ -x /usr/bin/time ] || return 0
    /usr/bin/time -q -f %M -o "$work/peak" "$@" > /dev/null && awk 'END { printf "%.1f", $1 / 1024 }' "$work/peak"
}

# Puts the input between the markers NAME of a file: put FILE NAME.
put() {
    grep -q "<!-- begin $2 -->" "$1" || fail "$1 has no marker <!-- begin $2 -->"
    cat > "$work/new"
    awk -v new="$work/new" -v name="$2" '
        $0 == "<!-- end " name " -->" { inside = 0 }
        !inside { print }
        $0 == "<!-- begin " name " -->" { inside = 1; print ""; while ((getline line < new) > 0) print line; print "" }
    ' "$1" > "$work/page"
    cat "$work/page" > "$1"
}
