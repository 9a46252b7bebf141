"""check_layers.py passes a good tree and names each kind of break."""
import unittest

from bad_tree import GOOD, Tree


def with_block(old, new):
    return {"ARCHITECTURE.md": GOOD["ARCHITECTURE.md"].replace(old, new)}


class CheckLayers(unittest.TestCase):
    def expect_break(self, files, words):
        status, said = Tree(files=files).check("check_layers.py")
        self.assertEqual(status, 1, said)
        self.assertIn(words, said)

    def test_a_good_tree_passes(self):
        status, said = Tree().check("check_layers.py")
        self.assertEqual((status, said), (0, "the layers hold\n"))

    def test_an_include_without_an_arrow(self):
        self.expect_break({"base/clock.h": '#include "gateway/ledger/ledger.h"\n'},
                          "base/clock.h:1: base may not include gateway/ledger/ledger.h")

    def test_a_library_outside_its_home(self):
        self.expect_break({"base/clock.h": "#include <sqlite3.h>\n"}, "base/clock.h:1: sqlite3 has its home in gateway/ledger")

    def test_a_library_without_a_home(self):
        self.expect_break({"base/clock.h": "#include <boost/asio.hpp>\n"}, "boost.asio has its home in no folder")
        self.expect_break({"base/clock.h": "#include <boost/spirit.hpp>\n"}, "belongs to a library that has no home")

    def test_an_include_of_tests(self):
        self.expect_break({"base/clock.h": '#include "tests/ledger_test.cpp"\n'}, "nothing includes tests")

    def test_an_arrow_that_no_include_uses(self):
        self.expect_break({"gateway/ledger/ledger.h": "#pragma once\n"}, "no include uses the arrow gateway/ledger -> base")

    def test_a_home_that_no_include_uses(self):
        self.expect_break(with_block("sqlite3: gateway/ledger", "sqlite3: gateway/ledger base"),
                          "no include uses the home sqlite3: base")

    def test_a_folder_without_a_line_and_a_line_without_a_folder(self):
        self.expect_break({"signing/key.h": "#pragma once\n"}, "signing/key.h: lies in no folder")
        self.expect_break(with_block("base ->\n", "base ->\nsigning ->\n"), "signing has a line but no source")


if __name__ == "__main__":
    unittest.main()
