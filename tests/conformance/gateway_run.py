"""A gateway of this build, started with settings and keys of its own on a free port, and stopped with the test."""
import hashlib
import json
import secrets
import subprocess
import tempfile
import urllib.request
from pathlib import Path

ENTERPRISE = "4601960001"
MOST_IN_A_POST = 1000
MOST_BYTES_IN_A_POST = 6 << 20

SETTINGS = """[server]
listen = "127.0.0.1:0"

[ledger]
url = "sqlite:ledger.db"

[schemas]
edition = "{edition}"

[[port]]
name = "hainan"
profile = "hainan-http"
url = "http://127.0.0.1:9"

[[enterprise]]
code = "{code}"
name = "示例企业"
roles = ["ecommerce", "platform", "payment", "logistics", "agent", "operator"]
dxp_id = "DXPENT0000000001"
port = "hainan"
key = "file:keys/{code}.key.pem"
certificate = "file:keys/{code}.cert.pem"

[[client]]
name = "erp"
role = "submitter"
enterprises = ["{code}"]
token_sha256 = "{digest}"
"""


class Gateway:
    """`with Gateway(…) as gateway`: it listens when the block begins, and has ended when the block ends."""

    def __init__(self, cebgate, make_keys, edition):
        self.cebgate, self.make_keys, self.edition = cebgate, make_keys, edition
        self.token = secrets.token_hex(16)

    def __enter__(self):
        self.scratch = tempfile.TemporaryDirectory()
        folder = Path(self.scratch.name)
        subprocess.run([self.make_keys, folder / "keys", ENTERPRISE], check=True, stderr=subprocess.DEVNULL)
        digest = hashlib.sha256(self.token.encode()).hexdigest()
        self.settings = folder / "cebgate.toml"
        self.settings.write_text(SETTINGS.format(edition=self.edition, code=ENTERPRISE, digest=digest), encoding="utf-8")
        with open(folder / "log", "wb") as log:
            command = [self.cebgate, "serve", "--config", self.settings]
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        first_line = self.process.stdout.readline()
        if not first_line.startswith("listening on "):
            self.__exit__()
            raise RuntimeError(f"the gateway does not listen: {first_line}")
        self.url = first_line.removeprefix("listening on ").strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()
        self.scratch.cleanup()

    def ask(self, path, body=None):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=120) as response:
            return response.headers, json.loads(response.read())

    def get(self, path):
        return self.ask(path)[1]

    def verdicts(self, items):
        """What /v1/validate says of each item, a JSON text {"type","enterprise","document"}, in their order."""
        verdicts, batch, size = [], [], 0
        for item in items:
            data = item.encode()
            if batch and (len(batch) == MOST_IN_A_POST or size + len(data) > MOST_BYTES_IN_A_POST):
                verdicts += self.ask("/v1/validate", b"[" + b",".join(batch) + b"]")[1]
                batch, size = [], 0
            batch.append(data)
            size += len(data) + 1
        return verdicts + (self.ask("/v1/validate", b"[" + b",".join(batch) + b"]")[1] if batch else [])
