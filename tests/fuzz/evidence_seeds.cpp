// Makes what the fuzz target of evidence starts from: fuzz_evidence_seeds FOLDER. One small document as evidence, whole
// and with a file less, and each of its files behind the number that names it.
#include <cstdio>
#include <filesystem>

#include "tests/fuzz/small_evidence.h"
#include "tests/support/paths.h"

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: fuzz_evidence_seeds FOLDER\n");
    return 2;
  }
  const std::filesystem::path folder(arguments[1]);
  std::filesystem::create_directories(folder);
  auto files = gateway::evidence::files_of(tests::fuzz::small_evidence(), {}, "202205");
  tests::write_file(folder / "whole.zip", gateway::evidence::write_zip(files).value());
  for (std::size_t i = 0; i < files.size(); ++i) {
    tests::write_file(folder / files[i].name, static_cast<char>(i) + files[i].bytes);
  }
  files.pop_back();
  tests::write_file(folder / "without-sums.zip", gateway::evidence::write_zip(files).value());
  return 0;
}
