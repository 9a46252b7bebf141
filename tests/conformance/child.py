"""Runs programs and measures them: how long each took and the most memory it held. What a process is said to have held at
the most counts what its parent held when it was started, so a small process of its own starts them: this file, run.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Ran:
    status: int  # None: it had to be ended by force
    lines: list  # of what it said, output and errors
    seconds: float
    peak_mib: float


class Runner:
    def __enter__(self):
        command = [sys.executable, __file__]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def run(self, program, arguments, seconds):
        print(json.dumps([[str(program), *arguments], seconds]), file=self.process.stdin, flush=True)
        return Ran(*json.loads(self.process.stdout.readline()))


def run(command, seconds):
    with tempfile.TemporaryFile() as said:
        start = time.monotonic()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        ended, status, used = os.wait4(child.pid, os.WNOHANG)
        while not ended and time.monotonic() - start < seconds:
            time.sleep(0.005)
            ended, status, used = os.wait4(child.pid, os.WNOHANG)
        if not ended:
            child.kill()
            _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - start
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").splitlines()
    return [child.returncode if ended else None, lines, took, used.ru_maxrss / 1024]


def peak_mib(pid):
    """The most memory that a running process has held."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(*json.loads(line))), flush=True)
