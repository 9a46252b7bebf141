"""The first hour of docs/guide is done as it stands: its blocks in order, in an empty folder, against the programs of this build.

    first_hour_test.py BIN SOURCE [CASE…]      BIN holds cebgate and cebgate-platform; SOURCE is the root of the tree

A language that is not installed is skipped by name; Python is always there.
"""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from gateway_in_trouble import GatewayInTrouble
from guide_page import PageFault, blocks_of, difference, matches, steps_of
from guide_run import VERSIONS, free_ports, is_installed, reader_environment, run_page, with_ports
from signed_notices import NOTICES, answer_to, await_listening, make_secret

BIN, SOURCE = (Path(argument).resolve() for argument in sys.argv[1:3])
ENGLISH, CHINESE = (SOURCE / "docs" / "guide" / name for name in ("first-hour.md", "first-hour.zh-CN.md"))
LANGUAGES = {language for language in VERSIONS if is_installed(language)}
CLIENTS = {"python": ["python3", "erp.py"], "java": ["java", "Erp.java"], "php": ["php", "erp.php"]}
RECEIVERS = {"python": ["python3", "receive.py"], "java": ["java", "Receive.java"],
             "php": ["php", "-S", "127.0.0.1:8070", "receive.php"]}
CLIENT_SECONDS = 240


class ScratchFolder(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name, "empty")
        self.folder.mkdir()
        self.environment = reader_environment(BIN, SOURCE)
        self.ports = free_ports()

    def save_programs(self):
        for block in blocks_of(ENGLISH):
            if block.needs in LANGUAGES and block.language == block.needs:
                (self.folder / block.name).write_text(with_ports(self.ports, block.text), encoding="utf-8")

    def start(self, command):
        command = [with_ports(self.ports, word) for word in command]
        process = subprocess.Popen(command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process


class FirstHour(ScratchFolder):
    def test_every_block_does_what_the_page_says(self):
        steps = steps_of(blocks_of(ENGLISH))
        done = run_page(steps, self.folder, self.environment, self.ports, LANGUAGES)
        for language in VERSIONS:
            names = [step.block.name for step in steps if step.block.needs == language]
            self.assertGreaterEqual(len(names), 4, language)
            if language not in LANGUAGES:
                print(f"skipped: {language} is not installed: blocks {', '.join(names)}")
        self.assertGreaterEqual(len(done), 16)

    def test_both_languages_hold_the_same_blocks(self):
        self.assertEqual(difference(blocks_of(ENGLISH), blocks_of(CHINESE)), "")


class Clients(ScratchFolder):
    def test_each_posts_again_under_the_same_key_until_it_has_a_whole_answer(self):
        self.save_programs()
        (self.folder / "erp.token").write_text("a-token\n", encoding="utf-8")
        (self.folder / "order.json").write_text('{"type": "CEB311Message"}', encoding="utf-8")
        with GatewayInTrouble(int(self.ports["8080"])) as gateway:
            for language in sorted(LANGUAGES):
                with self.subTest(language):
                    gateway.begin_anew()
                    client = self.start([*CLIENTS[language], "post", "order.json"])
                    printed, _ = client.communicate(timeout=CLIENT_SECONDS)
                    self.assertEqual((printed, client.returncode), ("CEB311Message/1/A 雪 version 1 accepted\n", 0))
                    self.assertEqual(len(gateway.posts), gateway.answers, gateway.posts)
                    self.assertEqual(len(set(gateway.posts)), 1, gateway.posts)
                    key, token, body = gateway.posts[0]
                    self.assertGreaterEqual(len(key), 16)
                    self.assertEqual((token, body), ("Bearer a-token", b'{"type": "CEB311Message"}'))


class Receivers(ScratchFolder):
    def test_each_keeps_what_is_genuine_once_and_nothing_else(self):
        self.save_programs()
        secret = make_secret(self.folder / "notify.secret")
        kept = self.folder / "notices.log"
        for language in sorted(LANGUAGES):
            with self.subTest(language):
                kept.unlink(missing_ok=True)
                receiver = self.start(RECEIVERS[language])
                await_listening(receiver, int(self.ports["8070"]))
                for notice in NOTICES:
                    status = answer_to(int(self.ports["8070"]), secret, notice)
                    self.assertEqual(status, notice.status, notice.name)
                told = [notice.body for notice in NOTICES if notice.is_kept]
                self.assertEqual(kept.read_bytes().splitlines(), told)
                receiver.kill()
                receiver.wait()


class BrokenPages(ScratchFolder):
    """The test of the test."""

    def fault_of(self, text):
        page = self.folder.parent / "page.md"
        page.write_text(text, encoding="utf-8")
        with self.assertRaises(PageFault) as raised:
            run_page(steps_of(blocks_of(page)), self.folder, self.environment, self.ports, LANGUAGES)
        told = str(raised.exception)
        self.assertIn("page.md:", told)
        return told.partition("page.md:")[2]

    def test_what_is_printed_otherwise_is_told_with_page_line_and_block(self):
        told = self.fault_of("# Page\n\n```sh greet\necho hello\n```\n\n```text greet\ngoodbye\n```\n")
        self.assertTrue(told.startswith("4: block greet: ended with 0"), told)
        self.assertIn("hello", told)
        self.assertIn("goodbye", told)

    def test_a_run_that_fails_or_ends_the_shell_is_told(self):
        told = self.fault_of("```sh good\necho 1\n```\n```text good\n1\n```\n```sh bad\nfalse\n```\n```text bad\n```\n")
        self.assertTrue(told.startswith("8: block bad: ended with 1"), told)
        self.setUp()
        told = self.fault_of("```sh gone\nexit 0\n```\n```text gone\n```\n")
        self.assertTrue(told.startswith("2: block gone: does not come to its end"), told)

    def test_a_page_that_nobody_could_hold_to_is_told(self):
        self.assertTrue(self.fault_of("\n```sh\nls\n```\n").startswith("2: a block says its language"))
        self.assertTrue(self.fault_of("```json order\n{}\n```\n").startswith("1: a block says its language"))
        self.assertTrue(self.fault_of("```sh ls\nls\n").startswith("2: block ls does not end"))
        self.assertTrue(self.fault_of("```sh ls\nls\n```sh two\n").startswith("3: a block begins inside block ls"))
        self.assertIn("what it prints does not stand behind it", self.fault_of("```sh ls\nls\n```\n"))
        self.assertIn("does not stand behind the run", self.fault_of("```text ls\n1\n```\n"))

    def test_dots_stand_for_anything_in_a_line_and_for_lines(self):
        self.assertTrue(matches('{"id":"…"}\n', '{"id":"x"}\n'))
        self.assertFalse(matches('{"id":"…"}\n', '{"id":"x"}\n202\n'))
        self.assertTrue(matches("a\n…\nd\n", "a\nb\nc\nd\n"))
        self.assertTrue(matches("a\n…\nd\n", "a\nd\n"))
        self.assertFalse(matches("a.c\n", "abc\n"))
        self.assertFalse(matches("", "abc\n"))

    def test_pages_that_differ_are_told_with_the_block(self):
        pages = []
        for text in ("echo 1", "echo 2"):
            page = self.folder / f"{text}.md"
            page.write_text(f"```sh one\nls\n```\n```sh two\n{text}\n```\n", encoding="utf-8")
            pages.append(blocks_of(page))
        self.assertIn("echo 1.md:5: block two", difference(*pages))
        self.assertIn("echo 1.md:5: block two is not in the other page", difference(pages[0], pages[1][:1]))
        self.assertEqual(difference(pages[0], pages[0]), "")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
