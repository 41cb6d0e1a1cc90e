"""Python's twilio drives the simulator: what it creates, finds, changes and deletes is compared with the simulator's
truth, what is refused must be its own exception. Prints `N passed, N failed`; exit code 1 when something failed.
  TWILIO_BASE_URL=https://127.0.0.1:PORT TWILIO_CA_BUNDLE=ca.pem twilio_python.py CASES.json
"""
import inspect
import json
import os
import re
import sys
import time
import traceback
from datetime import datetime, timedelta, timezone

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageList

from local_twilio import LocalTwilio

URL = os.environ["TWILIO_BASE_URL"]
HTTP = LocalTwilio(URL, os.environ["TWILIO_CA_BUNDLE"])
HTTP.session.trust_env = False  # a proxy of this machine does not lead to the simulator
with open(sys.argv[1], encoding="utf-8") as file:
    CASES = json.load(file)

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
SUBACCOUNT = "AC00000000000000000000000000000001"
TEST_ACCOUNT = "ACfedcba9876543210fedcba9876543210"
SERVICE = "MG0123456789abcdef0123456789abcdef"
FROM = "+15005550006"
ACCOUNTS = {
    "main": Client(ACCOUNT, "0123456789abcdef0123456789abcdef", http_client=HTTP),
    "key": Client("SK0123456789abcdef0123456789abcdef", "asecretofthekey", ACCOUNT, http_client=HTTP),
    "test": Client(TEST_ACCOUNT, "fedcba9876543210fedcba9876543210", http_client=HTTP),
    "wrong_token": Client(ACCOUNT, "0" * 32, http_client=HTTP),
}
CLIENT = ACCOUNTS["main"]
MESSAGES = CLIENT.messages

# ---- The table of checks

passed = failed = 0


def check(what):
    """Runs the function below it at once."""

    def run(program):
        global passed, failed
        try:
            program()
            passed += 1
        except Exception:
            failed += 1
            print(f"FAILED: {what}: {traceback.format_exc()}")

    return run


def equal(value, expected):
    assert value == expected, f"{value!r} is not {expected!r}"


# ---- Messages, and what the truth must hold at the end

taken = {}  # by SID
refused = {"rejected": 0, "throttled": 0, "fault": 0}
recipients = iter(f"+1555700{i:04}" for i in range(10000))


def send(messages=MESSAGES, **parameters):
    parameters = {"from_": FROM, "body": f"Message {len(taken)}", **parameters}
    parameters = {name: value for name, value in parameters.items() if value is not None}
    message = messages.create(**parameters)
    media = parameters.get("media_url", [])
    taken[message.sid] = {"to": parameters["to"], "body": message.body, "media": media, "deleted": False}
    return message


def sids(resources):
    return [resource.sid for resource in resources]


def final(sid):
    for _ in range(1000):
        message = MESSAGES(sid).fetch()
        if message.status == "delivered":
            return message
        time.sleep(0.01)
    raise AssertionError(f"{sid} was never delivered")


def refusal(program):
    try:
        program()
    except TwilioException as error:
        return error
    raise AssertionError("it was not refused")


def assert_refused(status, code, program):
    error = refusal(program)
    equal(type(error), TwilioRestException)
    equal((error.status, error.code), (status, code))
    assert "/Messages" in error.uri, error.uri
    assert error.msg


def assert_page_refused(status, code, program):
    """This twilio's pages give the response with a plain TwilioException."""
    error = refusal(program)
    equal(type(error), TwilioException)
    response = error.args[1]
    equal(response.status_code, status)
    if code:  # else it is a page of HTML
        body = json.loads(response.text)
        more_info = f"https://www.twilio.com/docs/errors/{code}"
        equal((body["code"], body["status"], body["more_info"]), (code, status, more_info))


# ---- The cases of both clients: parameters are named as on the wire


def value_of(given):
    if isinstance(given, dict) and "times" in given:
        return given["repeat"] * given["times"]
    if isinstance(given, dict) and "seconds" in given:
        return datetime.now(timezone.utc) + timedelta(seconds=given["seconds"])
    return given


def parameters_of(given):
    named = {re.sub("(?!^)([A-Z])", r"_\1", name).lower(): value_of(v) for name, v in given.items() if v is not None}
    return {name + "_" if name == "from" else name: v for name, v in named.items()}


def call(case):
    messages = ACCOUNTS[case.get("account", "main")].messages
    if "create" in case:
        given = {"To": "+15005551000", "From": FROM, "Body": "Refused", **case["create"]}
        messages.create(**parameters_of(given))
    elif "page" in case:
        list(messages.page(**parameters_of(case["page"])))
    elif "page_at" in case:
        list(messages.get_page(f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages.json?{case['page_at']}"))
    elif "fetch" in case:
        messages(case["fetch"]).fetch()
    elif "update" in case:
        messages(case["update"]).update(**parameters_of(case["with"]))
    else:
        messages(case["remove"]).delete()


# ---- The checks

HTTP.session.delete(URL + "/__truth")

for case in CASES["texts"]:

    @check(f"text: {case['what']}")
    def _():
        to, text = next(recipients), value_of(case["text"])
        message = send(to=to, body=text)
        assert re.fullmatch("SM[0-9a-f]{32}", message.sid), message.sid
        path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{message.sid}"
        for name, expected in {
            "account_sid": ACCOUNT,
            "api_version": "2010-04-01",
            "body": text,
            "date_sent": None,
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from_": FROM,
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": str(case["segments"]),
            "price": None,
            "price_unit": "USD",
            "status": "queued",
            "subresource_uris": {"media": f"{path}/Media.json"},
            "to": to,
            "uri": f"{path}.json",
        }.items():
            equal((name, getattr(message, name)), (name, expected))
        assert abs(message.date_created - datetime.now(timezone.utc)) < timedelta(hours=1)
        assert message.date_updated >= message.date_created


for count in (1, 10):

    @check(f"{count} media")
    def _():
        message = send(to=next(recipients), media_url=[f"https://example.com/{i}.png?a=b&c=d" for i in range(count)])
        assert message.sid.startswith("MM"), message.sid
        equal(message.num_media, str(count))


@check("list, fetch and remove media")
def _():
    types = ["image/jpeg", "image/png"] * 5
    media_url = [f"https://example.com/{i}.{type[6:]}" for i, type in enumerate(types)]
    sid = send(to=next(recipients), media_url=media_url).sid
    message = MESSAGES(sid)
    found = message.media.list(page_size=3)
    equal([media.content_type for media in found], types)
    equal(len(set(sids(found))), 10)
    for media in found:
        assert re.fullmatch("ME[0-9a-f]{32}", media.sid), media.sid
        equal((media.account_sid, media.parent_sid), (ACCOUNT, sid))
        assert abs(media.date_created - datetime.now(timezone.utc)) < timedelta(hours=1)
    equal(message.media(found[3].sid).fetch().uri, found[3].uri)
    equal(message.media(found[3].sid).delete(), True)
    assert_refused(404, 20404, lambda: message.media(found[3].sid).fetch())
    assert_refused(404, 20404, lambda: message.media(found[3].sid).delete())
    equal(sids(message.media.list()), sids(found[:3] + found[4:]))


@check("a message without media has none")
def _():
    equal(MESSAGES(send(to=next(recipients)).sid).media.list(), [])


@check("feedback")
def _():
    message = send(to=next(recipients), provide_feedback=True)
    feedback = message.feedback.create(outcome="confirmed")
    equal((feedback.account_sid, feedback.message_sid, feedback.outcome), (ACCOUNT, message.sid, "confirmed"))
    assert_refused(422, 20422, lambda: message.feedback.create(outcome="perhaps"))


@check("messaging service")
def _():
    message = send(to=next(recipients), from_=None, messaging_service_sid=SERVICE)
    equal((message.from_, message.messaging_service_sid, message.status), (None, SERVICE, "accepted"))
    equal(final(message.sid).messaging_service_sid, SERVICE)


@check("alphanumeric sender")
def _():
    equal(send(to=next(recipients), from_="ACME").from_, "ACME")


@check("every other parameter")
def _():
    send(
        to=next(recipients),
        status_callback="https://example.com/status?ref=1",
        application_sid="AP0123456789abcdef0123456789abcdef",
        validity_period=600,
        provide_feedback=True,
        attempt=2,
        force_delivery=False,
        smart_encoded=True,
        send_as_mms=False,
        content_retention="retain",
        address_retention="obfuscate",
        persistent_action=["geo:1,2", "a,b"],
    )


@check("API key")
def _():
    send(ACCOUNTS["key"].messages, to=next(recipients))


@check("subaccount")
def _():
    equal(send(CLIENT.api.v2010.accounts(SUBACCOUNT).messages, to=next(recipients)).account_sid, SUBACCOUNT)


@check("test credentials")
def _():
    equal(send(ACCOUNTS["test"].messages, to=next(recipients)).account_sid, TEST_ACCOUNT)


@check("fetch")
def _():
    created = send(to=next(recipients))
    message = final(created.sid)
    equal((message.sid, message.to, message.body), (created.sid, created.to, created.body))
    assert message.date_sent >= message.date_created


crowd = next(recipients)
newest_first = []


@check("250 messages for the lists")
def _():
    for i in range(250):
        newest_first.insert(0, send(to=crowd, from_="+15005550010" if i % 2 else FROM).sid)


@check("list in pages of 20")
def _():
    equal(sids(MESSAGES.list(to=crowd, page_size=20)), newest_first)


@check("list with a limit")
def _():
    equal(sids(MESSAGES.list(to=crowd, limit=30, page_size=20)), newest_first[:30])


@check("list by sender")
def _():
    equal(sids(MESSAGES.list(to=crowd, from_=FROM, page_size=50)), newest_first[1::2])


@check("list of all holds them")
def _():
    assert set(newest_first) <= set(sids(MESSAGES.list(page_size=1000)))


@check("stream")
def _():
    equal(sids(MESSAGES.stream(to=crowd, page_size=100)), newest_first)


@check("page, next and previous")
def _():
    pages = [MESSAGES.page(to=crowd, page_size=100)]
    pages += [pages[-1].next_page()]
    pages += [pages[-1].next_page()]
    found = [sids(page) for page in pages]  # a page is read once
    equal(found, [newest_first[:100], newest_first[100:200], newest_first[200:]])
    equal(pages[2].next_page(), None)
    equal(sids(pages[2].previous_page()), found[1])
    equal(sids(pages[1].previous_page()), found[0])
    equal(pages[0].previous_page(), None)


@check("list by date")
def _():
    sent, hour = final(newest_first[0]).date_sent, timedelta(hours=1)

    def count(**filters):
        return len(MESSAGES.list(to=crowd, page_size=200, **filters))

    equal(count(date_sent_after=sent - hour, date_sent_before=sent + hour), 250)
    equal(count(date_sent_after=sent + hour), 0)
    equal(count(date_sent_before=sent - hour), 0)
    assert count(date_sent=sent.strftime("%Y-%m-%d")) > 0


@check("schedule and cancel")
def _():
    message = send(
        to=next(recipients),
        from_=None,
        messaging_service_sid=SERVICE,
        schedule_type="fixed",
        send_at=datetime.now(timezone.utc) + timedelta(hours=1),
    )
    equal(message.status, "scheduled")
    assert_refused(409, 20009, lambda: MESSAGES(message.sid).delete())
    assert_refused(409, 20009, lambda: MESSAGES(message.sid).update(body=""))
    equal(MESSAGES(message.sid).update(status="canceled").status, "canceled")
    equal(MESSAGES(message.sid).fetch().status, "canceled")
    assert_refused(409, 30409, lambda: MESSAGES(message.sid).update(status="canceled"))


@check("redact")
def _():
    message = final(send(to=next(recipients)).sid)
    assert_refused(400, 30400, lambda: MESSAGES(message.sid).update(body="another"))
    assert_refused(409, 30409, lambda: MESSAGES(message.sid).update(status="canceled"))
    equal(message.update(body="").body, "")
    equal(MESSAGES(message.sid).fetch().body, "")


@check("delete")
def _():
    message = final(send(to=next(recipients)).sid)
    equal(MESSAGES(message.sid).delete(), True)
    taken[message.sid]["deleted"] = True
    assert_refused(404, 20404, lambda: MESSAGES(message.sid).fetch())
    equal(MESSAGES.list(to=message.to), [])


known = inspect.signature(MessageList.create).parameters
for case in CASES["errors"]:
    unknown = parameters_of(case.get("create", {})).keys() - known.keys()
    if unknown:
        print(f"not checked, since this twilio does not have {', '.join(sorted(unknown))}: error {case['code']}")
        continue

    @check(f"error {case['status']} / {case['code']}: {case}")
    def _():
        if "create" in case:
            refused[case.get("counted", "rejected")] += 1
        refused_as_it_says = assert_page_refused if "page" in case or "page_at" in case else assert_refused
        refused_as_it_says(case["status"], case["code"], lambda: call(case))


@check("the truth")
def _():
    counts = HTTP.session.get(URL + "/__truth").json()
    equal(
        {name: counts[name] for name in ("requests", "accepted", "duplicates", "rejected", "throttled")},
        {
            "requests": len(taken) + sum(refused.values()),
            "accepted": len(taken),
            "duplicates": 0,
            "rejected": refused["rejected"],
            "throttled": refused["throttled"],
        },
    )
    lines = HTTP.session.get(URL + "/__truth/messages").content.decode().splitlines()
    held = {m["sid"]: {name: m[name] for name in ("to", "body", "media", "deleted")} for m in map(json.loads, lines)}
    equal(held, taken)


print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
