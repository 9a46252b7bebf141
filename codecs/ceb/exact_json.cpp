#include "codecs/ceb/exact_json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <utility>

namespace codecs::ceb {

namespace {

using boost::json::error_code;
using boost::json::string_view;

// What the parser calls. Open containers wait on a stack, so the depth of the text is never the depth of our calls.
class TreeBuilder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& ec) { return open(JsonKind::object, ec); }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code& ec) { return open(JsonKind::array, ec); }
  bool on_array_end(std::size_t, error_code&) { return close(); }

  bool on_key_part(string_view part, std::size_t, error_code&) { return collect(part); }
  bool on_key(string_view part, std::size_t, error_code&) {
    collect(part);
    open_.back().members.push_back({.first = std::move(collected_), .second = {}});
    collected_.clear();
    return true;
  }

  bool on_string_part(string_view part, std::size_t, error_code&) { return collect(part); }
  bool on_string(string_view part, std::size_t, error_code& ec) { return leaf(JsonKind::string, part, ec); }
  bool on_number_part(string_view part, error_code&) { return collect(part); }
  bool on_int64(std::int64_t, string_view part, error_code& ec) { return leaf(JsonKind::number, part, ec); }
  bool on_uint64(std::uint64_t, string_view part, error_code& ec) { return leaf(JsonKind::number, part, ec); }
  bool on_double(double, string_view part, error_code& ec) { return leaf(JsonKind::number, part, ec); }
  bool on_bool(bool value, error_code& ec) { return leaf(JsonKind::boolean, value ? "true" : "false", ec); }
  bool on_null(error_code& ec) { return leaf(JsonKind::null, "", ec); }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

  JsonNode& root() { return root_; }
  bool too_many_values() const { return values_ > most_json_values; }

 private:
  bool collect(string_view part) {
    collected_.append(part.data(), part.size());
    return true;
  }

  bool count(error_code& ec) {
    if (++values_ > most_json_values) ec = boost::json::error::array_too_large;
    return !ec;
  }

  bool open(JsonKind kind, error_code& ec) {
    open_.push_back({.kind = kind, .text = {}, .members = {}, .items = {}});
    return count(ec);
  }

  bool close() {
    JsonNode done = std::move(open_.back());
    open_.pop_back();
    place(std::move(done));
    return true;
  }

  bool leaf(JsonKind kind, string_view last_part, error_code& ec) {
    collect(last_part);
    place({.kind = kind, .text = std::move(collected_), .members = {}, .items = {}});
    collected_.clear();
    return count(ec);
  }

  void place(JsonNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (open_.back().kind == JsonKind::object) {
      open_.back().members.back().second = std::move(node);
    } else {
      open_.back().items.push_back(std::move(node));
    }
  }

  JsonNode root_;
  std::vector<JsonNode> open_;
  std::string collected_;
  std::size_t values_ = 0;
};

struct Words {
  const char *zh, *en;
};

Words words_of(const error_code& ec) {
  using boost::json::error;
  if (ec == error::incomplete) return {"文本在值写完之前就结束了", "the text ends before its value does"};
  if (ec == error::extra_data) return {"值之后还有多余的内容", "something follows after the value"};
  if (ec == error::exponent_overflow) return {"数字的指数过大", "the exponent of a number is too large"};
  if (ec == error::illegal_leading_surrogate || ec == error::illegal_trailing_surrogate) {
    return {"\\u 转义中的代理项不成对", "a \\u escape holds half of a surrogate pair"};
  }
  if (ec == error::expected_hex_digit || ec == error::expected_utf16_escape) {
    return {"\\u 转义不完整", "a \\u escape is not complete"};
  }
  return {"此处的字符不符合 JSON 语法，或不是 UTF-8 编码", "what stands here is not JSON, or not UTF-8"};
}

struct Spot {
  int line = 1;
  std::size_t column = 1;  // in characters
};

Spot spot_of(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  const auto line_start = before.find_last_of('\n') + 1;  // npos + 1 is 0
  const auto is_character_start = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const auto tail = before.substr(line_start);
  return {.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
          .column = 1 + static_cast<std::size_t>(std::count_if(tail.begin(), tail.end(), is_character_start))};
}

base::Fault fault_at(const Spot& spot, std::string code, const std::string& zh, const std::string& en) {
  return {.code = std::move(code),
          .path = {},
          .zh = "第 " + std::to_string(spot.line) + " 行第 " + std::to_string(spot.column) + " 列：" + zh,
          .en = "line " + std::to_string(spot.line) + ", column " + std::to_string(spot.column) + ": " + en,
          .source = "RFC 8259",
          .line = spot.line};
}

base::Fault syntax_fault(const Spot& spot, const error_code& ec) {
  const Words words = words_of(ec);
  return fault_at(spot, "json.syntax", std::string("JSON 格式不正确，") + words.zh + "；请改正后重发",
                  std::string("not JSON, ") + words.en + " (" + ec.message() + "); correct it and send it again");
}

base::Fault depth_fault(const Spot& spot) {
  const std::string limit = std::to_string(deepest_json);
  return fault_at(spot, "json.depth", "嵌套超过 " + limit + " 层，不予读取；请减少嵌套",
                  "nested more than " + limit + " deep, which is not read; nest less");
}

base::Fault bytes_fault(std::size_t bytes) {
  const std::string have = std::to_string(bytes), limit = std::to_string(most_json_bytes);
  return {.code = "json.size",
          .path = {},
          .zh = "JSON 文本 " + have + " 字节，最多 " + limit + " 字节；请分批发送",
          .en = "the JSON text has " + have + " bytes, at most " + limit + " are read; send it in parts",
          .source = {}};
}

base::Fault size_fault(const Spot& spot) {
  const std::string limit = std::to_string(most_json_values);
  return fault_at(spot, "json.size", "值的个数超过 " + limit + "，不予读取；请分批发送",
                  "more than " + limit + " values, which is not read; send it in parts");
}

}  // namespace

const JsonNode* JsonNode::member(std::string_view name) const {
  const auto found = std::find_if(members.begin(), members.end(), [&](const JsonMember& m) { return m.first == name; });
  return found == members.end() ? nullptr : &found->second;
}

base::Result<JsonNode> read_json(std::string_view text) {
  if (text.size() > most_json_bytes) return bytes_fault(text.size());
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  boost::json::parse_options options;
  options.max_depth = deepest_json;
  boost::json::basic_parser<TreeBuilder> parser(options);
  error_code ec;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && read < text.size()) ec = boost::json::error::extra_data;
  if (!ec) return std::move(parser.handler().root());
  const Spot spot = spot_of(text, read);
  if (parser.handler().too_many_values()) return size_fault(spot);
  if (ec == boost::json::error::too_deep) return depth_fault(spot);
  return syntax_fault(spot, ec);
}

}  // namespace codecs::ceb
