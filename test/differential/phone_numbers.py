"""Random texts for both checks, and what explains a difference. See phone_numbers.sh."""
import collections
import json
import random
import re
import subprocess
import sys

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

program, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)

examples = [
    phonenumbers.format_number(number, PhoneNumberFormat.E164)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
    if (number := phonenumbers.example_number_for_type(region, kind))
]
country_codes = sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)


def digits(n):
    return "".join(chance.choice("0123456789") for _ in range(n))


def with_country_code():
    return f"+{chance.choice(country_codes)}{digits(chance.randrange(17))}"


def any_digits():
    return f"+{digits(chance.randrange(19))}"


def cut_or_longer():
    number = chance.choice(examples)
    return number[: chance.randrange(len(number) + 1)] if chance.random() < 0.5 else number + digits(chance.randrange(1, 6))


def another_notation():
    number = phonenumbers.parse(chance.choice(examples), None)
    form = chance.choice([PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL, PhoneNumberFormat.RFC3966])
    return phonenumbers.format_number(number, form)


def damaged():
    number = list(chance.choice(examples))
    for _ in range(chance.randrange(1, 3)):
        at = chance.randrange(len(number) + 1)
        number[at : at + chance.randrange(2)] = [chance.choice(" -.()+xaZ0\u0661\uff0b\uff11\u00a0\t\n#;,/e")]
    return "".join(number)


makers = [lambda: chance.choice(examples), with_country_code, any_digits, cut_or_longer, another_notation, damaged]
texts = [chance.choice(makers)() for _ in range(count)]
lines = "".join(json.dumps(text) + "\n" for text in texts)
ours = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout.split()


def theirs(text):
    """Whether the text is a possible number as E.164 writes it, else why not."""
    try:
        number = phonenumbers.parse(text, None)
    except NumberParseException as problem:
        return {
            NumberParseException.INVALID_COUNTRY_CODE: "no country has this code",
            # It wants three digits at least before it looks at them.
            NumberParseException.NOT_A_NUMBER: "too short" if re.fullmatch(r"\+[1-9][0-9]", text) else "not a number",
            NumberParseException.TOO_SHORT_AFTER_IDD: "too short",
            NumberParseException.TOO_SHORT_NSN: "too short",
            NumberParseException.TOO_LONG: "too long",
        }[problem.error_type]
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != ValidationResult.IS_POSSIBLE:
        return {
            ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too short to be dialled from abroad",
            ValidationResult.INVALID_COUNTRY_CODE: "no country has this code",
            ValidationResult.TOO_SHORT: "too short",
            ValidationResult.TOO_LONG: "too long",
            ValidationResult.INVALID_LENGTH: "not a length of its country",
        }[possible]
    if phonenumbers.format_number(number, PhoneNumberFormat.E164) != text:
        return "another notation"
    return "possible"


# We look at the form only, so that a number of a country's new plan can be sent to; Twilio knows better (21211).
OURS_ONLY = {
    "no country has this code",
    "too short",
    "too short to be dialled from abroad",
    "too long",
    "not a length of its country",
}
E164 = re.compile(r"\+[1-9][0-9]{1,14}")
differences = collections.Counter()
unexplained = [] if len(ours) == count else ["the program did not answer for every text"]
both_yes = both_no = 0
for text, answer in zip(texts, ours):
    reason = theirs(text)
    if answer == "1" and reason == "possible":
        both_yes += 1
    elif answer == "1":
        # It leaves out a national prefix that some dial after the country code: what it makes of the text is shorter.
        explained = reason in OURS_ONLY or reason == "another notation"
        if explained and E164.fullmatch(text):
            name = "a national prefix after the country code" if reason == "another notation" else reason
            differences[f"we take it, they do not: {name}"] += 1
        else:
            unexplained.append(f"{text!a}: we take it, they say {reason}")
    elif reason != "possible":
        both_no += 1
    elif sum(c.isdigit() for c in text) > 15:
        differences["they take it, we do not: more than the 15 digits of E.164"] += 1
    else:
        unexplained.append(f"{text!a}: they take it, we do not")

print(f"{count} texts (seed {seed}): {both_yes} taken by both, {both_no} refused by both, {sum(differences.values())} "
      f"differ, {len(unexplained)} unexplained")
for name, number in sorted(differences.items()):
    print(f"{number:8} {name}")
for line in unexplained[:10]:
    print(line, file=sys.stderr)
sys.exit(1 if unexplained else 0)
