"""Short runs of twilio-sms-load against the simulator, over TLS. Nothing depends on how fast they are.

Usage: load_test.py TOOL LOAD
"""

import json
import os
import pathlib
import re
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

TOOL, LOAD = sys.argv[1:3]
CANARY = dict(re.findall(r'canary_(\w+) = "(.*)"', (pathlib.Path(__file__).parents[1] / "canary.hpp").read_text()))
SHORT = ("--warm-up", "0.1", "--seconds", "0.3", "--in-flight", "8")


class Simulator:
    """The tool's, with a scenario, until the end of a `with`."""

    def __init__(self, scenario=None):
        self.directory = tempfile.TemporaryDirectory()
        self.ca = os.path.join(self.directory.name, "ca.pem")
        command = [TOOL, "simulate", "--listen", "127.0.0.1:0", "--ca-out", self.ca]
        if scenario:
            path = pathlib.Path(self.directory.name, "scenario.json")
            path.write_text(json.dumps(scenario), encoding="utf-8")
            command += ["--scenario", str(path)]
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith("TWILIO_") and not name.lower().endswith("_proxy")}
        self.environment.update(TWILIO_ACCOUNT_SID="AC0123456789abcdef0123456789abcdef", # the simulator's account, too
                                TWILIO_AUTH_TOKEN=CANARY["token"])
        self.process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        first = self.process.stdout.readline()
        self.url = re.search(r"https://[0-9.:]+", first).group()
        self.environment.update(TWILIO_FROM_NUMBER="+15005550006", TWILIO_BASE_URL=self.url, TWILIO_CA_BUNDLE=self.ca)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self.directory.cleanup()

    def truth(self, method="GET"):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(
            context=ssl.create_default_context(cafile=self.ca)))
        with opener.open(urllib.request.Request(self.url + "/__truth", method=method)) as reply:
            return reply.read()

    def accepted(self):
        return json.loads(self.truth())["accepted"]

    def start(self, *arguments, **variables):
        if "--to" not in arguments:
            arguments += ("--to", CANARY["number"])
        arguments += ("--text", CANARY["text"])
        return subprocess.Popen([LOAD, *arguments], env={**self.environment, **variables}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def load(self, *arguments, **variables):
        """Exit code, standard output, standard error."""
        process = self.start(*arguments, **variables)
        out, err = process.communicate()
        sys.stderr.write(err)
        return process.returncode, out, err


class Runs(unittest.TestCase):
    def assert_clean(self, run):
        outcomes, audit = run["outcomes"], run["audit"]
        self.assertGreater(outcomes["accepted"], 0)
        self.assertEqual(run["failed"], 0)
        self.assertEqual(audit, {"taken": outcomes["accepted"], "lost": 0, "duplicated": 0, "wrong": 0, "unknown": 0,
                                 "unknown_taken": 0, "pending": 0})

    def test_loops(self):
        with Simulator() as simulator:
            before = 0
            for flags in ((), ("--threads", "2"), ("--bulk",), ("--bulk", "--threads", "2", "--rate", "200"),
                          ("--rate", "300"), ("--rate", "300", "--poisson", "--threads", "2", "--recipients", "50")):
                with self.subTest(flags):
                    code, out, err = simulator.load(*SHORT, *flags, "--audit", "--json", "-")
                    self.assertEqual((code, err), (0, ""))
                    run = json.loads(out)
                    self.assert_clean(run)
                    after = simulator.accepted()
                    self.assertEqual(after - before, run["outcomes"]["accepted"])
                    before = after
                    self.assertLessEqual(run["connections"], 8)
                    self.assertLessEqual(run["sends"], run["outcomes"]["accepted"])
                    self.assertEqual(sorted(p for p, _ in run["percentiles"]), [p for p, _ in run["percentiles"]])
                    self.assertEqual(len(run["timeline"]), 1)
                    self.assertEqual(run["settings"]["in_flight"], 8)
                    for secret in CANARY.values():
                        self.assertNotIn(secret.strip("+"), out)

    def test_faults_end_well(self):
        scenario = {"seed": 5, "faults": {"reply_lost": 0.02, "reply_cut": 0.02, "reset_before": 0.02, "error_before": 0.02,
                                          "reply_garbled": 0.02, "reset_after": 0.02}}
        with Simulator(scenario) as simulator:
            code, out, err = simulator.load("--warm-up", "0", "--seconds", "0.5", "--rate", "600", "--recipients", "300",
                                            "--settle-time", "1", "--audit", "--json", "-")
            self.assertEqual((code, err), (0, ""))
            run = json.loads(out)
            self.assert_clean(run)
            self.assertGreater(run["provider"]["found"], 0)

    def test_summary_and_file(self):
        with Simulator() as simulator, tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "run.json")
            code, out, _ = simulator.load(*SHORT, "--audit", "--json", path)
            self.assertEqual(code, 0)
            self.assertRegex(out, r"^closed loop, 8 in flight, 1 thread, 0\.[0-9] s: [0-9]+ sends")
            self.assertIn(" 0 lost, 0 duplicated, 0 wrong, 0 unknown", out)
            with open(path, encoding="utf-8") as file:
                self.assert_clean(json.load(file))

    # The audit must be able to find something. Here a client that asks too early whether Twilio has a message ...
    def test_a_planted_duplicate_is_found(self):
        with Simulator({"script": {CANARY["number"]: ["late_acceptance@1500"]}}) as simulator:
            code, out, _ = simulator.load("--warm-up", "0", "--seconds", "0.1", "--in-flight", "1", "--settle-time", "0.1",
                                          "--response-timeout", "0.5", "--audit", "--json", "-")
            run = json.loads(out)
            self.assertEqual((code, run["audit"]["duplicated"], run["audit"]["lost"]), (1, 1, 0))
            self.assertEqual(run["failed"], 0)

    # ... and a server that forgets what it accepted.
    def test_a_planted_loss_is_found(self):
        with Simulator() as simulator:
            process = simulator.start("--warm-up", "0", "--seconds", "2.5", "--rate", "50", "--audit", "--json", "-")
            while simulator.accepted() < 10:
                time.sleep(0.02)
            simulator.truth("DELETE")
            out, _ = process.communicate()
            run = json.loads(out)
            self.assertEqual(process.returncode, 1)
            self.assertGreaterEqual(run["audit"]["lost"], 10)
            self.assertEqual(run["audit"]["lost"] + run["audit"]["taken"], run["outcomes"]["accepted"])

    def test_failed_sends(self):
        with Simulator() as simulator:
            wrong = {"TWILIO_AUTH_TOKEN": "ffffffffffffffffffffffffffffffff"}
            code, out, err = simulator.load(*SHORT, **wrong)
            self.assertEqual(code, 1)
            self.assertNotIn(" 0 failed", out)
            self.assertIn("the first failure: ", err)
            self.assertEqual(simulator.load(*SHORT, "--allow-failures", **wrong)[0], 0)

    def test_wrong_use(self):
        with Simulator() as simulator:
            for words, flags, variables in (
                ("--in-flight", ("--in-flight", "0"), {}),
                ("not expected", ("--bogus",), {}),
                ("--poisson needs --rate", ("--poisson",), {}),
                ("is not a number like", ("--to", "123"), {}),
                ("cannot write", ("--json", "/nowhere/run.json"), {}),
                ("real messages", (), {"TWILIO_BASE_URL": "https://api.twilio.com"}),
                ("real messages", (), {"TWILIO_BASE_URL": "https://API.au1.Twilio.com:443/"}),
                ("real messages", (), {"TWILIO_BASE_URL": ""}),
                ("account_sid", (), {"TWILIO_ACCOUNT_SID": ""}),
                ("ca_file", (), {"TWILIO_CA_BUNDLE": "/nowhere/ca.pem"}),
            ):
                with self.subTest(words):
                    code, out, err = simulator.load(*flags, **variables)
                    self.assertEqual((code, out, err.count("\n")), (2, "", 1))
                    self.assertTrue(err.startswith("twilio-sms-load: "))
                    self.assertIn(words, err)
            self.assertEqual(simulator.accepted(), 0)
            code, out, _ = simulator.load("--help")
            self.assertEqual(code, 0)
            self.assertIn("--in-flight", out)

    def test_no_truth_to_be_had(self):
        with Simulator() as simulator:
            process = simulator.start("--warm-up", "0", "--seconds", "1.5", "--rate", "20", "--audit")
            while simulator.accepted() < 3:
                time.sleep(0.02)
            simulator.process.terminate()
            simulator.process.wait()
            _, err = process.communicate()
            self.assertEqual(process.returncode, 2)
            self.assertIn("no truth from GET /__truth", err)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
