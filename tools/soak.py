#!/usr/bin/env python3
"""Posts orders as an ERP does while gateways and platform are killed at random and the platform misbehaves, and counts
what became of every document that was answered with 202.

    soak.py [--bin build/release/bin] [--ledger sqlite|postgres] [--minutes 10] [--rate 20] [--kills 12]
            [--misbehaviour on|off] [--seed N] [--format text|json] [--output FILE.json] [--keep FOLDER]

On PostgreSQL two gateways share the ledger, and one is killed at a time. --rate: orders a second; --kills: a minute.
Exit status: 0 nothing lost or doubled; 1 something is; 2 the run could not be made; 77 PostgreSQL is not installed.
"""
import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from soak_site import ENTERPRISE, Site, Unusable

# What is told to the simulator after a tilde (docs/formats/scenario.md), each as often as it stands here.
QUIET = [""] * 12
MISBEHAVIOUR = ["late2", "twice", "backwards", "garbled", "lost-ack", "http500", "foreign", "late2+twice",
                "lost-ack+twice", "http500x2+backwards", "late1+foreign", "lost-ack+garbled"]
THREADS = 4
MOST_IN_A_POST = 10
PATIENCE = 180  # seconds until everything has settled
# What customs answers to bytes that came a second time under one guid.
ALREADY_THERE = "-301010"
TEMPLATE = Path(__file__).parent / "bench" / "documents" / "CEB311Message.json"


def order(number):
    text = TEMPLATE.read_text(encoding="utf-8").replace("{shop}", ENTERPRISE).replace("{payer}", "4601960002")
    return json.loads(text.replace("DD{number}", number).replace("{number}", number))


class Erp:
    """Posts until told to stop; what is not answered with 2xx is posted again, the same, until it is."""

    def __init__(self, site, options):
        self.site, self.options = site, options
        self.promised, self.refused, self.tries = {}, [], 0  # id by number
        self.lock, self.over = threading.Lock(), threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(each,)) for each in range(THREADS)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def work(self, thread):
        chance = random.Random(f"{self.options.seed}/{thread}")
        words = QUIET + (MISBEHAVIOUR if self.options.misbehaviour == "on" else [])
        batch = 0
        while not self.over.is_set():
            began, batch = time.monotonic(), batch + 1
            count = chance.randint(1, MOST_IN_A_POST)
            numbers = []
            for each in range(count):
                word = chance.choice(words)
                numbers.append(f"S{thread}-{batch}-{each}" + (f"~{word}" if word else ""))
            self.promise(numbers, chance)
            self.over.wait(max(0.0, count * THREADS / self.options.rate - (time.monotonic() - began)))

    def promise(self, numbers, chance):
        body = json.dumps([order(number) for number in numbers]).encode()
        headers = {"Content-Type": "application/json"}
        if chance.random() < 0.5:
            headers["Idempotency-Key"] = numbers[0]
        gateway = chance.randrange(2)
        while True:
            self.tries += 1
            status, text = self.site.call("/v1/documents", body, headers, gateway)
            if status in (200, 202):
                with self.lock:
                    self.promised.update({item["number"]: item["id"] for item in json.loads(text)})
                return
            if status is not None and status < 500 and status != 409:
                with self.lock:
                    self.refused.append(text)
                return
            gateway += 1
            time.sleep(0.1)


def kill_at_random(site, options):
    """Returns how often each was killed. By the thread that the run belongs to: what it starts ends with it."""
    chance, killed = random.Random(options.seed), Counter()
    end = time.monotonic() + 60 * options.minutes
    while True:
        pause = chance.expovariate(options.kills / 60) if options.kills else 60 * options.minutes
        if time.monotonic() + pause >= end:
            time.sleep(max(0.0, end - time.monotonic()))
            return killed
        time.sleep(pause)
        victims = [("platform", site.platform)] + [("gateway", one) for one in site.gateways for _ in range(3)]
        name, victim = chance.choice(victims)
        site.restart(victim, chance.uniform(0, 1))
        killed[name] += 1


def measures(site):
    _, text = site.call("/metrics")
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))


def wait_until_settled(site, promised):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if float(measures(site).get('cebgate_documents{state="settled"}', 0)) >= len(promised):
            break
        time.sleep(0.5)
    time.sleep(4)  # what comes twice, or late, after that


def count(site, erp):
    """The figures of the run, and what is wrong, in words."""
    promised, wrong = erp.promised, []
    guids = Counter()
    for entry in json.loads(site.received()[1]):
        guids.update(key.rsplit("/", 1)[1] for key in entry["keys"])
    listed = Counter(site.listed())
    applied = said = lost = doubled = 0
    for number, ident in promised.items():
        document = json.loads(site.call(f"/v1/documents/{ident}")[1])
        receipts = Counter(one["returnStatus"] for one in document["receipts"] if one["returnStatus"] != ALREADY_THERE)
        expected = {status: listed[number, status] for status in ("2", "120")}
        applied, said = applied + sum(receipts.values()), said + sum(expected.values())
        too_few = any(receipts[one] < max(1, times) for one, times in expected.items())
        too_many = any(receipts[one] > times for one, times in expected.items())
        is_lost = guids[number] == 0 or document["state"] != "settled" or too_few
        is_doubled = guids[number] > 1 or document["version"] != 1 or too_many
        lost, doubled = lost + is_lost, doubled + is_doubled
        if is_lost or is_doubled:
            wrong.append(f"{number}: {document['state']}, {guids[number]} guids at customs, receipts {dict(receipts)}, "
                         f"the platform said {dict(expected)}")
    unpromised = sum(number not in promised for number in guids)
    now = measures(site)
    records = {state: int(float(now.get(f'cebgate_inbound_records{{state="{state}"}}', 0)))
               for state in ("unreadable", "foreign", "unmatched")}
    asked_for = {word: sum(word in number for number in promised) for word in ("garbled", "foreign")}
    for word, state in (("garbled", "unreadable"), ("foreign", "foreign")):
        if records[state] < asked_for[word]:
            wrong.append(f"{asked_for[word]} documents have a {word} record beside, but {records[state]} are {state}")
    wrong += [f"refused: {text}" for text in erp.refused]
    return {"promised": len(promised), "posts": erp.tries, "at_customs": sum(guids[number] > 0 for number in promised),
            "under_two_guids": sum(guids[number] > 1 for number in promised), "asked_for": asked_for,
            "receipts_said": said, "receipts_applied": applied, "records": records, "unpromised": unpromised,
            "lost": lost, "doubled": doubled}, wrong


def run(options, folder):
    site = Site(folder, Path(options.bin).resolve(), options.ledger)
    erp = Erp(site, options)
    try:
        erp.start()
        killed = kill_at_random(site, options)
        erp.stop()
        wait_until_settled(site, erp.promised)
        figures, wrong = count(site, erp)
    finally:
        erp.over.set()
        site.stop()
    figures["killed"] = {"gateway": killed["gateway"], "platform": killed["platform"]}
    return {"ledger": options.ledger, "minutes": options.minutes, "seed": options.seed, **figures}, wrong


def show(figures, wrong):
    for name, value in figures.items():
        text = ", ".join(f"{key} {each}" for key, each in value.items()) if isinstance(value, dict) else value
        print(f"{name.replace('_', ' '):<18} {text}")
    for each in wrong[:20]:
        print("wrong: " + each)
    if len(wrong) > 20:
        print(f"wrong: and {len(wrong) - 20} more")


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", default="build/release/bin")
    parser.add_argument("--ledger", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--kills", type=float, default=12)
    parser.add_argument("--misbehaviour", choices=["on", "off"], default="on")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--keep", type=Path, help="a new folder that keeps ledger and logs")
    return parser.parse_args()


def main():
    options = read_options()
    try:
        if options.keep:
            options.keep.mkdir()
            figures, wrong = run(options, options.keep.resolve())
        else:
            with tempfile.TemporaryDirectory(prefix="cebgate-soak-") as folder:
                figures, wrong = run(options, Path(folder))
    except Unusable as why:
        print(f"soak: {why}", file=sys.stderr)
        return 77 if "not installed" in str(why) else 2
    text = json.dumps({**figures, "wrong": wrong}, ensure_ascii=False, indent=2)
    if options.output:
        options.output.write_text(text + "\n", encoding="utf-8")
    if options.format == "json":
        print(text)
    else:
        show(figures, wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
