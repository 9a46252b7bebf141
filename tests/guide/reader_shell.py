"""A reader's shell: one bash in which block after block is run, with all that they start in the background."""
import os
import select
import subprocess
import time
from pathlib import Path

WATCHES = 'read -r _; kill -s KILL -- "-$1"'  # until the test closes the pipe, or dies


class ReaderShell:
    """`with ReaderShell(…) as shell`: whatever the blocks started has ended when the block ends, or the test is killed."""

    def __init__(self, folder, environment, longest_seconds):
        self.folder, self.environment, self.longest_seconds = folder, environment, longest_seconds
        self.notes = Path(folder).with_name("notes")

    def __enter__(self):
        self.notes.mkdir()
        self.bash = subprocess.Popen(["bash", "--noprofile", "--norc"], cwd=self.folder, env=self.environment,
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        self.lifeline = subprocess.Popen(["sh", "-c", WATCHES, "sh", str(self.bash.pid)], stdin=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL, start_new_session=True)
        return self

    def __exit__(self, *_):
        self.lifeline.stdin.close()
        self.lifeline.wait()
        self.bash.wait(timeout=60)
        self.bash.stdin.close()
        self.bash.stdout.close()

    def run(self, text):
        """(exit status, what was printed); the status is None where it does not come to its end."""
        script, printed = self.notes / "block.sh", self.notes / "printed"
        script.write_text(text, encoding="utf-8")
        self.bash.stdin.write(f". '{script}' > '{printed}' 2>&1 < /dev/null; echo $?\n".encode())
        self.bash.stdin.flush()
        status = self.told_status()
        return status, printed.read_text(encoding="utf-8", errors="replace")

    def told_status(self):
        end, told = time.monotonic() + self.longest_seconds, b""
        while not told.endswith(b"\n"):
            ready, _, _ = select.select([self.bash.stdout], [], [], max(0, end - time.monotonic()))
            part = os.read(self.bash.stdout.fileno(), 64) if ready else b""
            if not part:
                return None
            told += part
        return int(told)
