// What a vendor's client of the data exchange platform does with folders (docs/formats/directory.md): takes messages
// from DIR/DXPID/out and puts answers into DIR/DXPID/in. What fails is logged once and tried again. One thread, which
// it blocks; what is referred to outlives it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "base/clock.h"
#include "tools/platform/inbox.h"
#include "tools/platform/receipt_book.h"

namespace tools::platform {

class ClientFolders {
 public:
  ClientFolders(std::filesystem::path directory, Inbox& inbox, ReceiptBook& receipts, const base::Clock& clock);

  void make_for(const std::string& dxp_id);  // throws where the folders cannot be made
  void round();                              // everything that is there, everything that is due
  boost::asio::awaitable<void> run();        // round after round, until the I/O stops

 private:
  struct HalfWritten {
    std::ofstream file;
    std::string rest;
    base::Time complete_at;
  };

  void take_from(const std::filesystem::path& out, const std::string& dxp_id);
  void take(const std::filesystem::path& file, const std::string& dxp_id);
  void hand_over(const Letter& letter);
  void write_half(const std::filesystem::path& file, const Letter& letter);
  void go_on(HalfWritten& half, const Letter& letter);
  void complain(const std::filesystem::path& file, const std::string& what);

  std::filesystem::path directory_;
  Inbox& inbox_;
  ReceiptBook& receipts_;
  const base::Clock& clock_;
  std::set<std::filesystem::path> told_;               // of these files it has been said that they fail
  std::set<std::filesystem::path> taken_;              // and not removed yet
  std::map<std::uint64_t, HalfWritten> half_written_;  // by the letter's number
};

}  // namespace tools::platform
