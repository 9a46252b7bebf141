#include "signing/gmt/library_uri.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "signing/gmt/device_faults.h"

namespace signing::gmt {

namespace {

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded += text[at];
      continue;
    }
    unsigned byte = 0;
    const auto digits = text.substr(at + 1, 2);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (digits.size() != 2 || read.ptr != digits.data() + 2 || read.ec != std::errc() || byte == 0) return std::nullopt;
    decoded += static_cast<char>(byte);
    at += 2;
  }
  return decoded;
}

}  // namespace

std::string LibraryUri::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

base::Result<LibraryUri> read_library_uri(const std::string& uri, std::span<const std::string_view> allowed) {
  LibraryUri read;
  const auto path = uri.find(':') + 1, question = uri.find('?');
  read.library = uri.substr(path, question == std::string::npos ? question : question - path);
  if (read.library.empty()) {
    return form_fault("密钥 " + uri + " 没有指明厂商的库文件；请写成 方案:/路径/库.so",
                      "the key " + uri + " names no library; write SCHEME:/path/to/library.so");
  }
  std::string_view rest =
      question == std::string::npos ? std::string_view() : std::string_view(uri).substr(question + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::string name(pair.substr(0, pair.find('=')));
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
      return form_fault("密钥 " + uri + " 中有未知参数“" + name + "”；可用的参数：" + listed(allowed),
                        "the key " + uri + " has an unknown parameter, " + name + "; allowed: " + listed(allowed));
    }
    const auto value = percent_decoded(pair.substr(std::min(pair.size(), name.size() + 1)));
    if (!value || value->empty() || !read.parameters.emplace(name, *value).second) {
      return form_fault(
          "密钥 " + uri + " 的参数 " + name + " 为空、重复或百分号编码有误；请写成 " + name + "=值，只写一次",
          "the parameter " + name + " of the key " + uri + " is empty, given twice or wrongly percent-encoded; write " +
              name + "=VALUE once");
    }
  }
  return read;
}

}  // namespace signing::gmt
