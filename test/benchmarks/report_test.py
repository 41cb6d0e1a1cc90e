"""What benchmarks/report.py says, and the charts and pages of charts.py."""

import contextlib
import copy
import io
import json
import os
import pathlib
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from html.parser import HTMLParser

sys.dont_write_bytecode = True  # the sources stay clean
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "benchmarks"))
import charts
import report

RUN = {
    "client": "twilio-sms", "in_flight": 64, "threads": 1, "seconds": 10.0, "sends": 1000, "failed": 0, "rate": 100.0,
    "cpu_us": 8.5, "p50_us": 500.0, "p99_us": 750.0, "max_us": 900.0, "allocations": 8.0, "peak_rss_kib": 14000,
    "connections": 64, "audit": {"lost": 0, "duplicated": 0}, "percentiles": [[0, 300.0], [50, 500.0], [99, 750.0]],
    "timeline": [{"rate": 99.0, "p99_us": 700}, {"rate": 0.0}, {"rate": 101.0, "p99_us": 800}],
    "settings": {"loop": "closed", "in_flight": 64}, "machine": {"cpu": "a <CPU> & more"}, "time": "2024-01-01T00:00:00Z",
}


def changed(**members):
    run = copy.deepcopy(RUN)
    run.update(members)
    return run


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.names, self.references = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)
        self.references += [value for name, value in attributes if name in ("src", "href")]


class Reports(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name

    def file(self, name, content):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        return path

    def report(self, *arguments):
        """Exit code, standard output, standard error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = report.main(list(arguments))
            except report.UsageError as problem:
                return 2, out.getvalue(), str(problem)
        return code, out.getvalue(), err.getvalue()

    def assert_usage(self, words, *arguments):
        code, out, err = self.report(*arguments)
        self.assertEqual((code, out), (2, ""))
        self.assertIn(words, err)
        self.assertNotIn("\n", err)

    def test_table(self):
        code, out, err = self.report(self.file("run", RUN))
        self.assertEqual((code, err), (0, ""))
        self.assertRegex(out, r"CPU of a send, us +cpu_us +8\.50\n")
        self.assertNotIn("p999_us", out)  # not known

    def test_ratios(self):
        before = changed(cpu_us=10.0, p999_us=800.0, rate=80.0)
        code, out, err = self.report(self.file("run", RUN), "--against", self.file("before", before))
        self.assertEqual((code, err), (0, ""))
        self.assertRegex(out, r"cpu_us +8\.50 +10\.00 +0\.850\n")
        self.assertRegex(out, r"p999_us +- +800 +-\n")
        self.assertRegex(out, r"failed +0 +0 +1\.000\n")

    def test_thresholds(self):
        run, before = self.file("run", RUN), self.file("before", changed(cpu_us=8.0, failed=0))
        bad = self.file("bad", changed(failed=3))
        for failing, arguments in (
            ("", (run, "--fail", "cpu_us>8.5", "--fail", "rate<100", "--fail", "audit.lost>0")),
            ("8.5, 6.2 % above", (run, "--fail", "cpu_us > 8")),
            ("", (run, "--fail", "cpu_us>8.6")),
            ("8.5, 0.0 % above", (run, "--fail", "cpu_us>=8.5")),
            ("100, 50.0 % below", (run, "--fail", "rate<200")),
            ("", (run, "--against", before, "--fail-ratio", "cpu_us>1.1")),
            ("1.0625, 1.2 % above", (run, "--against", before, "--fail-ratio", "cpu_us>1.05")),
            ("", (run, "--against", before, "--fail-ratio", "failed>1")),
            ("has failed inf", (bad, "--against", before, "--fail-ratio", "failed>1")),
        ):
            with self.subTest(arguments[1:]):
                code, _, err = self.report(*arguments)
                self.assertEqual(code, 1 if failing else 0)
                self.assertIn(failing, err)
        _, _, err = self.report(run, "--fail", "cpu_us>1", "--fail", "rate<1", "--fail", "p99_us>1")
        self.assertEqual([line.split()[1] for line in err.splitlines()], ["cpu_us>1:", "p99_us>1:"])

    def test_wrong_use(self):
        run = self.file("run", RUN)
        self.assert_usage("there is no figure speed", run, "--fail", "speed>1")
        self.assert_usage("has no p9999_us", run, "--fail", "p9999_us>1")
        for nonsense in ("cpu_us", "cpu_us>", "cpu_us>fast", "cpu_us=1", ">1", "cpu_us>1e", ""):
            self.assert_usage("NAME>NUMBER", run, "--fail", nonsense)
        self.assert_usage("needs --against", run, "--fail-ratio", "cpu_us>1")
        self.assert_usage("cannot read", os.path.join(self.directory, "none"))
        self.assert_usage("cannot read", run, "--against", os.path.join(self.directory, "none"))
        self.assert_usage("is not JSON", self.file("text", "{"))
        for other in ([], {}, {"cpu_us": "fast"}, {"cpu_us": True}, 5):
            self.assert_usage("has no figures", self.file("other", other))
        code, _, err = self.report(run, "--html", os.path.join(self.directory, "no", "page"))
        self.assertEqual(code, 2)
        self.assertIn("cannot write", err)

    def test_different_settings(self):
        run = self.file("run", RUN)
        before = self.file("before", changed(settings={"loop": "closed", "in_flight": 16, "rate": 5}))
        self.assert_usage("in_flight: 16 before, 64 now; rate: 5 before, not set now", run, "--against", before)
        self.assertEqual(self.report(run, "--against", before, "--force")[0], 0)

    def test_different_machines_are_told(self):
        before = self.file("before", changed(machine={"cpu": "another"}))
        code, _, err = self.report(self.file("run", RUN), "--against", before)
        self.assertEqual(code, 0)
        self.assertIn("different machines", err)

    def test_page(self):
        path = os.path.join(self.directory, "page.html")
        before = self.file("before", changed(cpu_us=4.0))
        self.assertEqual(self.report(self.file("run", RUN), "--html", path)[0], 0)
        with open(path, encoding="utf-8") as file:
            alone = file.read()
        self.assertNotIn("before", Elements(alone).names)
        self.assertEqual(Elements(alone).names.count("svg"), 3)
        self.assertEqual(self.report(self.file("run", RUN), "--against", before, "--html", path, "--fail", "rate<200")[0], 1)
        with open(path, encoding="utf-8") as file:
            page = file.read()
        self.assertEqual(Elements(page).names.count("svg"), 3)
        self.assertEqual(Elements(page).references, [])  # self-contained
        self.assertIn("rate&lt;200", page)
        self.assertIn("a &lt;CPU&gt; &amp; more", page)
        self.assertNotIn("<CPU>", page)

    def test_page_of_bare_figures(self):  # another client's
        path = os.path.join(self.directory, "page.html")
        self.assertEqual(self.report(self.file("run", {"client": "wrk", "rate": 5.0}), "--html", path)[0], 0)
        with open(path, encoding="utf-8") as file:
            self.assertEqual(Elements(file.read()).names.count("svg"), 0)


class Charts(unittest.TestCase):
    def drawn(self, svg):
        root = xml.etree.ElementTree.fromstring(svg)  # well-formed
        high = float(root.get("viewBox").split()[3])
        for element in root.iter():  # within the picture
            for name, most in (("x", charts.WIDTH), ("y", high), ("cx", charts.WIDTH), ("cy", high)):
                if element.get(name) is not None:
                    self.assertTrue(0 <= float(element.get(name)) <= most, xml.etree.ElementTree.tostring(element))
        return root

    def count(self, root, tag):
        return len(root.findall(".//{http://www.w3.org/2000/svg}" + tag))

    def test_bars(self):
        groups = {"16 <in> flight": {"a & b": 10.0, "other": 5.0}, "64": {"a & b": 20.0}}
        root = self.drawn(charts.bar_chart("Rate", "1/s", groups))
        self.assertEqual(self.count(root, "rect"), 1 + 3 + 2)  # paper, bars, legend
        heights = [float(r.get("height")) for r in root.findall(".//{http://www.w3.org/2000/svg}rect")[1:4]]
        self.assertAlmostEqual(heights[0], 2 * heights[1], delta=0.2)
        self.assertAlmostEqual(heights[2], 2 * heights[0], delta=0.2)

    def test_lines(self):
        series = {"a": [(1, 10), (2, 1000)], "b": [(1, 5)]}
        for log_x in (False, True):
            for log_y in (False, True):
                with self.subTest(log_x=log_x, log_y=log_y):
                    root = self.drawn(charts.line_chart("Title", "s", "us", series, log_x, log_y))
                    self.assertEqual(self.count(root, "polyline"), 2)
                    self.assertEqual(self.count(root, "circle"), 3)

    def test_one_point_and_equal_points(self):
        for value in (0, 7, 0.001):
            self.drawn(charts.line_chart("Title", "s", "us", {"a": [(1, value)]}))
        self.drawn(charts.line_chart("Title", "s", "us", {"a": [(1, 5), (2, 5)]}, log_x=True, log_y=True))
        self.drawn(charts.bar_chart("Title", "us", {"a": {"b": 0}}))

    def test_what_cannot_be_drawn(self):
        with self.assertRaisesRegex(ValueError, "nothing to draw"):
            charts.bar_chart("Title", "us", {})
        with self.assertRaisesRegex(ValueError, "nothing to draw"):
            charts.line_chart("Title", "s", "us", {"a": []})
        with self.assertRaisesRegex(ValueError, "above 0"):
            charts.line_chart("Title", "s", "us", {"a": [(0, 1)]}, log_x=True)

    def test_ticks(self):
        for least, most, ticks in ((0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0, 123, [0, 50, 100, 150]), (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
                                   (3, 14, [0, 5, 10, 15]), (0, 9e4, [0, 2e4, 4e4, 6e4, 8e4, 1e5])):
            with self.subTest(most=most):
                got = charts.linear_ticks(least, most)
                self.assertTrue(got[0] <= least and got[-1] >= most)
                self.assertEqual([round(t, 9) for t in got], ticks)
        self.assertEqual(charts.log_ticks(1, 1000), [1, 10, 100, 1000])
        self.assertEqual(charts.log_ticks(5, 5), [1, 10])
        self.assertEqual(charts.log_ticks(10, 10), [10, 100])

    def test_numbers(self):
        for value, text in ((0, "0"), (5, "5"), (12345.6, "12,346"), (99.96, "100"), (1.2345, "1.23"), (0.1234, "0.123"),
                            (1500, "1,500"), (0.00012, "0.00012"), (2.50, "2.5"), (-3, "-3")):
            self.assertEqual(charts.number_text(value), text)

    def test_many_names_get_more_rows_of_legend(self):
        names = {f"a client with a long name {i}": float(i) for i in range(9)}
        self.drawn(charts.bar_chart("Title", "us", {"64": names}))


if __name__ == "__main__":
    unittest.main()
