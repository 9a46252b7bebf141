#include "tools/jointtest/report/file_names.h"

#include <algorithm>

#include "gateway/evidence/zip.h"

namespace tools::jointtest::report {

namespace {

std::string two_digits(std::size_t index) { return (index < 9 ? "0" : "") + std::to_string(index + 1); }

std::string stem(std::size_t case_index, std::size_t message) {
  return "case-" + two_digits(case_index) + "-message-" + two_digits(message);
}

std::string plain(const std::string& type) {
  constexpr std::size_t longest = 40;
  std::string name = type.substr(0, longest);
  std::ranges::replace_if(
      name, [](char c) { return !gateway::evidence::is_plain_name(std::string_view(&c, 1)); }, '_');
  return name;
}

}  // namespace

std::string file_of_message(const MessageResult& message, std::size_t case_index, std::size_t index) {
  return stem(case_index, index) + "-" + plain(message.type) + ".xml";
}

std::string file_of_receipt(const ReceiptResult& receipt, std::size_t case_index, std::size_t message,
                            std::size_t index) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  std::string_view bytes = receipt.bytes;
  if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
  return stem(case_index, message) + "-receipt-" + two_digits(index) + (bytes.starts_with('<') ? ".xml" : ".txt");
}

}  // namespace tools::jointtest::report
