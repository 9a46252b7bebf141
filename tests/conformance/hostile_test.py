"""What would bring a careless program down: refused in a bounded time and little memory, in one clear line, by the commands
that read messages and by a running gateway.

    hostile_test.py CEBGATE SHARED FOLDER [SANITIZED]      SANITIZED: memory is not measured, and time is short
"""
import hashlib
import http.client
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from child import Runner, peak_mib

CEBGATE = Path(sys.argv[1]).resolve()
SANITIZED = len(sys.argv) > 4 and sys.argv[4] != ""
TOOLS = Path(__file__).resolve().parents[2] / "tools"
MOST_MIB = 256
LONGEST_SECONDS = 240 if SANITIZED else 90  # a machine that does much else beside
MOST_LINES = 10_001  # of a file that is judged: one for each fault that is listed
MIB = 1 << 20
SECRET = "what nobody outside may see"

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ceb:CEB311Message xmlns:ceb="http://www.chinaport.gov.cn/ceb" '
    'guid="00000000-0000-4000-8000-00000000000A" version="1.0">'
)
TAIL = "</ceb:CEB311Message>"
ORDER = "<ceb:Order><ceb:OrderHead>", "</ceb:OrderHead></ceb:Order>"
BOMB = "".join(f'<!ENTITY e{n} "' + f"&e{n - 1};" * 10 + '">' for n in range(1, 10))


def message(inside):
    return (HEAD + inside + TAIL).encode()


def field(text):
    return message(f"{ORDER[0]}<ceb:note>{text}</ceb:note>{ORDER[1]}")


def refused_xml(secret):
    """Name, bytes: what is refused before it is judged, in one line."""
    yield "nothing", b""
    yield "50 MB of elements", message("<ceb:x/>" * (50 * MIB // 8))
    yield "50 MB of one text", field("x" * (50 * MIB))
    yield "23 MB of elements", message("<a/>" * (23 * MIB // 4))
    yield "10,000 levels", message("<ceb:x>" * 10_000 + "</ceb:x>" * 10_000)
    yield "10,000 levels that never end", message("<ceb:x>" * 10_000)
    yield "a billion entities", f'<!DOCTYPE x [<!ENTITY e0 "ha">{BOMB}]>'.encode() + field("&e9;")[39:]
    yield "an external entity", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode() + field("&e;")[39:]
    yield "an external document type", f'<!DOCTYPE x SYSTEM "file://{secret}">'.encode() + field("1")[39:]
    yield "a parameter entity", f'<!DOCTYPE x [<!ENTITY % e SYSTEM "file://{secret}"> %e;]>'.encode() + field("1")[39:]
    yield "an undeclared entity", field("&e;")
    attributes = " ".join(f'a{n}=""' for n in range(1_000_000))
    yield "a million attributes", message(f"<ceb:Order {attributes}/>")
    yield "a million namespaces", message("<ceb:Order " + attributes.replace("a", "xmlns:a") + "/>")
    yield "a million comments", message("<!---->" * 1_000_000)
    yield "a million instructions", message("<?a?>" * 1_000_000)
    yield "an endless start tag", message("<ceb:x " + "a" * (10 * MIB))
    yield "an endless comment", message("<!--" + "-" * (10 * MIB))
    yield "invalid UTF-8", field("x").replace(b"x</ceb:note", b"\xff\xfe\xc3\x28</ceb:note")
    yield "a surrogate in UTF-8", field("x").replace(b"x</ceb:note", b"\xed\xa0\x80</ceb:note")
    yield "UTF-16", field("1").decode().replace("UTF-8", "UTF-16").encode("utf-16")
    yield "UTF-16 without a mark", field("1").decode().replace("UTF-8", "UTF-16").encode("utf-16-be")
    yield "UTF-32", field("1").decode().encode("utf-32")
    yield "GBK", field("单证").decode().replace("UTF-8", "GBK").encode("gbk")
    yield "an encoding that is not its own", field("1").replace(b"UTF-8", b"UTF-16")
    yield "NUL bytes", field("x").replace(b"x</ceb:note", b"\0\0</ceb:note")
    yield "only NUL bytes", bytes(MIB)
    yield "all bytes", bytes(range(256)) * 1000
    whole = field("1")
    for at in range(1, len(whole), 17):
        yield f"cut off after {at} bytes", whole[:at]


def judged_xml():
    """Name, bytes: what can be read and is judged, with no more faults than a person would read."""
    yield "23 MB of one text", field("x" * (23 * MIB))
    yield "23 MB of one attribute", message("").replace(b'guid="', b'guid="' + b"x" * (23 * MIB))
    yield "a text of a million references", field("&#13;" * 1_000_000)
    yield "390,000 unknown elements", message("<ceb:x/>" * 390_000)
    yield "390,000 empty documents", message("<ceb:Order/>" * 390_000)
    yield "390,000 faulty fields", message(ORDER[0] + "<ceb:guid>1</ceb:guid>" * 390_000 + ORDER[1])
    yield "9,900 faulty rows of 30 fields", message(
        ("<ceb:Order>" + ("<ceb:OrderList>" + "<ceb:gnum>x</ceb:gnum>" * 30 + "</ceb:OrderList>") * 99 + "</ceb:Order>") * 100
    )


JSON_HEAD = '{"type":"CEB311Message","guid":"G","version":"1.0","documents":['


def refused_json():
    """Name, bytes: what is refused when it is read, in one line."""
    yield "nothing", b""
    yield "50 MB of values", (JSON_HEAD + "{}," * (50 * MIB // 3) + "{}]}").encode()
    yield "50 MB of one text", (JSON_HEAD + '{"OrderHead":{"note":"' + "x" * (50 * MIB) + '"}}]}').encode()
    yield "a million documents", (JSON_HEAD + ",".join(["{}"] * 1_000_000) + "]}").encode()
    yield "10,000 levels of arrays", b"[" * 10_000 + b"]" * 10_000
    yield "10,000 levels of objects", b'{"a":' * 10_000 + b"1" + b"}" * 10_000
    yield "levels that never end", b"[" * (10 * MIB)
    yield "invalid UTF-8", (JSON_HEAD + '{"OrderHead":{"note":"').encode() + b'\xff\xfe"}}]}'
    yield "UTF-16", (JSON_HEAD + "{}]}").encode("utf-16")
    yield "NUL bytes", bytes(MIB)
    yield "a number of 10 MB", (JSON_HEAD + '{"OrderHead":{"goodsValue":' + "1" * (10 * MIB) + "}}]}").encode()
    yield "half a surrogate pair", (JSON_HEAD + '{"OrderHead":{"note":"\\ud800"}}]}').encode()
    whole = (JSON_HEAD + '{"OrderHead":{"note":"单"},"OrderList":[{"gnum":1}]}]}').encode()
    for at in range(1, len(whole), 11):
        yield f"cut off after {at} bytes", whole[:at]


def judged_json():
    """Name, bytes: what can be read; its faults are listed, but not without end."""
    yield "23 MB of one text", (JSON_HEAD + '{"OrderHead":{"note":"' + "x" * (23 * MIB) + '"}}]}').encode()
    yield "390,000 documents", (JSON_HEAD + ",".join(["{}"] * 390_000) + "]}").encode()
    members = ",".join(f'"n{n}":""' for n in range(390_000))
    yield "390,000 members", (JSON_HEAD + '{"OrderHead":{' + members + "}}]}").encode()
    twice = ",".join(['"orderNo":""'] * 390_000)
    yield "390,000 times one member", (JSON_HEAD + '{"OrderHead":{' + twice + "}}]}").encode()
    yield "390,000 members outside", (JSON_HEAD + "]," + members + "}").encode()
    yield "390,000 rows", (JSON_HEAD + '{"OrderList":[' + ",".join(["{}"] * 390_000) + "]}]}").encode()


class Commands(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = Path(self.scratch.name)
        self.secret = self.folder / "secret"
        self.secret.write_text(SECRET, encoding="utf-8")
        self.runner = self.enterContext(Runner())

    def hold(self, name, arguments, most_lines):
        with self.subTest(f"{arguments[0]}: {name}"):
            ran = self.runner.run(CEBGATE, arguments, LONGEST_SECONDS)
            told = f"{ran.seconds:.1f} s, {ran.peak_mib:.0f} MiB, {len(ran.lines)} lines: {ran.lines[:2]}"[:600]
            self.assertIn(ran.status, (1, 2), told)
            self.assertTrue(1 <= len(ran.lines) <= most_lines, told)
            self.assertIn("error: ", ran.lines[0], told)
            self.assertLess(len(ran.lines[0]), 1000, told)
            self.assertNotIn(SECRET, "\n".join(ran.lines))
            if not SANITIZED:
                self.assertLess(ran.peak_mib, MOST_MIB, told)

    def of_xml(self, contents, most_lines):
        file = self.folder / "in.xml"
        for name, content in contents:
            file.write_bytes(content)
            for command in ("validate", "show"):
                self.hold(name, [command, str(file)], most_lines)

    def of_json(self, contents, most_lines):
        file = self.folder / "in.json"
        for name, content in contents:
            file.write_bytes(content)
            self.hold(name, ["build", "CEB311Message", str(file), "-o", str(self.folder / "out.xml")], most_lines)

    def test_xml_that_is_not_read_is_refused_in_one_line(self):
        self.of_xml(refused_xml(self.secret), 1)

    def test_xml_with_faults_without_end_is_judged_and_the_faults_end(self):
        file = self.folder / "in.xml"
        for name, content in judged_xml():
            file.write_bytes(content)
            self.hold(name, ["validate", str(file)], MOST_LINES)

    def test_json_that_is_not_read_is_refused_in_one_line(self):
        self.of_json(refused_json(), 1)
        self.assertFalse((self.folder / "out.xml").exists())  # a whole message that can be read is written as it is

    def test_json_with_faults_without_end_is_refused_and_the_faults_end(self):
        self.of_json(judged_json(), MOST_LINES)


ENTERPRISE = "4601960001"
TOKEN = "token-of-the-erp"
SETTINGS = f"""[server]
listen = "127.0.0.1:0"
[ledger]
url = "sqlite:ledger.db"
[[port]]
name = "hainan"
profile = "hainan-http"
url = "http://127.0.0.1:9"
[[enterprise]]
code = "{ENTERPRISE}"
name = "示例电子商务有限公司"
roles = ["ecommerce"]
dxp_id = "DXPENT0000000001"
port = "hainan"
key = "file:keys/{ENTERPRISE}.key.pem"
certificate = "file:keys/{ENTERPRISE}.cert.pem"
[[client]]
name = "erp"
role = "submitter"
enterprises = ["{ENTERPRISE}"]
token_sha256 = "{hashlib.sha256(TOKEN.encode()).hexdigest()}"
"""


class Gateway(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        folder = Path(scratch.name)
        subprocess.run([TOOLS / "make_test_keys.sh", folder / "keys", ENTERPRISE], check=True, stderr=subprocess.DEVNULL)
        (folder / "cebgate.toml").write_text(SETTINGS, encoding="utf-8")
        (folder / "secret").write_text(SECRET, encoding="utf-8")
        self.secret = folder / "secret"
        with open(folder / "log", "wb") as log:
            command = [CEBGATE, "serve", "--config", folder / "cebgate.toml"]
            self.gateway = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        self.addCleanup(self.stop)
        self.port = int(re.fullmatch(rb"listening on http://127\.0\.0\.1:(\d+)\n", self.gateway.stdout.readline()).group(1))

    def stop(self):
        self.gateway.terminate()
        self.gateway.wait(30)
        self.gateway.stdout.close()

    def ask(self, method, path, body=None, content_type=""):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_SECONDS)
        headers = {"Authorization": "Bearer " + TOKEN, "Content-Type": content_type}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8")
        finally:
            connection.close()

    def test_refuses_each_and_goes_on(self):
        posts = [(name, body, "application/xml") for name, body in (*refused_xml(self.secret), *judged_xml())]
        posts += [(name, body, "application/json") for name, body in (*refused_json(), *judged_json())]
        for name, body, content_type in posts:
            with self.subTest(f"{content_type}: {name}"):
                status, answer = self.ask("POST", "/v1/documents", body, content_type)
                self.assertIn(status, (400, 413, 422), answer[:300])
                self.assertNotIn(SECRET, answer)
        self.assertEqual(self.ask("GET", "/healthz")[0], 200)
        if not SANITIZED:
            self.assertLess(peak_mib(self.gateway.pid), MOST_MIB)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
