#!/usr/bin/env python3
"""Shows what a run measured, compares it with an earlier one, and judges it.

The run is a JSON file of twilio-sms-load, or another one with the same members.
"""

import argparse
import json
import math
import re
import sys

import charts

# name: what it is, its unit, digits
FIGURES = {
    "sends": ("sends accepted", "", 0),
    "failed": ("failed, warm-up included", "", 0),
    "rate": ("rate", "a second", 0),
    "cpu_us": ("CPU of a send", "us", 2),
    "p50_us": ("latency, half below", "us", 0),
    "p90_us": ("latency, 90 % below", "us", 0),
    "p99_us": ("latency, 99 % below", "us", 0),
    "p999_us": ("latency, 99.9 % below", "us", 0),
    "p9999_us": ("latency, 99.99 % below", "us", 0),
    "max_us": ("latency, longest", "us", 0),
    "begun_late_p99_us": ("begun too late, 99 % below", "us", 0),
    "allocations": ("allocations of a send", "", 2),
    "openssl_allocations": ("of these OpenSSL's", "", 2),
    "allocated_bytes": ("bytes allocated by a send", "", 0),
    "peak_rss_kib": ("most memory", "KiB", 0),
    "connections": ("connections opened", "", 0),
    "audit.lost": ("audit: lost", "", 0),
    "audit.duplicated": ("audit: duplicated", "", 0),
    "audit.wrong": ("audit: told wrongly", "", 0),
    "audit.unknown": ("audit: unknown", "", 0),
    "audit.pending": ("audit: still to be taken", "", 0),
}
CONDITION = re.compile(r"\s*([a-z0-9_.]+)\s*(>=|<=|>|<)\s*([0-9.eE+-]+)\s*")
COMPARE = {">": float.__gt__, "<": float.__lt__, ">=": float.__ge__, "<=": float.__le__}
PERCENTILE_LABELS = {1 / (1 - p / 100): f"{p} %" for p in (0, 50, 90, 99, 99.9, 99.99)}


class UsageError(Exception):
    pass


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def read_run(path):
    try:
        with open(path, encoding="utf-8") as file:
            run = json.load(file)
    except OSError as problem:
        raise UsageError(f"cannot read {path}: {problem.strerror}") from None
    except ValueError as problem:
        raise UsageError(f"{path} is not JSON: {problem}") from None
    if not isinstance(run, dict) or not figures(run):
        raise UsageError(f"{path} has no figures: it is not what twilio-sms-load --json writes")
    return run


def figures(run):
    """All that are known, by name."""
    audit = run.get("audit") if isinstance(run.get("audit"), dict) else {}
    flat = {**run, **{f"audit.{name}": value for name, value in audit.items()}}
    return {name: float(flat[name]) for name in FIGURES if is_number(flat.get(name))}


def ratios(now, before):
    """Of the figures that both have. Two zeros are equal; more than zero is infinitely more."""
    def ratio(a, b):
        return 1.0 if a == b else a / b if b != 0 else math.inf
    return {name: ratio(now[name], before[name]) for name in now if name in before}


def different_settings(run, earlier):
    """Lines like "in_flight: 16 before, 64 now"."""
    now, before = (of.get("settings", {}) for of in (run, earlier))
    return [f"{name}: {before.get(name, 'not set')} before, {now.get(name, 'not set')} now"
            for name in sorted({*now, *before}) if now.get(name) != before.get(name)]


def crossed(condition, values, what):
    """A line when the condition holds, else nothing."""
    match = CONDITION.fullmatch(condition)
    try:
        name, operator, limit = match.group(1), match.group(2), float(match.group(3))
    except (AttributeError, ValueError):
        raise UsageError(f"'{condition}' is not NAME>NUMBER or NAME<NUMBER, such as cpu_us>10") from None
    if name not in FIGURES:
        raise UsageError(f"'{condition}': there is no figure {name}; there are {', '.join(FIGURES)}")
    if name not in values:
        raise UsageError(f"'{condition}': {what} has no {name}; it has {', '.join(values)}")
    if not COMPARE[operator](values[name], limit):
        return None
    side = "above" if operator[0] == ">" else "below"
    by = abs(values[name] - limit) / abs(limit) * 100 if limit != 0 else math.inf
    by = f", {by:.1f} % {side}" if math.isfinite(by) else ""
    return f"{condition}: {what} has {name} {values[name]:.6g}{by}"


def table_rows(now, before):
    ratio = ratios(now, before) if before else {}
    rows = []
    for name, (what, unit, digits) in FIGURES.items():
        if name not in now and name not in (before or {}):
            continue
        cells = [f"{what}{', ' + unit if unit else ''}", name]
        cells.append(f"{now[name]:.{digits}f}" if name in now else "-")
        if before is not None:
            cells.append(f"{before[name]:.{digits}f}" if name in before else "-")
            cells.append(f"{ratio[name]:.3f}" if name in ratio else "-")
        rows.append(cells)
    return ["", "name", "now"] + (["before", "ratio"] if before is not None else []), rows


def print_table(head, rows):
    widths = [max(len(row[i]) for row in [head] + rows) for i in range(len(head))]
    for row in [head] + rows:
        print("  ".join(cell.ljust(width) if i < 2 else cell.rjust(width)
                        for i, (cell, width) in enumerate(zip(row, widths))).rstrip())


def percentile_chart(runs):
    """By 1 / (1 - share), so that each nine has the same room."""
    series = {name: [(1 / (1 - p / 100), us) for p, us in run.get("percentiles", []) if us > 0]
              for name, run in runs.items()}
    series = {name: points for name, points in series.items() if points}
    return charts.line_chart("Latency: so many sends were not slower", "share of sends", "us", series, log_x=True,
                             log_y=True, x_labels=PERCENTILE_LABELS) if series else ""


def timeline_chart(runs, member, title, unit):
    series = {name: [(second + 1, of[member]) for second, of in enumerate(run.get("timeline", [])) if member in of]
              for name, run in runs.items()}
    series = {name: points for name, points in series.items() if points}
    return charts.line_chart(title, "second", unit, series) if series else ""


def facts(runs, member):
    names = list(dict.fromkeys(name for run in runs.values() for name in run.get(member, {})))
    rows = [[name] + [run.get(member, {}).get(name, "-") for run in runs.values()] for name in names]
    return charts.table([""] + list(runs), rows) if rows else "<p>not known</p>\n"


def html_page(run, earlier, head, rows, complaints):
    runs = {"now": run} if earlier is None else {"now": run, "before": earlier}
    when = ", ".join(f"{name}: {of['time']}" for name, of in runs.items() if "time" in of)
    judged = "".join(f"<p><strong>{charts.html.escape(c)}</strong></p>\n" for c in complaints)
    drawn = [("Latency", percentile_chart(runs)),
             ("Over time", timeline_chart(runs, "rate", "Sends accepted in each second", "a second") +
              timeline_chart(runs, "p99_us", "Latency that 99 % of each second's sends were not above", "us"))]
    return charts.page(f"A run of {run.get('client', 'a client')}",
                       [("Figures", f"<p>{charts.html.escape(when)}</p>\n" + judged + charts.table(head, rows)),
                        *((heading, svg) for heading, svg in drawn if svg),
                        ("Settings", facts(runs, "settings")), ("Machine", facts(runs, "machine"))])


def main(arguments):
    parser = argparse.ArgumentParser(
        prog="report.py", description=__doc__.splitlines()[0],
        epilog="Exit code: 0 all is well, 1 a condition of --fail or --fail-ratio holds, 2 usage.")
    parser.add_argument("run", metavar="RUN.json")
    parser.add_argument("--against", metavar="EARLIER.json", help="compare with this one")
    parser.add_argument("--html", metavar="PAGE.html", help="write a page with charts")
    parser.add_argument("--fail", metavar="NAME>NUMBER", action="append", default=[],
                        help="fail when a figure is so: 'cpu_us>10', 'rate<1000', 'audit.lost>0'")
    parser.add_argument("--fail-ratio", metavar="NAME>RATIO", action="append", default=[],
                        help="fail when the ratio to the earlier run is so: 'p99_us>1.2'")
    parser.add_argument("--force", action="store_true", help="compare runs with different settings")
    given = parser.parse_args(arguments)
    if given.fail_ratio and not given.against:
        raise UsageError("--fail-ratio needs --against EARLIER.json: a ratio is one to an earlier run")

    run = read_run(given.run)
    earlier = read_run(given.against) if given.against else None
    now, before = figures(run), figures(earlier) if earlier is not None else None
    if earlier is not None:
        differences = different_settings(run, earlier)
        if differences and not given.force:
            raise UsageError(f"{given.run} and {given.against} were made with different settings "
                             f"({'; '.join(differences)}); --force compares them all the same")
        if run.get("machine") != earlier.get("machine"):
            print("note: made on different machines, or by different builds", file=sys.stderr)

    complaints = [crossed(condition, now, "the run") for condition in given.fail]
    if earlier is not None:
        ratio = ratios(now, before)
        complaints += [crossed(condition, ratio, "the ratio to the earlier run") for condition in given.fail_ratio]
    complaints = [c for c in complaints if c]
    head, rows = table_rows(now, before)
    print_table(head, rows)
    if given.html:
        try:
            with open(given.html, "w", encoding="utf-8") as file:
                file.write(html_page(run, earlier, head, rows, complaints))
        except OSError as problem:
            raise UsageError(f"cannot write {given.html}: {problem.strerror}") from None
    for complaint in complaints:
        print(f"FAILED {complaint}", file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UsageError as problem:
        print(f"report.py: {problem}", file=sys.stderr)
        sys.exit(2)
