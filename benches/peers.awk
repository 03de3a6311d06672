# The log of peers.sh as tables of Markdown, a table a workload; before it the memory of each tool. Lines of the log:
#   W2 TOOL replications seconds cpu replications delivered se minutes se
#   W1 TOOL customers seconds cpu 1 wait

BEGIN {
    events["W1"] = 2; events["W2"] = 310200                             # a customer, a replication: SPEC.md
    # What is known: Erlang C; the pool of 19,000 replications of five tools in RESULTS.md.
    known["W1", 1] = 1.969383; known_se["W1", 1] = 0
    known["W2", 1] = 47014; known_se["W2", 1] = 6; known["W2", 2] = 348.6; known_se["W2", 2] = 1.1
    answers["W1"] = 1; answers["W2"] = 2
    name["W1", 1] = "wait"; name["W2", 1] = "trucks delivered"; name["W2", 2] = "minutes in the system"
    title["W1"] = "W1, a million customers"; title["W2"] = "W2, a replication of 90 days"
}

FILENAME != ARGV[2] { peak[$1, $2] = $3; next }

{
    w = $1; tool = $2
    if (!((w, tool) in runs)) { tools[w] = tools[w] " " tool }
    if (!(w in seen)) { seen[w] = 1; order[++workloads] = w }
    r = ++runs[w, tool]; size[w, tool] = $3
    per[w, tool, r] = $4 / $3
    for (a = 1; a <= answers[w]; a++) {
        value = $(5 + 2 * a); se = w == "W1" ? 0.05 / sqrt($3 / 1e6) : $(6 + 2 * a)
        sum[w, tool, a] += value; squares[w, tool, a] += se * se
    }
    # The neighbours of a run are the runs of `hand` before and after it.
    if (tool != "hand") { other = tool; time_of_other = $4 / $3; cpu_of_other = $5 / $3 }
    else {
        if (other != "" && last == w) {
            n = ++pairs[w, other]
            ratio[w, other, n] = 2 * time_of_other / (hand_time + $4 / $3)
            cpu_ratio[w, other, n] = 2 * cpu_of_other / (hand_cpu + $5 / $3)
        }
        other = ""; last = w; hand_time = $4 / $3; hand_cpu = $5 / $3
    }
}

# Of a[w, tool, 1..n]: sets median, least, most.
function middle(a, w, tool, n,    i, j, x, s) {
    for (i = 1; i <= n; i++) {
        x = a[w, tool, i]
        for (j = i - 1; j >= 1 && s[j] > x; j--) s[j + 1] = s[j]
        s[j + 1] = x
    }
    median = n % 2 ? s[(n + 1) / 2] : (s[n / 2] + s[n / 2 + 1]) / 2
    least = s[1]; most = s[n]
}

function time(s) { return s >= 1 ? sprintf("%.3g s", s) : s >= 1e-3 ? sprintf("%.3g ms", 1e3 * s) : sprintf("%.3g us", 1e6 * s) }
function mean(w, tool, a) { return sum[w, tool, a] / runs[w, tool] }
function error(w, tool, a) { return sqrt(squares[w, tool, a]) / runs[w, tool] }
function z(x, sx, y, sy) { return sx + sy > 0 ? (x - y) / sqrt(sx * sx + sy * sy) : 0 }

function judge(w, who, a, d) {
    d = d < 0 ? -d : d
    if (d > worst) { worst = d; which = who ", " name[w, a] }
}

# Every tool against what is known, and against every other.
function agree(w, list, n,    i, j, a) {
    worst = 0; which = ""
    for (i = 1; i <= n; i++) for (a = 1; a <= answers[w]; a++) {
        judge(w, list[i] " against what is known", a, z(mean(w, list[i], a), error(w, list[i], a), known[w, a], known_se[w, a]))
        for (j = 1; j < i; j++)
            judge(w, list[i] " against " list[j], a, z(mean(w, list[i], a), error(w, list[i], a), mean(w, list[j], a), error(w, list[j], a)))
    }
    if (worst > 3.5) printf "\nThe answers do not agree: %s is %.1f standard errors off.\n\n", which, worst
    else printf "\nAll answers agree within 3.5 standard errors; farthest: %s, %.1f.\n\n", which, worst
}

function table(w,    list, n, i, j, t, unit, simpy, mid, a, shown) {
    n = split(tools[w], list, " "); unit = w == "W1" ? 1e6 : 1
    for (i = 1; i <= n; i++) { middle(per, w, list[i], runs[w, list[i]]); mid[list[i]] = median }
    for (i = 2; i <= n; i++) for (j = i; j > 1 && mid[list[j]] < mid[list[j - 1]]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
    printf "| %s | runs x size | median | min - max | ns/event | x hand (time) | x hand (CPU) | x SimPy (speed) | peak MB | %s |\n", title[w], w == "W1" ? "wait" : "delivered | minutes"
    printf "|---|---|---|---|---|---|---|---|---|---|%s\n", w == "W1" ? "" : "---|"
    for (i = 1; i <= n; i++) {
        t = list[i]
        middle(per, w, t, runs[w, t])
        printf "| %s | %d x %d | %s | %s - %s | %.1f ", t, runs[w, t], size[w, t], time(unit * median), time(unit * least), time(unit * most), 1e9 * median / events[w]
        simpy = "simpy" in mid ? sprintf("%.4g", mid["simpy"] / median) : ""
        if (t == "hand") printf "| 1 | 1 "
        else if ((w, t) in pairs) {
            middle(ratio, w, t, pairs[w, t]); printf "| %.3g (%.3g - %.3g) ", median, least, most
            middle(cpu_ratio, w, t, pairs[w, t]); printf "| %.3g ", median
        } else printf "| | "
        printf "| %s | %s |", simpy, peak[w, t]
        for (a = 1; a <= answers[w]; a++) printf w == "W1" ? " %.3f ± %.3f |" : " %.1f ± %.1f |", mean(w, t, a), error(w, t, a)
        printf "\n"
    }
    agree(w, list, n)
}

END { for (i = 1; i <= workloads; i++) table(order[i]) }
