// A vendor's client with folders, for the suite of channels and the tests of the profile: it takes what lies in `out`
// and puts records into `in`, each under a name of its own.
#pragma once

#include <algorithm>
#include <filesystem>

#include "tests/contracts/channel_suite.h"
#include "tests/support/eventually.h"
#include "tests/support/paths.h"

namespace tests {

class DirectoryFarEnd final : public FarEnd {
 public:
  DirectoryFarEnd() {
    for (const std::string& dxp_id : {channel_dxp_id, other_dxp_id}) {
      for (const char* folder : {"out", "in"}) std::filesystem::create_directories(root() / dxp_id / folder);
    }
  }

  config::Port port() const override {
    config::Port port;
    port.name = "exchange";
    port.profile = "directory";
    port.folders = {root() / "{dxp_id}" / "out", root() / "{dxp_id}" / "in", after_reading};
    port.timeout = std::chrono::seconds(10);
    return port;
  }
  std::string source() const override { return "in"; }

  // Takes everything that is there, as soon as so many are.
  std::vector<std::string> arrived(std::size_t count) override {
    std::vector<std::filesystem::path> files;
    if (!eventually([&] { return (files = files_in(out())).size() >= count; })) {
      throw std::runtime_error("it has not arrived");
    }
    std::vector<std::string> arrived;
    for (const auto& file : files) {
      arrived.push_back(read_file(file));
      std::filesystem::remove(file);
    }
    return arrived;
  }
  void put(const std::string& record, const std::string& dxp_id) override {
    const auto file = root() / dxp_id / "in" / ("R" + std::to_string(1000000 + ++number_) + ".xml");
    write_file(file.string() + ".tmp", record);
    std::filesystem::rename(file.string() + ".tmp", file);
  }
  void go_away() override { std::filesystem::rename(root(), away()); }
  void come_back() override { std::filesystem::rename(away(), root()); }

  std::filesystem::path out() const { return root() / channel_dxp_id / "out"; }
  std::filesystem::path in() const { return root() / channel_dxp_id / "in"; }

  // In the order of their names, temporary ones as well.
  static std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& one : std::filesystem::directory_iterator(folder, error)) {
      if (one.is_regular_file()) files.push_back(one.path());
    }
    std::ranges::sort(files);
    return files;
  }

  config::AfterReading after_reading = config::AfterReading::archive;

 private:
  std::filesystem::path root() const { return scratch_.path() / "exchange"; }
  std::filesystem::path away() const { return scratch_.path() / "away"; }

  ScratchDirectory scratch_;
  int number_ = 0;
};

}  // namespace tests
