// npm's twilio drives the simulator: what it creates, finds, changes and deletes is compared with the simulator's
// truth, what is refused must be its own RestException. Prints `N passed, N failed`; exit code 1 when something failed.
//   TWILIO_BASE_URL=https://127.0.0.1:PORT NODE_EXTRA_CA_CERTS=ca.pem node twilio_node.mjs CASES.json
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import twilio from "twilio";
import { LocalTwilio } from "./local_twilio.mjs";

const url = process.env.TWILIO_BASE_URL;
const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));

const accountSid = "AC0123456789abcdef0123456789abcdef";
const subaccountSid = "AC00000000000000000000000000000001";
const service = "MG0123456789abcdef0123456789abcdef";
const from = "+15005550006";
const httpClient = new LocalTwilio(url);
const accounts = {
  main: twilio(accountSid, "0123456789abcdef0123456789abcdef", { httpClient }),
  key: twilio("SK0123456789abcdef0123456789abcdef", "asecretofthekey", { accountSid, httpClient }),
  test: twilio("ACfedcba9876543210fedcba9876543210", "fedcba9876543210fedcba9876543210", { httpClient }),
  wrong_token: twilio(accountSid, "00000000000000000000000000000000", { httpClient }),
};
const client = accounts.main;

// ---- The table of checks

let passed = 0;
let failed = 0;
async function check(what, program) {
  try {
    await program();
    ++passed;
  } catch (error) {
    ++failed;
    console.log(`FAILED: ${what}: ${error.stack}`);
  }
}

// ---- Messages, and what the truth must hold at the end

const taken = new Map(); // by SID
const refused = { rejected: 0, throttled: 0, fault: 0 };
let recipients = 0;
const recipient = () => `+1555600${String(++recipients).padStart(4, "0")}`;

async function send(parameters, messages = client.messages) {
  const message = await messages.create({ from, body: `Message ${taken.size}`, ...parameters });
  taken.set(message.sid, { to: parameters.to, body: message.body, media: parameters.mediaUrl ?? [], deleted: false });
  return message;
}

const sids = (resources) => resources.map((r) => r.sid);

async function final(message) {
  for (let i = 0; i < 1000; ++i) {
    const now = await client.messages(message.sid).fetch();
    if (now.status === "delivered") return now;
    await sleep(10);
  }
  throw new Error(`${message.sid} was never delivered`);
}

async function refusal(promise) {
  const error = await promise.then(() => assert.fail("it was not refused"), (e) => e);
  assert.ok(error instanceof twilio.RestException, `not a RestException but ${error.stack}`);
  return error;
}
async function assertRefused(promise, status, code) {
  const error = await refusal(promise);
  assert.equal(error.status, status);
  assert.equal(error.code, code ?? undefined); // an HTML page has none
  if (code === null) return;
  assert.equal(error.moreInfo, `https://www.twilio.com/docs/errors/${code}`);
  assert.ok(error.message);
}

// ---- The cases of both clients: parameters are named as on the wire

function value(given) {
  if (given?.seconds) return new Date(Date.now() + given.seconds * 1000);
  if (!given?.times) return given;
  const { repeat, times } = given;
  return Array.isArray(repeat) ? Array(times).fill(repeat).flat() : repeat.repeat(times);
}
function parameters(given) {
  const set = Object.entries(given).filter(([, v]) => v !== null);
  return Object.fromEntries(set.map(([name, v]) => [name[0].toLowerCase() + name.slice(1), value(v)]));
}
function call(c) {
  const { messages } = accounts[c.account ?? "main"];
  const listUrl = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`;
  if (c.create) return messages.create(parameters({ To: "+15005551000", From: from, Body: "Refused", ...c.create }));
  if (c.page) return messages.page(parameters(c.page));
  if (c.page_at) return messages.getPage(`${listUrl}?${c.page_at}`);
  if (c.fetch) return messages(c.fetch).fetch();
  if (c.update) return messages(c.update).update(parameters(c.with));
  return messages(c.remove).remove();
}

// ---- The checks

await fetch(`${url}/__truth`, { method: "DELETE" });

for (const { what, text, segments } of cases.texts)
  await check(`text: ${what}`, async () => {
    const to = recipient();
    const message = await send({ to, body: value(text) });
    assert.match(message.sid, /^SM[0-9a-f]{32}$/);
    const path = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
    const { dateCreated, dateUpdated, subresourceUris, ...rest } = message.toJSON();
    assert.deepEqual(rest, {
      accountSid, apiVersion: "2010-04-01", body: value(text), dateSent: null, direction: "outbound-api",
      errorCode: null, errorMessage: null, from, messagingServiceSid: null, numMedia: "0",
      numSegments: String(segments), price: null, priceUnit: "USD", sid: message.sid, status: "queued", to,
      uri: `${path}.json`,
    });
    assert.ok(Math.abs(dateCreated - Date.now()) < 3600_000 && dateUpdated >= dateCreated);
    assert.equal(subresourceUris.media, `${path}/Media.json`);
  });

for (const count of [1, 10])
  await check(`${count} media`, async () => {
    const mediaUrl = Array.from({ length: count }, (_, i) => `https://example.com/${i}.png?a=b&c=d`);
    const message = await send({ to: recipient(), mediaUrl });
    assert.match(message.sid, /^MM/);
    assert.equal(message.numMedia, String(count));
  });

await check("list, fetch and remove media", async () => {
  const types = Array.from({ length: 10 }, (_, i) => (i % 2 ? "png" : "jpeg"));
  const mediaUrl = types.map((type, i) => `https://example.com/${i}.${type}`);
  const { sid } = await send({ to: recipient(), mediaUrl });
  const all = await client.messages(sid).media.list({ pageSize: 3 });
  assert.deepEqual(all.map((m) => m.contentType), types.map((type) => `image/${type}`));
  assert.equal(new Set(sids(all)).size, 10);
  for (const media of all) {
    assert.match(media.sid, /^ME[0-9a-f]{32}$/);
    assert.deepEqual([media.accountSid, media.parentSid], [accountSid, sid]);
    assert.equal(media.uri, `/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media/${media.sid}.json`);
    assert.ok(Math.abs(media.dateCreated - Date.now()) < 3600_000);
  }
  assert.deepEqual((await client.messages(sid).media(all[3].sid).fetch()).toJSON(), all[3].toJSON());
  assert.equal(await client.messages(sid).media(all[3].sid).remove(), true);
  await assertRefused(client.messages(sid).media(all[3].sid).fetch(), 404, 20404);
  await assertRefused(client.messages(sid).media(all[3].sid).remove(), 404, 20404);
  assert.deepEqual(sids(await client.messages(sid).media.list()), sids(all).filter((_, i) => i !== 3));
});
await check("a message without media has none", async () =>
  assert.deepEqual(await client.messages((await send({ to: recipient() })).sid).media.list(), []));
await check("feedback", async () => {
  const { sid } = await send({ to: recipient(), provideFeedback: true });
  const feedback = await client.messages(sid).feedback.create({ outcome: "confirmed" });
  assert.deepEqual([feedback.accountSid, feedback.messageSid, feedback.outcome], [accountSid, sid, "confirmed"]);
  await assertRefused(client.messages(sid).feedback.create({ outcome: "perhaps" }), 422, 20422);
});

await check("messaging service", async () => {
  const message = await send({ to: recipient(), from: undefined, messagingServiceSid: service });
  assert.deepEqual([message.from, message.messagingServiceSid, message.status], [null, service, "accepted"]);
  assert.equal((await final(message)).messagingServiceSid, service);
});
await check("alphanumeric sender", async () =>
  assert.equal((await send({ to: recipient(), from: "ACME" })).from, "ACME"));
await check("every other parameter", async () => {
  await send({
    to: recipient(), statusCallback: "https://example.com/status?ref=1",
    applicationSid: "AP0123456789abcdef0123456789abcdef", validityPeriod: 600, provideFeedback: true, attempt: 2,
    forceDelivery: false, smartEncoded: true, sendAsMms: false, shortenUrls: true, contentRetention: "retain",
    addressRetention: "obfuscate", riskCheck: "disable", persistentAction: ["geo:1,2", "a,b"],
  });
});
await check("content template", async () => {
  const contentSid = "HX0123456789abcdef0123456789abcdef";
  await send({ to: recipient(), body: undefined, contentSid, contentVariables: '{"1": "Ana"}' });
});
await check("API key", () => send({ to: recipient() }, accounts.key.messages));
await check("subaccount", async () => {
  const message = await send({ to: recipient() }, client.api.v2010.accounts(subaccountSid).messages);
  assert.equal(message.accountSid, subaccountSid);
});
await check("test credentials", async () => {
  const message = await send({ to: recipient() }, accounts.test.messages);
  assert.equal(message.accountSid, "ACfedcba9876543210fedcba9876543210");
});

await check("fetch", async () => {
  const created = await send({ to: recipient() });
  const message = await final(created);
  assert.deepEqual([message.sid, message.to, message.body], [created.sid, created.to, created.body]);
  assert.ok(message.dateSent >= message.dateCreated);
});

const crowd = recipient();
const newestFirst = [];
await check("250 messages for the lists", async () => {
  for (let i = 0; i < 250; ++i)
    newestFirst.unshift((await send({ to: crowd, from: i % 2 ? "+15005550010" : from })).sid);
});
await check("list in pages of 20", async () =>
  assert.deepEqual(sids(await client.messages.list({ to: crowd, pageSize: 20 })), newestFirst));
await check("list with a limit", async () =>
  assert.deepEqual(sids(await client.messages.list({ to: crowd, limit: 30, pageSize: 20 })), newestFirst.slice(0, 30)));
await check("list by sender", async () => {
  const expected = newestFirst.filter((_, i) => i % 2);
  assert.deepEqual(sids(await client.messages.list({ to: crowd, from, pageSize: 50 })), expected);
});
await check("list of all holds them", async () => {
  const all = new Set(sids(await client.messages.list({ pageSize: 1000 })));
  assert.ok(newestFirst.every((sid) => all.has(sid)));
});
await check("each", async () => {
  const seen = [];
  await new Promise((resolve, reject) => {
    const callback = (message) => seen.push(message.sid);
    client.messages.each({ to: crowd, pageSize: 100, callback, done: (e) => (e ? reject(e) : resolve()) });
  });
  assert.deepEqual(seen, newestFirst);
});
await check("page, next and previous", async () => {
  const first = await client.messages.page({ to: crowd, pageSize: 100 });
  const second = await first.nextPage();
  const third = await second.nextPage();
  assert.deepEqual([first, second, third].map((p) => p.instances.length), [100, 100, 50]);
  assert.equal(await third.nextPage(), undefined);
  assert.deepEqual(sids((await third.previousPage()).instances), sids(second.instances));
  assert.deepEqual(sids((await second.previousPage()).instances), sids(first.instances));
  assert.equal(await first.previousPage(), undefined);
});
await check("list by date", async () => {
  const { dateSent } = await final({ sid: newestFirst[0] });
  const hourBefore = new Date(+dateSent - 3600_000);
  const hourAfter = new Date(+dateSent + 3600_000);
  const count = async (filter) => (await client.messages.list({ to: crowd, pageSize: 200, ...filter })).length;
  assert.equal(await count({ dateSentAfter: hourBefore, dateSentBefore: hourAfter }), 250);
  assert.equal(await count({ dateSentAfter: hourAfter }), 0);
  assert.equal(await count({ dateSentBefore: hourBefore }), 0);
  assert.ok((await count({ dateSent: dateSent.toISOString().slice(0, 10) })) > 0);
});

await check("schedule and cancel", async () => {
  const sendAt = new Date(Date.now() + 3600_000);
  const scheduled = { messagingServiceSid: service, scheduleType: "fixed", sendAt };
  const message = await send({ to: recipient(), from: undefined, ...scheduled });
  assert.equal(message.status, "scheduled");
  await assertRefused(client.messages(message.sid).remove(), 409, 20009);
  await assertRefused(client.messages(message.sid).update({ body: "" }), 409, 20009);
  assert.equal((await client.messages(message.sid).update({ status: "canceled" })).status, "canceled");
  assert.equal((await client.messages(message.sid).fetch()).status, "canceled");
  await assertRefused(client.messages(message.sid).update({ status: "canceled" }), 409, 30409);
});
await check("redact", async () => {
  const message = await final(await send({ to: recipient() }));
  await assertRefused(client.messages(message.sid).update({ body: "another" }), 400, 30400);
  await assertRefused(client.messages(message.sid).update({ status: "canceled" }), 409, 30409);
  assert.equal((await message.update({ body: "" })).body, "");
  assert.equal((await client.messages(message.sid).fetch()).body, "");
});
await check("delete", async () => {
  const to = recipient();
  const message = await final(await send({ to }));
  assert.equal(await client.messages(message.sid).remove(), true);
  taken.get(message.sid).deleted = true;
  await assertRefused(client.messages(message.sid).fetch(), 404, 20404);
  assert.deepEqual(await client.messages.list({ to }), []);
});

for (const c of cases.errors)
  await check(`error ${c.status} / ${c.code}: ${JSON.stringify(c)}`, async () => {
    if (c.create) ++refused[c.counted ?? "rejected"];
    await assertRefused(call(c), c.status, c.code);
  });

await check("the truth", async () => {
  const counts = await (await fetch(`${url}/__truth`)).json();
  assert.equal(counts.accepted, taken.size);
  assert.equal(counts.duplicates, 0);
  assert.equal(counts.rejected, refused.rejected);
  assert.equal(counts.throttled, refused.throttled);
  assert.equal(counts.requests, taken.size + refused.rejected + refused.throttled + refused.fault);
  const lines = (await (await fetch(`${url}/__truth/messages`)).text()).trim().split("\n");
  const held = new Map();
  for (const line of lines) {
    const { sid, to, body, media, deleted } = JSON.parse(line);
    held.set(sid, { to, body, media, deleted });
  }
  assert.deepEqual(held, taken);
});

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
