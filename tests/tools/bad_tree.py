"""A small tree that keeps every rule, to be spoilt by a test, and the two checks to run on it."""
import subprocess
import sys
import tempfile
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tools"

GOOD = {
    "ARCHITECTURE.md": "```layers\nbase ->\ngateway/ledger -> base\n```\n\n```homes\nsqlite3: gateway/ledger\n```\n",
    ".clang-format": "BasedOnStyle: Google\nColumnLimit: 120\n",
    "base/clock.h": "// The time.\n#pragma once\n",
    "gateway/ledger/ledger.h": "// The memory.\n#pragma once\n\n#include \"base/clock.h\"\n",
    "gateway/ledger/ledger.cpp": "#include \"gateway/ledger/ledger.h\"\n\n#include <sqlite3.h>\n",
    "tests/ledger_test.cpp": "#include \"gateway/ledger/ledger.h\"\n\n#include \"base/clock.h\"\n",
}


class Tree:
    def __init__(self, **changes):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        for name, text in {**GOOD, **changes.get("files", {})}.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def check(self, tool):
        done = subprocess.run([sys.executable, TOOLS / tool, self.path], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout
