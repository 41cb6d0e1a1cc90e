"""A peer: Python's twilio, a thread for each request in flight, one session with as many connections.
twilio_python.py IN_FLIGHT SECONDS
"""
import json
import os
import resource
import sys
import threading
import time

from requests.adapters import HTTPAdapter
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

in_flight, seconds = int(sys.argv[1]), float(sys.argv[2])
base_url = os.environ["TWILIO_BASE_URL"]


class LocalTwilio(TwilioHttpClient):
    def __init__(self):
        super().__init__(pool_connections=True)
        self.session.verify = os.environ["TWILIO_CA_BUNDLE"]
        self.session.trust_env = False  # else it reads .netrc and proxies for each request
        self.session.mount("https://", HTTPAdapter(pool_connections=1, pool_maxsize=in_flight))

    def request(self, method, url, *args, **kwargs):
        return super().request(method, url.replace("https://api.twilio.com", base_url), *args, **kwargs)


client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"], http_client=LocalTwilio())
sender, text = os.environ["TWILIO_FROM_NUMBER"], os.environ["BENCH_TEXT"]
start = time.monotonic() + 1
until = start + seconds
times, failed = [], []


def send_in_a_loop():
    while (begun := time.monotonic()) < until:
        try:
            client.messages.create(to="+15558675310", from_=sender, body=text)
        except Exception as problem:
            failed.append(problem)
            continue
        now = time.monotonic()
        if begun >= start:
            times.append((now - begun) * 1e6)


threads = [threading.Thread(target=send_in_a_loop) for _ in range(in_flight)]
for thread in threads:
    thread.start()
time.sleep(max(0.0, start - time.monotonic()))
cpu = time.process_time()
for thread in threads:
    thread.join()
if not times:
    sys.exit(f"twilio_python: nothing was accepted, {len(failed)} failed{': ' + str(failed[0]) if failed else ''}")
used, elapsed = time.process_time() - cpu, time.monotonic() - start
times.sort()
print(json.dumps({
    "client": "twilio-python",
    "seconds": elapsed,
    "sends": len(times),
    "failed": len(failed),
    "rate": round(len(times) / elapsed),
    "cpu_us": used * 1e6 / len(times),
    "p50_us": round(times[int((len(times) - 1) * 0.5)]),
    "p99_us": round(times[int((len(times) - 1) * 0.99)]),
    "peak_rss_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
}))
sys.exit(1 if failed else 0)
