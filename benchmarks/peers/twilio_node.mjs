// A peer: npm's twilio, with so many sockets as are wanted in flight (its own default is 20).
//   NODE_EXTRA_CA_CERTS=ca.pem node twilio_node.mjs IN_FLIGHT SECONDS
import twilio from "twilio";

const inFlight = Number(process.argv[2]);
const seconds = Number(process.argv[3]);
const { TWILIO_BASE_URL, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM_NUMBER, BENCH_TEXT } = process.env;

class LocalTwilio extends twilio.RequestClient {
  constructor() {
    super({ keepAlive: true, maxSockets: inFlight, maxTotalSockets: inFlight, maxFreeSockets: inFlight });
  }
  request(options) {
    return super.request({ ...options, uri: options.uri.replace("https://api.twilio.com", TWILIO_BASE_URL) });
  }
}
const client = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, { httpClient: new LocalTwilio() });

let from = performance.now() + 1000; // its code is compiled while it warms up
const until = from + seconds * 1000;
let cpu = null;
let failed = 0;
const times = [];

async function sendInALoop() {
  while (performance.now() < until) {
    const begun = performance.now();
    try {
      await client.messages.create({ to: "+15558675310", from: TWILIO_FROM_NUMBER, body: BENCH_TEXT });
    } catch {
      ++failed;
      continue;
    }
    const now = performance.now();
    if (now < from) continue;
    if (cpu === null) {
      from = now;
      cpu = process.cpuUsage();
    } else times.push((now - begun) * 1000);
  }
}

await Promise.all(Array.from({ length: inFlight }, sendInALoop));
if (times.length === 0) {
  console.error(`twilio_node: nothing was accepted, ${failed} failed`);
  process.exit(1);
}
const used = process.cpuUsage(cpu);
const elapsed = (performance.now() - from) / 1000;
times.sort((a, b) => a - b);
const percentile = (share) => Math.round(times[Math.floor((times.length - 1) * share)]);
console.log(
  JSON.stringify({
    client: `twilio-node ${process.argv[4] ?? ""}`.trim(),
    seconds: elapsed,
    sends: times.length,
    failed,
    rate: Math.round(times.length / elapsed),
    cpu_us: (used.user + used.system) / times.length,
    p50_us: percentile(0.5),
    p99_us: percentile(0.99),
    peak_rss_kib: process.resourceUsage().maxRSS,
  }),
);
process.exit(failed === 0 ? 0 : 1);
