"""tidy.py passes a good tree and names each kind of break."""
import unittest

from bad_tree import Tree

BODY = "#include \"base/clock.h\"\n\nint count() {\n%s  return 0;\n}\n"


class Tidy(unittest.TestCase):
    def expect_break(self, files, words):
        status, said = Tree(files=files).check("tidy.py")
        self.assertEqual(status, 1, said)
        self.assertIn(words, said)

    def expect_good(self, files):
        status, said = Tree(files=files).check("tidy.py")
        self.assertEqual((status, said), (0, "the house rules hold\n"))

    def test_a_good_tree_passes(self):
        self.expect_good({})

    def test_format(self):
        self.expect_break({"base/clock.cpp": "int  x ;\n"}, "base/clock.cpp: not formatted")

    def test_a_file_one_line_over(self):
        self.expect_good({"tools/long.py": "a = 1\n" * 500})
        self.expect_break({"tools/long.py": "a = 1\n" * 501}, "tools/long.py: 501 lines, at most 500")

    def test_a_function_one_line_over(self):
        self.expect_good({"base/clock.cpp": BODY % ("  ++ticks;\n" * 57)})
        self.expect_break({"base/clock.cpp": BODY % ("  ++ticks;\n" * 58)},
                          "base/clock.cpp:3: a function of 61 lines, at most 60")

    def test_names_that_say_nothing(self):
        self.expect_break({"base/string_util.py": ""}, "base/string_util.py: a name that says nothing")
        self.expect_break({"base/clock.cpp": "struct SessionManager {};\n"}, "the name SessionManager says nothing")

    def test_a_marker_without_a_reference(self):
        marker = "TO" + "DO"
        self.expect_good({"base/clock.cpp": f"// {marker}(#12): leap seconds\n"})
        self.expect_break({"base/clock.cpp": f"// {marker}: leap seconds\n"}, "base/clock.cpp:1: a marker of unfinished work")

    def test_identity_numbers_of_real_regions(self):
        self.expect_good({"tests/data/a.json": '"990101' + '199001011234"\n', "tests/data/b.json": '"000000' + '199001011234"\n'})
        self.expect_break({"tests/data/a.json": '"460100' + '199001011234"\n'}, "an identity number that may be a person's")

    def test_a_header_that_nobody_includes(self):
        self.expect_break({"base/guid.h": "#pragma once\n"}, "base/guid.h: a header that nobody includes")


if __name__ == "__main__":
    unittest.main()
