"""The JSON Schema of each message type gives the verdict of the gateway: of the posted JSON's shape and of the XSD.

    json_schema_test.py CEBGATE MAKE_TEST_KEYS SHARED
"""
import json
import random
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

from gateway_run import ENTERPRISE, Gateway
from json_documents import PLAIN_DECIMAL, PLAIN_WHOLE, Case, Spoiler
from json_documents import numbers_in, with_numbers_as, without_filled_in, written

SEED = 20220501
RANDOM_MUTATIONS = {"202205": 1200, "2018": 200}
SHOWN = 25

CEBGATE, MAKE_KEYS, SHARED = (Path(argument).resolve() for argument in sys.argv[1:4])
SAMPLES = SHARED / "samples" / "202205"


def shown_samples():
    """Each official sample that is valid, as JSON, by its type."""
    if not SAMPLES.is_dir():
        return {}
    with open(SAMPLES.parent / "verdicts.tsv", encoding="utf-8") as lines:
        verdicts = [line.split("\t")[:2] for line in lines]
    files = [SAMPLES.parent / file for file, verdict in verdicts if verdict.strip() == "yes"]
    with ThreadPoolExecutor(2) as both_cores:
        shown = both_cores.map(lambda file: subprocess.check_output([CEBGATE, "show", file]), files)
        return {file.stem: json.loads(text) for file, text in zip(files, shown)}


def trimmed(document, rows):
    """At most so many rows of each list, so that the texts stay small."""
    return {name: value[:rows] if isinstance(value, list) else value for name, value in document.items()}


def told(verdict):
    """The faults of the JSON's shape and of the XSD; what rules, code tables and the ledger say is another matter."""
    return [fault for fault in verdict["faults"] if fault["code"].startswith(("json.", "schema."))]


class TypeSchema:
    def __init__(self, schema):
        Draft202012Validator.check_schema(schema)
        self.validator = Draft202012Validator(schema)

    def allows(self, document):
        return self.validator.is_valid(document)

    def allows_spelt_out(self, document):
        """What is to be expected of the gateway: numbers count by their characters, and must not be distorted."""
        if any(number.is_distorted for number in numbers_in(document)):
            return False
        return self.allows(with_numbers_as(lambda number: number.text, document))

    def disagreement(self, document, expected, is_good):
        if expected != is_good:
            return "with numbers by their characters"
        numbers = [number.text for number in numbers_in(document)]
        if not numbers or not all(PLAIN_WHOLE.fullmatch(text) or PLAIN_DECIMAL.fullmatch(text) for text in numbers):
            return ""
        # How many digits stand behind the point is nothing that the schema could say of a number.
        is_exact = all(PLAIN_WHOLE.fullmatch(text) for text in numbers)
        allowed = self.allows(with_numbers_as(lambda number: number.value, document))
        return "with numbers as they are" if allowed != is_good and (is_exact or is_good) else ""


class Site:
    """A running gateway and what it says of its declarations."""

    def __init__(self, gateway):
        self.gateway = gateway
        types = gateway.get("/v1/catalog")["types"]
        self.pages = {about["name"]: gateway.get(about["href"]) for about in types}
        self.schemas = {about["name"]: TypeSchema(gateway.get(about["schema"])) for about in types}
        self.declarations = [name for name, page in self.pages.items() if page["kind"] == "declaration"]
        self.spoilers = {name: Spoiler(self.pages[name]) for name in self.pages}


class JsonSchema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateways = {edition: Gateway(CEBGATE, MAKE_KEYS, edition) for edition in RANDOM_MUTATIONS}
        cls.sites = {edition: Site(cls.enterClassContext(gateway)) for edition, gateway in cls.gateways.items()}
        cls.samples = shown_samples()

    def hold(self, site, cases):
        """The schema and the gateway say the same of each; both work at the same time."""
        with ThreadPoolExecutor(1) as other:
            asked = other.submit(site.gateway.verdicts, [case.item(ENTERPRISE) for case in cases])
            expected = [site.schemas[case.type].allows_spelt_out(case.document) for case in cases]
            verdicts = asked.result()
        kinds, lines = Counter(), []
        for case, expectation, verdict in zip(cases, expected, verdicts):
            faults = told(verdict)
            kind = site.schemas[case.type].disagreement(case.document, expectation, not faults)
            if not kind:
                continue
            kinds[kind] += 1
            if kinds[kind] <= SHOWN:
                text = "; ".join(f"{fault['code']} {fault['path']}: {fault['en']}" for fault in faults) or "good"
                lines.append(f"{kind}: {case.what}\n    the gateway says: {text[:300]}\n    schema: {expectation}")
        if lines:
            self.fail(f"{dict(kinds)} of {len(cases)}\n" + "\n".join(lines))
        return sum(expected)

    def good_documents(self, site, name):
        spoiler = site.spoilers[name]
        documents = [spoiler.full, spoiler.least]
        if name in self.samples and site.gateway.edition == "202205":
            documents += [trimmed(document, 2) for document in self.samples[name]["documents"][:1]]
        return documents

    def test_made_documents_and_samples_are_good_for_both(self):
        for site in self.sites.values():
            cases = [Case(f"{name} {index}", name, document) for name in site.declarations
                     for index, document in enumerate(self.good_documents(site, name))]
            self.assertEqual(self.hold(site, cases), len(cases))
            self.assertGreaterEqual(len(site.declarations), 17)

    def test_each_field_and_node_goes_through_its_limits(self):
        seen = set()
        for edition, site in self.sites.items():
            cases = []
            for name in site.declarations:
                spoiler = site.spoilers[name]
                cases += spoiler.each_value(seen)
                if edition == "202205":  # formats are new in the other edition, but no kinds of structure
                    cases += [*spoiler.without_each(), *spoiler.each_structure()]
            self.assertGreater(self.hold(site, cases), len(cases) // 10)
        self.assertGreater(len(seen), 40)

    def test_random_mutations_get_the_same_verdict(self):
        for edition, site in self.sites.items():
            chance = random.Random(SEED)
            cases = []
            for _ in range(RANDOM_MUTATIONS[edition]):
                name = chance.choice(site.declarations)
                cases.append(site.spoilers[name].at_random(chance.choice(self.good_documents(site, name)), chance))
            good = self.hold(site, cases)
            self.assertTrue(len(cases) // 20 < good < len(cases) * 19 // 20, good)

    def test_receipts_and_notices_have_a_schema_of_what_show_writes(self):
        for site in self.sites.values():
            for name in set(site.pages) - set(site.declarations):
                spoiler = site.spoilers[name]
                for document in (spoiler.full, spoiler.least):
                    self.assertTrue(site.schemas[name].allows(document), f"{name} {written(document)}")
                self.assertFalse(site.schemas[name].allows({"unheardOf": "1"}), name)
        site = self.sites["202205"]
        for name, message in self.samples.items():
            for document in message["documents"]:
                errors = site.schemas[name].validator.iter_errors(document)
                self.assertEqual([error.message for error in errors], [], name)

    def test_the_program_prints_the_schema_that_the_gateway_shows(self):
        for edition, site in self.sites.items():
            command = [CEBGATE, "catalog", "CEB621Message", "--json-schema", "--edition", edition]
            self.assertEqual(json.loads(subprocess.check_output(command)), site.schemas["CEB621Message"].validator.schema)
            with_headers = site.gateway.ask("/v1/catalog/CEB621Message/schema.json")
            self.assertEqual(with_headers[0]["Content-Type"], "application/schema+json")

    def test_the_api_description_refers_to_each_schema(self):
        site = self.sites["202205"]
        components = site.gateway.get("/v1/openapi.json")["components"]["schemas"]
        posted = components["Posted"]
        self.assertEqual(set(posted["discriminator"]["mapping"]), set(site.declarations))
        for name, reference in posted["discriminator"]["mapping"].items():
            self.assertIn({"$ref": reference}, posted["oneOf"])
            properties = components[reference.rpartition("/")[2]]["properties"]
            self.assertEqual(properties["type"], {"const": name})
            self.assertEqual(properties["document"], {"$ref": site.schemas[name].validator.schema["$id"]})

    def build(self, site, name, document):
        """The faults that are told, and the XML where it was written."""
        with tempfile.TemporaryDirectory() as folder:
            given, made = Path(folder, "in.json"), Path(folder, "out.xml")
            given.write_text(written(document), encoding="utf-8")
            command = [CEBGATE, "build", name, given, "-o", made, "--format", "json"]
            command += ["--config", site.gateway.settings, "--enterprise", ENTERPRISE]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertIn(done.returncode, (0, 1), done.stderr)
            return told(json.loads(done.stdout)), made.read_text(encoding="utf-8") if done.returncode == 0 else ""

    def test_build_fills_in_what_need_not_be_said(self):
        site, built = self.sites["202205"], []
        for name in site.declarations:
            spoiler = site.spoilers[name]
            documents = [spoiler.least]
            if name in self.samples:
                sample = self.samples[name]["documents"][0]
                documents.append(without_filled_in(site.pages[name], spoiler.root, sample))
            for document in documents:
                faults, xml = self.build(site, name, document)
                self.assertEqual(faults, [], name)
                if xml:  # no rule was broken
                    self.assertIn(f"<ceb:copCode>{ENTERPRISE}</ceb:copCode>", xml)
                    self.assertRegex(xml, r"<ceb:guid>[0-9A-F-]{36}</ceb:guid>")
                    built.append(name)
        self.assertGreaterEqual(len(built), 5 if self.samples else 0, built)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
