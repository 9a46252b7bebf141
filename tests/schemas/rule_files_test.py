#!/usr/bin/env python3
"""Our rule files mean the same to another Schematron tool.

    rule_files_test.py CEBGATE SCHEMAS_TEST SCHEMAS

The documents of tests/schemas/rules/cases.tsv, which keep and break each rule, are judged by `cebgate validate` and by
the ISO Schematron of lxml: the same assertions must fail at the same elements with the same words. Skipped by name
(exit 77) where python3-lxml is not.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    from lxml import etree, isoschematron
except ImportError:
    system_python = "/usr/bin/python3"
    if os.path.realpath(sys.executable) != os.path.realpath(system_python) and os.path.exists(system_python):
        os.execv(system_python, [system_python, *sys.argv])
    print("skipped: python3-lxml is not installed")
    sys.exit(77)

EDITION = "202205"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
PREFIXES = {"ceb": "http://www.chinaport.gov.cn/ceb", "dxp": "http://www.chinaport.gov.cn/dxp",
            "ds": "http://www.w3.org/2000/09/xmldsig#"}
FILES_PER_RUN = 300
LARGE_NUMBER = re.compile(r"\d(\.\d+)?e\+\d+|\d{10,}")  # XSLT writes these with an exponent


def kinds(schemas):
    lines = (schemas / "catalog/messages.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: row[1] for row in rows[1:]}


class OtherTool:
    def __init__(self, schemas):
        self.folder = schemas / "rules"
        self.kinds = kinds(schemas)
        self.compiled = {}

    def files(self, root):
        names = [self.kinds.get(root, "envelope"), root]
        places = [place / f"{name}.sch" for name in names for place in (self.folder, self.folder / EDITION)]
        return [file for file in places if file.exists()]

    def schematron(self, file):
        if file not in self.compiled:
            self.compiled[file] = isoschematron.Schematron(etree.parse(str(file)), store_report=True)
        return self.compiled[file]

    def failures(self, document):
        found = []
        for file in self.files(etree.QName(document.getroot()).localname):
            schematron = self.schematron(file)
            schematron.validate(document)
            found += failures_in(schematron.validation_report, document)
        return sorted(found)


def failures_in(report, document):
    pattern = None
    for event in report.getroot():
        if event.tag == SVRL + "active-pattern":
            pattern = event.get("id")
        elif event.tag in (SVRL + "failed-assert", SVRL + "successful-report"):
            text = " ".join("".join(event.find(SVRL + "text").itertext()).split())
            yield pattern, event.get("role", "error"), place(document, event.get("location")), text


def place(document, path):
    elements = document.xpath(path, namespaces=PREFIXES)
    assert len(elements) == 1, path
    return document.getpath(elements[0])


def our_failures(faults, document):
    return sorted((fault["code"].removeprefix("rule."), fault["severity"], place(document, fault["path"]),
                   " ".join(f"{fault['zh']} | {fault['en']}".split()))
                  for fault in faults if fault["code"].startswith("rule."))


def comparable(failures):
    return [(*failure[:3], None if LARGE_NUMBER.search(failure[3]) else failure[3].replace(" | ", "|"))
            for failure in failures]


def judged(cebgate, files):
    for begin in range(0, len(files), FILES_PER_RUN):
        part = [str(file) for file in files[begin:begin + FILES_PER_RUN]]
        run = subprocess.run([cebgate, "validate", "--format", "json", *part], capture_output=True, text=True)
        if run.returncode not in (0, 1):
            sys.exit(f"cebgate validate: {run.stderr}")
        yield from json.loads(run.stdout)


def main(cebgate, schemas_test, schemas):
    other = OtherTool(Path(schemas))
    differences = seen = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([schemas_test, "--gtest_filter=RuleCases.SayWhatTheyShouldAndNothingElse"], check=True,
                       env={**os.environ, "CEBGATE_RULE_CASES": folder}, stdout=subprocess.DEVNULL)
        for verdict in judged(cebgate, sorted(Path(folder).iterdir())):
            document = etree.parse(verdict["file"])
            ours, theirs = our_failures(verdict["faults"], document), other.failures(document)
            seen += len(ours)
            if comparable(ours) != comparable(theirs):
                differences += 1
                print(f"{Path(verdict['file']).name}\n  ours:   {ours}\n  theirs: {theirs}")
    print(f"{seen} failed assertions, {differences} documents judged differently")
    return 0 if seen and not differences else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
