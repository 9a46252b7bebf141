#!/usr/bin/env python3
"""Puts the figures of tools/measure.sh beside their aims.

    measures.py FOLDER OUTPUT.json      reads FOLDER/NAME.json of each run; prints a table; writes everything as JSON
"""
import json
import sys
from pathlib import Path

MEGABYTE = 1 << 20


def at_least(figure, least, unit, aim=None):
    words = f"at least {least:g}" + (f", aim {aim:g}" if aim else "")
    return {"figure": figure, "unit": unit, "wanted": words, "met": figure >= least}


def under(figure, most, unit):
    return {"figure": figure, "unit": unit, "wanted": f"under {most:g}", "met": figure < most}


def memory(run, moment):
    return run["gateway"]["memory_bytes"][moment] / MEGABYTE


def bare_signatures(folder):
    file = folder / "signing.json"
    if not file.exists() or not file.stat().st_size:
        return None
    return 1e6 / json.loads(file.read_text(encoding="utf-8"))["benchmarks"][0]["botan_us"]


def end_to_end(runs, folder):
    if "batched" in runs:
        run = runs["batched"]
        yield "end to end, batch_limit 100", at_least(run["settle"]["per_second"], 2000, "documents/s", 4000)
        growth = memory(run, "end") - memory(run, "quarter")
        yield "its memory from a quarter on", under(growth, 10, "MB more")
    bare = bare_signatures(folder)
    if "unbatched" in runs and bare:
        share = 100 * runs["unbatched"]["settle"]["per_second"] / bare
        yield f"end to end, batch_limit 1, of {bare:.0f} bare signatures/s", at_least(share, 25, "%")


def large_ledger(runs, folder):
    if "ledger-waiting" not in runs:
        return
    total = sum(runs[name]["documents"]["accepted"] for name in ("ledger-settled", "ledger-waiting"))
    searches = [1000 * float(line) for line in (folder / "searches.txt").read_text(encoding="utf-8").split()]
    started = float((folder / "start.txt").read_text(encoding="utf-8"))
    size = float((folder / "size.txt").read_text(encoding="utf-8")) / MEGABYTE
    yield f"memory, {total} documents ({size:.0f} MB on disk)", under(memory(runs["ledger-waiting"], "end"), 150, "MB")
    yield "search by key there, slowest of 20", under(max(searches), 20, "ms")
    yield "start there", under(started, 2000, "ms")


def two_gateways(runs):
    if "first-of-two" not in runs:
        return
    both = sum(runs[name]["settle"]["per_second"] for name in ("first-of-two", "second-of-two"))
    alone = runs["one-gateway"]["settle"]["per_second"]
    yield f"two gateways beside one ({both:.0f}/s, {alone:.0f}/s)", at_least(both / alone, 1.5, "times")


def figures(runs, folder):
    if "accept" in runs:
        yield "accept, arrays of 100", at_least(runs["accept"]["accept"]["per_second"], 5000, "documents/s", 10000)
    if "singles" in runs:
        yield "accept, singles on 16 connections", at_least(runs["singles"]["accept"]["per_second"], 1500, "documents/s")
    for name, load in (("latency-arrays", "arrays at 2500/s"), ("latency-singles", "singles at 750/s")):
        if name in runs:
            yield f"accept p99, {load}", under(runs[name]["accept"]["latency_ms"]["p99"], 25, "ms")
    yield from end_to_end(runs, folder)
    yield from large_ledger(runs, folder)
    yield from two_gateways(runs)


def main():
    folder, output = Path(sys.argv[1]), Path(sys.argv[2])
    names = ("accept", "singles", "latency-arrays", "latency-singles", "batched", "unbatched", "ledger-settled",
             "ledger-waiting", "one-gateway", "first-of-two", "second-of-two")
    runs = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in names if (folder / f"{name}.json").exists()}
    table = dict(figures(runs, folder))
    for name, row in table.items():
        verdict = "met" if row["met"] else "missed"
        print(f"{name:<55} {row['figure']:>10.1f} {row['unit']:<12} {row['wanted']:<28} {verdict}")
    for name, run in runs.items():
        if not run["good"]:
            print(f"{name}: not every document was taken and settled: {json.dumps(run['documents'])} {json.dumps(run.get('settle', {}).get('states', {}))}")
        print(f"{name}: CPU {run['gateway']['cpu_ms_per_document']:.3f} ms a document")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps({"figures": table, "runs": runs}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
