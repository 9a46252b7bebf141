"""What the gateway serves as OpenAPI is OpenAPI 3.1, and what Postman makes of it can be sent as it stands.

    postman_test.py CEBGATE MAKE_TEST_KEYS WORK      WORK keeps the npm packages, which the lock file pins

Skipped by name where node or npm is not, or npm cannot get the packages.
"""
import json
import re
import shutil
import subprocess
import sys
import unittest
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "conformance"))
from gateway_run import Gateway  # noqa: E402

CEBGATE, MAKE_KEYS, WORK = (Path(argument).resolve() for argument in sys.argv[1:4])
STREAMS = ("streamChanges",)  # answers for ever
BY_COOKIE = ("getSession",)  # of a browser: a token has no session


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def get_packages():
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            skip(f"{program} is not installed")
    if not (WORK / "node_modules" / ".package-lock.json").exists():
        WORK.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "postman" / name, WORK / name)
        quiet = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        got = subprocess.run(quiet, cwd=WORK, capture_output=True, text=True, check=False)
        if got.returncode != 0:
            skip(f"npm cannot get openapi-to-postmanv2: {got.stderr.strip()}")


def requests_in(item):
    """Each request of a collection's tree, with its name."""
    if "request" in item:
        yield item["name"], item["request"]
    for inner in item.get("item", []):
        yield from requests_in(inner)


class Collection:
    """A collection as Postman sends it: variables put in, what is disabled left out."""

    def __init__(self, made, token):
        self.variables = {entry["key"]: entry["value"] for entry in made["variable"]} | {"bearerToken": token}
        self.auth = made["auth"]
        self.requests = dict(requests_in(made))

    def filled(self, text):
        return re.sub(r"\{\{(\w+)\}\}", lambda found: self.variables[found[1]], text)

    def on(self, fields):
        return {entry["key"]: self.filled(str(entry["value"])) for entry in fields or [] if not entry.get("disabled")}

    def send(self, request):
        """The status of the answer, and what it said."""
        url = request["url"]
        address = self.filled("/".join([*url["host"], *url["path"]]))
        query = "&".join(f"{name}={value}" for name, value in self.on(url.get("query")).items())
        auth = request.get("auth") or self.auth
        headers = self.on(request.get("header"))
        if auth["type"] == "bearer":
            headers["Authorization"] = "Bearer " + self.filled(auth["bearer"][0]["value"])
        body = request.get("body")
        asked = urllib.request.Request(address + (f"?{query}" if query else ""), method=request["method"], headers=headers,
                                       data=body["raw"].encode() if body else None)
        try:
            with urllib.request.urlopen(asked, timeout=120) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()


class Postman(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        gateway = cls.enterClassContext(Gateway(CEBGATE, MAKE_KEYS, "202205"))
        cls.url, cls.description = gateway.url, gateway.get("/v1/openapi.json")
        openapi, made = WORK / "openapi.json", WORK / "collection.json"
        openapi.write_text(json.dumps(cls.description), encoding="utf-8")
        done = subprocess.run(["node", HERE / "postman" / "import.js", openapi, made], cwd=WORK, capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        cls.collection = Collection(json.loads(made.read_text(encoding="utf-8")), gateway.token)

    def calls(self):
        for path, methods in self.description["paths"].items():
            for method, call in methods.items():
                yield path, method, call

    def test_the_collection_leads_to_the_gateway_and_holds_every_call(self):
        self.assertEqual(self.collection.variables["baseUrl"], self.url)
        names = {call["summary"] for _, _, call in self.calls()}
        self.assertEqual(set(self.collection.requests), names)
        self.assertGreaterEqual(len(names), 30)

    def test_an_order_is_posted_as_it_was_imported_and_is_good(self):
        by_id = {call["operationId"]: call["summary"] for _, _, call in self.calls()}
        status, told = self.collection.send(self.collection.requests[by_id["validate"]])
        self.assertEqual((status, [verdict["valid"] for verdict in json.loads(told)]), (200, [True]), told)
        for expected in (202, 200):
            status, told = self.collection.send(self.collection.requests[by_id["postDocuments"]])
            self.assertEqual(status, expected, told)
        self.assertEqual(json.loads(told)[0]["type"], "CEB311Message")

    def test_what_needs_nothing_filled_in_is_answered(self):
        asked = 0
        for path, method, call in self.calls():
            if method != "get" or "{" in path or call["operationId"] in STREAMS + BY_COOKIE:
                continue
            if re.search("Role: (operator|admin)", call.get("description", "")):
                continue
            with self.subTest(path):
                status, told = self.collection.send(self.collection.requests[call["summary"]])
                self.assertEqual(status, 200, told)
            asked += 1
        self.assertGreaterEqual(asked, 10)


if __name__ == "__main__":
    get_packages()
    unittest.main(argv=sys.argv[:1])
