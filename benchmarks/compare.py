#!/usr/bin/env python3
"""What compare.sh measured, as medians over the rounds and as medians of the ratios within each round.

compare.py RUNS.jsonl [--markdown FILE] [--html FILE] [--to wrk]

RUNS.jsonl has a line for each run: client, in_flight, round, rate, cpu_us, and what else is known.
"""
import argparse
import json
import statistics
import sys
from collections import defaultdict

import charts

FIGURES = ("rate", "cpu_us", "p50_us", "p99_us", "peak_rss_kib")


def read(path):
    runs = defaultdict(dict)  # (client, in_flight) -> round -> run
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            run = json.loads(line)
            runs[run["client"], run["in_flight"]][run["round"]] = run
    if not runs:
        sys.exit(f"compare.py: {path} has no runs")
    return runs


def median(rounds, figure):
    values = [run[figure] for run in rounds.values() if run.get(figure)]
    return statistics.median(values) if values else None


def ratio(ours, theirs, figure):
    """The median of the ratios of rounds that both have."""
    values = [
        run[figure] / theirs[number][figure]
        for number, run in ours.items()
        if run.get(figure) and number in theirs and theirs[number].get(figure)
    ]
    return statistics.median(values) if values else None


def show(value, digits=0):
    return "–" if value is None else f"{value:,.{digits}f}"


def table(runs, reference):
    clients = list(dict.fromkeys(client for client, _ in runs))
    lines = []
    for in_flight in sorted({n for _, n in runs}):
        compared = runs.get((reference, in_flight), {})
        rounds = max(len(runs[c, n]) for c, n in runs if n == in_flight)
        lines += [
            f"### {in_flight} in flight, {rounds} round{'s' * (rounds != 1)}",
            "",
            f"| client | messages/s | to {reference} | CPU µs a message | to {reference} | p50 µs | p99 µs | p99/p50 | MiB |",
            "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        ]
        for client in clients:
            if (client, in_flight) not in runs:
                continue
            own = runs[client, in_flight]
            p50, p99, rss = (median(own, figure) for figure in ("p50_us", "p99_us", "peak_rss_kib"))
            lines.append(
                f"| {client} | {show(median(own, 'rate'))} | {show(ratio(own, compared, 'rate'), 3)} "
                f"| {show(median(own, 'cpu_us'), 2)} | {show(ratio(own, compared, 'cpu_us'), 3)} "
                f"| {show(p50)} | {show(p99)} | {show(p99 / p50 if p50 and p99 else None, 2)} "
                f"| {show(rss / 1024 if rss else None)} |"
            )
        lines.append("")
    return "\n".join(lines)


def drawing(runs, reference):
    groups = defaultdict(lambda: defaultdict(dict))
    for (client, in_flight), rounds in sorted(runs.items(), key=lambda item: item[0][1]):
        for figure in FIGURES:
            value = median(rounds, figure)
            if value:
                groups[figure][f"{in_flight} in flight"][client] = value
    titles = {
        "rate": ("Messages a second", ""),
        "cpu_us": ("CPU time a message", "µs"),
        "p99_us": ("99th percentile of latency", "µs"),
    }
    sections = [(title, charts.bar_chart(title, unit, groups[figure])) for figure, (title, unit) in titles.items()]
    return charts.page("twilio-sms and other clients", sections)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("runs")
    arguments.add_argument("--markdown")
    arguments.add_argument("--html")
    arguments.add_argument("--to", default="wrk", metavar="CLIENT")
    given = arguments.parse_args()
    try:
        runs = read(given.runs)
        text = table(runs, given.to)
        print(text)
        if given.markdown:
            with open(given.markdown, "w", encoding="utf-8") as file:
                file.write(text + "\n")
        if given.html:
            with open(given.html, "w", encoding="utf-8") as file:
                file.write(drawing(runs, given.to))
    except (OSError, KeyError, ValueError) as problem:
        sys.exit(f"compare.py: {given.runs}: {problem}")


if __name__ == "__main__":
    main()
