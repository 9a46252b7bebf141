#include "tools/platform/client_folders.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <iterator>
#include <utility>
#include <vector>

#include "base/log.h"

namespace tools::platform {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds between_folder_rounds{20}, between_file_halves{300};
constexpr std::size_t most_letters_placed = 500;                        // of one round
constexpr std::uintmax_t most_placed_bytes = std::uintmax_t{32} << 20;  // as of a body over HTTP

bool is_temporary(const std::string& name) { return name.starts_with('.') || name.ends_with(".tmp"); }

// Whole files in the order of their names.
std::set<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::set<std::filesystem::path> files;
  std::error_code error;
  for (const auto& one : std::filesystem::directory_iterator(folder, error)) {
    if (one.is_regular_file(error) && !is_temporary(one.path().filename().string())) files.insert(one.path());
  }
  return files;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool write_whole(const std::filesystem::path& file, const std::string& bytes) {
  const std::filesystem::path temporary = file.string() + ".tmp";
  std::ofstream out(temporary, std::ios::binary);
  out << bytes;
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(temporary, file, error);
  return out && !error;
}

}  // namespace

ClientFolders::ClientFolders(std::filesystem::path directory, Inbox& inbox, ReceiptBook& receipts,
                             const base::Clock& clock)
    : directory_(std::move(directory)), inbox_(inbox), receipts_(receipts), clock_(clock) {}

void ClientFolders::make_for(const std::string& dxp_id) {
  for (const char* folder : {"out", "in"}) std::filesystem::create_directories(directory_ / dxp_id / folder);
}

void ClientFolders::round() {
  std::error_code error;
  for (const auto& one : std::filesystem::directory_iterator(directory_, error)) {
    take_from(one.path() / "out", one.path().filename().string());
  }
  for (const Letter& letter : receipts_.letters(Way::folders, clock_.now(), most_letters_placed)) hand_over(letter);
}

asio::awaitable<void> ClientFolders::run() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    round();
    timer.expires_after(between_folder_rounds);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

void ClientFolders::take_from(const std::filesystem::path& out, const std::string& dxp_id) {
  for (const auto& file : files_in(out)) take(file, dxp_id);
}

// One whose answer is to be lost stays a round longer, and is not taken again.
void ClientFolders::take(const std::filesystem::path& file, const std::string& dxp_id) {
  if (taken_.erase(file) == 0) {
    std::error_code unknown;
    if (std::filesystem::file_size(file, unknown) > most_placed_bytes) return complain(file, "over 32 MiB, not taken");
    const auto reception = inbox_.take({Way::folders, content_of(file), dxp_id});
    if (!reception) return complain(file, reception.faults().front().en);
    if (*reception == Reception::refused) return;
    if (*reception == Reception::answer_lost) {
      taken_.insert(file);
      return;
    }
  }
  std::error_code error;
  std::filesystem::remove(file, error);
  if (error) taken_.insert(file);
}

void ClientFolders::complain(const std::filesystem::path& file, const std::string& what) {
  if (told_.insert(file).second) base::log(base::LogLevel::warning, "platform", file.string() + ": " + what);
}

void ClientFolders::hand_over(const Letter& letter) {
  if (const auto half = half_written_.find(letter.number); half != half_written_.end()) {
    return go_on(half->second, letter);
  }
  const auto folder = directory_ / letter.dxp_id / "in";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const auto file = folder / (file_name_of(letter) + ".xml");
  if (letter.handing == Handing::in_halves) return write_half(file, letter);
  if (!write_whole(file, letter.bytes)) return complain(file, "cannot be written");
  receipts_.handed_over(letter);
}

void ClientFolders::write_half(const std::filesystem::path& file, const Letter& letter) {
  const std::size_t middle = letter.bytes.size() / 2;
  std::ofstream out(file, std::ios::binary);
  out << letter.bytes.substr(0, middle) << std::flush;
  if (!out) return complain(file, "cannot be written");
  const base::Time complete_at = clock_.now() + between_file_halves;
  half_written_.emplace(letter.number, HalfWritten{std::move(out), letter.bytes.substr(middle), complete_at});
}

void ClientFolders::go_on(HalfWritten& half, const Letter& letter) {
  if (clock_.now() < half.complete_at) return;
  half.file << half.rest;
  half.file.close();
  half_written_.erase(letter.number);
  receipts_.handed_over(letter);
}

}  // namespace tools::platform
