"""Every field of every message taken through its limits, and thousands of random mutations: `cebgate validate` gives the
verdict that the facts beside the project give, names the place that was spoilt, and names it once.

    mutations_test.py CEBGATE SHARED FOLDER      files that fail are kept in FOLDER
"""
import json
import random
import re
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

import facts
import xml_tree
from expectation import path_of
from mutations import Case, Random, Single, filled, made, repaired, trimmed, with_missing_numbers

SEED = 20220501
RANDOM_MUTATIONS = 5000
FILES_AT_ONCE = 2000
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None  # thirty thousand small files
SHOWN = 25
LIBXML_WORDING = re.compile(
    r"\{http|Element '|attribute '|This element is not expected|\[facet|not a valid value|Missing child|No matching global",
    re.I,
)

# What the bundled xmldsig schema does not take, the W3C's own features among it: NOTES.md, section 4.
SIGNATURE_CHANGES = (
    ("no DigestValue", r"<ds:DigestValue>.*?</ds:DigestValue>", ""),
    ("no SignatureValue", r"<ds:SignatureValue>.*?</ds:SignatureValue>", ""),
    ("no SignedInfo", r"<ds:SignedInfo>.*?</ds:SignedInfo>", ""),
    ("no Algorithm", r"(<ds:DigestMethod) Algorithm=\"[^\"]*\"", r"\1"),
    ("an Id of SignedInfo", "<ds:SignedInfo>", '<ds:SignedInfo Id="a">'),
    ("an Id of SignatureValue", "<ds:SignatureValue>", '<ds:SignatureValue Id="a">'),
    ("an Id of KeyInfo", "<ds:KeyInfo>", '<ds:KeyInfo Id="a">'),
    ("an Object", "</ds:Signature>", "<ds:Object/></ds:Signature>"),
    ("a foreign element", "<ds:SignedInfo>", "<x:inside/><ds:SignedInfo>"),
    ("two SignedInfo", r"(<ds:SignedInfo>.*?</ds:SignedInfo>)", r"\1\1"),
)

CEBGATE, SHARED, KEPT = (Path(argument).resolve() for argument in sys.argv[1:4])
SPEC = SHARED / "spec"


def validate(edition, files, folder):
    """What `cebgate validate` says of each file; and that it ends with 0 or 1."""
    command = [CEBGATE, "validate", "--level", "schema", "--format", "json", "--edition", edition, *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"cebgate validate ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def known_types(edition):
    command = [CEBGATE, "catalog", "--format", "json", "--edition", edition]
    return {entry["name"] for entry in json.loads(subprocess.check_output(command))} & set(facts.messages_202205(SPEC))


def samples():
    """The official samples by their type, read afresh."""
    return {file.stem: xml_tree.read(file) for file in sorted((SHARED / "samples" / "202205").glob("*/*.xml"))}


def bases(edition):
    """type: (root, message) to be spoilt: the repaired sample, or a message made by the facts where there is none."""
    if edition == "2018":
        messages, changed = facts.messages_2018(SPEC)
        messages = {name: messages[name] for name in changed}
    else:
        messages = facts.messages_202205(SPEC)
    found, known, read = {}, known_types(edition), samples()
    for name in sorted(known & set(messages)):
        root = messages[name]
        sample = read.get(name)
        message = made(root) if sample is None else trimmed(root, repaired(sample), 2)
        if name == "CEB792Message" and edition != "2018":
            with_missing_numbers(root, message)
        found[name] = (root, message)
    return found


class Disagreements:
    """What did not come as expected, the first few of each kind, and the files kept."""

    def __init__(self, test):
        self.test, self.kinds, self.lines = test, Counter(), []

    def add(self, kind, case, told):
        self.kinds[kind] += 1
        if self.kinds[kind] > SHOWN:
            return
        KEPT.mkdir(parents=True, exist_ok=True)
        file = KEPT / f"{self.test.id().rpartition('.')[2]}-{kind.replace(' ', '-')}-{self.kinds[kind]}.xml"
        file.write_bytes(xml_tree.written(case.message))
        self.lines.append(f"{kind}: {case.what}\n    {told}\n    {file}")

    def hold_none(self):
        if self.lines:
            self.test.fail(f"{dict(self.kinds)}\n" + "\n".join(self.lines))


class Mutations(unittest.TestCase):
    def setUp(self):
        self.disagreements = Disagreements(self)

    def judge(self, edition, cases, hold_places):
        with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
            files = []
            for index, case in enumerate(cases):
                files.append(f"{index}.xml")
                Path(folder, files[-1]).write_bytes(xml_tree.written(case.message))
            for case, verdict in zip(cases, validate(edition, files, folder)):
                self.hold(case, verdict, hold_places)

    def hold(self, case, verdict, hold_places):
        errors = [fault for fault in verdict["faults"] if fault["severity"] == "error"]
        told = "; ".join(f"{fault['code']} {fault['path']}: {fault['en']}" for fault in errors)[:600] or "valid"
        if verdict["valid"] != case.valid:
            self.disagreements.add("valid by the facts" if case.valid else "invalid by the facts", case, told)
            return
        if case.valid:
            return
        hold_places(case, errors, told)
        if len({(fault["code"], fault["path"]) for fault in errors}) != len(errors):
            self.disagreements.add("a fault told twice", case, told)
        for fault in errors:
            if LIBXML_WORDING.search(fault["zh"] + fault["en"]) or not fault["zh"] or not fault["en"]:
                self.disagreements.add("a sentence of libxml2", case, f"{fault['zh']} {fault['en']}")

    def one_fault_there(self, case, errors, told):
        if len(errors) != 1:
            self.disagreements.add("not one fault", case, told)
        elif errors[0]["path"] not in case.paths:
            self.disagreements.add("another place", case, f"{told}; expected at {case.paths}")

    def all_faults_below(self, case, errors, told):
        if any(not error["path"].startswith(case.paths[0]) for error in errors):
            self.disagreements.add("another place", case, f"{told}; expected below {case.paths}")

    def any_faults(self, case, errors, told):
        if not errors:
            self.disagreements.add("no fault", case, told)

    def run_cases(self, edition, cases, hold_places):
        count, batch = 0, []
        for case in cases:
            batch.append(case)
            if len(batch) == FILES_AT_ONCE:
                self.judge(edition, batch, hold_places)
                count, batch = count + len(batch), []
        if batch:
            self.judge(edition, batch, hold_places)
        self.disagreements.hold_none()
        return count + len(batch)

    def run_singles(self, edition):
        singles = (case for root, message in bases(edition).values() for case in Single(root, filled(root, message)).all())
        return self.run_cases(edition, singles, self.one_fault_there)

    def test_every_type_of_the_facts_is_known(self):
        self.assertEqual(known_types("202205"), set(facts.messages_202205(SPEC)))
        self.assertEqual(known_types("2018"), set(facts.messages_2018(SPEC)[0]))

    def test_every_repaired_sample_is_valid_with_and_without_all_that_may_stand_in_it(self):
        for edition in facts.EDITIONS:
            cases = []
            for name, (root, message) in bases(edition).items():
                cases.append(Case(f"{name} repaired", message, True, ()))
                cases.append(Case(f"{name} filled", filled(root, message.copy()), True, ()))
            self.run_cases(edition, cases, self.one_fault_there)

    def test_each_field_and_node_goes_through_its_limits(self):
        self.assertGreater(self.run_singles("202205"), 15_000)

    def test_each_field_and_node_of_what_differs_goes_through_its_limits_of_2018(self):
        self.assertGreater(self.run_singles("2018"), 5_000)

    def test_a_spoilt_signature_is_told_at_the_signature_and_in_our_words(self):
        cases = []
        for name in ("CEB303Message", "CEB311Message"):
            root, message = bases("202205")[name]
            place = next(index for index, child in enumerate(message.children) if child.raw is not None)
            for what, pattern, text in SIGNATURE_CHANGES:
                spoilt = message.copy()
                signature = spoilt.children[place]
                signature.raw, changes = re.subn(pattern, text, signature.raw, count=1, flags=re.S)
                self.assertEqual(changes, 1, what)
                cases.append(Case(f"{name}: {what}", spoilt, False, (path_of(root, spoilt, (place,)),)))
        self.run_cases("202205", cases, self.all_faults_below)

    def test_random_mutations_get_the_verdict_of_the_facts(self):
        chance = random.Random(SEED)
        messages = []
        for root, message in bases("202205").values():
            messages += [(root, message), (root, filled(root, message.copy()))]
        cases = []
        for _ in range(RANDOM_MUTATIONS):
            root, message = chance.choice(messages)
            cases.append(Random(root, chance).spoilt(message))
        self.assertGreater(sum(case.valid for case in cases), RANDOM_MUTATIONS // 20)
        self.run_cases("202205", cases, self.any_faults)


class OfficialSamplesInEdition2018(unittest.TestCase):
    def test_get_the_verdict_that_is_on_record(self):
        most_valid, invalid = facts.samples_of_202205_in_2018(SPEC)
        known = facts.messages_2018(SPEC)[0]
        files = sorted((SHARED / "samples" / "202205").glob("*/*.xml"))
        verdicts = {Path(verdict["file"]).stem: verdict for verdict in validate("2018", files, SHARED)}
        self.assertEqual(len(verdicts), 39)
        valid = {name for name, verdict in verdicts.items() if verdict["valid"]}
        self.assertEqual(valid, set(verdicts) & set(known) - set(invalid))
        self.assertEqual(len(valid), most_valid)
        self.assertIn("CEB792Message", valid)
        for name in invalid:
            self.assertEqual([fault["path"] for fault in verdicts[name]["faults"]], [f"/ceb:{name}/ceb:BaseTransfer[2]"])


if __name__ == "__main__":
    if not SPEC.is_dir():
        print(f"skipped: {SPEC} is not here")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
