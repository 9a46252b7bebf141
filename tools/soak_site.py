"""The programs of a soak run in a scratch folder: the platform simulator, one or two gateways on one ledger, and for
the PostgreSQL ledger a server of their own. Each may be killed and started again; all end with the run, however that ends.
"""
import hashlib
import os
import re
import secrets
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ENTERPRISE, DXP_ID = "4601960001", "DXPENT0000000001"
POSTGRES = Path("/usr/lib/postgresql/15/bin")  # Debian 12
LONGEST_START = 60  # seconds
LONGEST_CALL = 30

SETTINGS = """[server]
listen = "127.0.0.1:0"

[ledger]
url = "{ledger}"
takeover_after = "3s"

[[port]]
name = "hainan"
profile = "hainan-http"
url = "{platform}"
poll_interval = "200ms"
resend_after = "1s"
batch_limit = 5

[[enterprise]]
code = "{code}"
name = "示例企业"
roles = ["ecommerce"]
dxp_id = "{dxp_id}"
port = "hainan"
key = "file:keys/{code}.key.pem"
certificate = "file:keys/{code}.cert.pem"

[[client]]
name = "erp"
role = "submitter"
enterprises = ["*"]
token_sha256 = "{digest}"
"""


class Unusable(Exception):
    """What the run needs is not there."""


def dying_with_us(command, user=None):
    as_user = ["--reuid", user, "--regid", user, "--clear-groups"] if user else []
    return ["setpriv", *as_user, "--pdeathsig", "KILL", "--", *map(str, command)]


class Program:
    """One program that says where it listens; its log is kept over all its lives."""

    def __init__(self, log, command):
        self.log, self.command, self.url, self.process = log, command, None, None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(dying_with_us(self.command), stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening on "):
            raise Unusable(f"{self.command[0]} does not listen:\n" + "\n".join(self.log.read_text().splitlines()[-20:]))
        self.url = line.removeprefix("listening on ").strip()

    def kill(self):
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process = None


class Postgres:
    def __init__(self, folder):
        if not (POSTGRES / "postgres").exists():
            raise Unusable("PostgreSQL 15 is not installed")
        self.folder, self.user = folder, "postgres" if os.geteuid() == 0 else None
        folder.mkdir()
        if self.user:
            subprocess.run(["chown", self.user, folder], check=True)
        self.run("initdb", "-D", folder / "data", "-U", "cebgate", "--auth=trust", "-E", "UTF8", "--locale=C")
        command = [POSTGRES / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses=",
                   "-c", "fsync=off", "-c", "max_connections=100"]
        with open(folder.parent / "postgres.log", "wb") as log:
            self.process = subprocess.Popen(dying_with_us(command, self.user), stdout=log, stderr=log, cwd="/")
        deadline = time.monotonic() + LONGEST_START
        while subprocess.run([POSTGRES / "pg_isready", "-q", "-h", folder], check=False).returncode:
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise Unusable("PostgreSQL does not start")
            time.sleep(0.1)
        self.url = f"postgresql://cebgate@/postgres?host={folder}"

    def run(self, program, *arguments):
        command = dying_with_us([POSTGRES / program, *arguments], self.user)
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unusable(f"{program}: {done.stderr}")

    def kill(self):
        self.process.kill()
        self.process.wait()


class Site:
    def __init__(self, folder, binaries, ledger):
        folder.chmod(0o755)  # PostgreSQL has a user of its own
        self.folder, self.binaries, self.token = folder, binaries, secrets.token_hex(16)
        self.postgres, self.changing = None, threading.Lock()
        keys = Path(__file__).with_name("make_test_keys.sh")
        subprocess.run([keys, folder / "keys", ENTERPRISE], check=True, stderr=subprocess.DEVNULL)
        self.platform = Program(folder / "platform.log", self.platform_command("127.0.0.1:0"))
        self.platform.start()
        self.platform.command = self.platform_command(self.platform.url.removeprefix("http://"))
        if ledger == "postgres":
            self.postgres = Postgres(folder / "postgres")
        self.write_settings()
        names = ["first", "second"] if self.postgres else ["first"]
        serve = [binaries / "cebgate", "serve", "--config", folder / "cebgate.toml"]
        self.gateways = [Program(folder / f"{name}.log", serve) for name in names]
        for gateway in self.gateways:
            gateway.start()

    def platform_command(self, listen):
        return [self.binaries / "cebgate-platform", "--listen", listen, "--pace", "0.3", "--trust",
                self.folder / "keys" / "ca.cert.pem", "--enterprise", f"{ENTERPRISE}:{DXP_ID}", "--state",
                self.folder / "platform.state"]

    def write_settings(self):
        ledger = self.postgres.url if self.postgres else "sqlite:ledger.db"
        digest = hashlib.sha256(self.token.encode()).hexdigest()
        text = SETTINGS.format(ledger=ledger, platform=self.platform.url, code=ENTERPRISE, dxp_id=DXP_ID, digest=digest)
        (self.folder / "cebgate.toml").write_text(text, encoding="utf-8")

    def restart(self, program, pause):
        program.kill()
        time.sleep(pause)
        program.start()

    def stop(self):
        for program in [*self.gateways, self.platform, *([self.postgres] if self.postgres else [])]:
            program.kill()

    def call(self, path, body=None, headers=None, gateway=0):
        """(status, body); (None, …) where nobody answered."""
        url = self.gateways[gateway % len(self.gateways)].url + path
        headers = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return answer_to(urllib.request.Request(url, data=body, headers=headers))

    def received(self):
        return answer_to(urllib.request.Request(self.platform.url + "/_received"))

    def listed(self):
        """What the platform says in its listing of order receipts, as (orderNo, status) for each readable record."""
        path = f"/ceb312msg?dxpid={DXP_ID}&qryid=20200101000000"
        _, text = answer_to(urllib.request.Request(self.platform.url + path))
        records = re.findall(r"\{[^{}]*\}", text)
        said = []
        for record in records:
            fields = dict(re.findall(r"\b(orderno|returnstatus)=([^,}]*)", record))
            if len(fields) == 2:
                said.append((fields["orderno"], fields["returnstatus"]))
        return said


def answer_to(request):
    try:
        with urllib.request.urlopen(request, timeout=LONGEST_CALL) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
    except OSError as trouble:
        return None, str(trouble)
    except Exception as trouble:  # http.client: an answer that was cut off
        return None, repr(trouble)
