// Writes the reports of the sample runs as the product does, for browser_test.js: write_sample FOLDER.
#include <filesystem>
#include <iostream>

#include "tests/tools/jointtest/report/sample_run.h"
#include "tools/jointtest/report/write_report.h"

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: write_sample FOLDER\n";
    return 2;
  }
  using tools::jointtest::report::Masking;
  const std::filesystem::path folder = words[1];
  for (const auto& [name, run, masking] : {std::tuple{"full", tests::jointtest::full_run(), Masking::masked},
                                           std::tuple{"shown", tests::jointtest::small_run(), Masking::shown},
                                           std::tuple{"hostile", tests::jointtest::hostile_run(), Masking::masked},
                                           std::tuple{"empty", tools::jointtest::RunResult{}, Masking::masked}}) {
    const auto done = tools::jointtest::report::write_report(run, folder / name, tests::jointtest::catalog(), masking);
    if (!done) {
      std::cerr << done.faults().front().en << "\n";
      return 1;
    }
  }
  return 0;
}
