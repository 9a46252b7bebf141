#include "tools/cebgate/postings.h"

#include <charconv>

#include "codecs/ceb/exact_json.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

// Collects documents and closes a slice when it is full.
class Slices {
 public:
  void add(const std::string& document, int line) {
    if (open_.documents == most_documents_in_a_post ||
        (open_.documents > 0 && open_.body.size() + document.size() > most_bytes_in_a_post)) {
      close();
    }
    open_.body += (open_.documents == 0 ? "[" : ",") + document;
    if (line > 0) open_.lines.push_back(line);
    ++open_.documents;
  }

  std::vector<Posting> finish() && {
    if (open_.documents > 0 || closed_.empty()) close();
    return std::move(closed_);
  }

 private:
  static Posting fresh(std::size_t first) { return {"application/json", "", 0, first, {}}; }

  void close() {
    const std::size_t next = open_.first + open_.documents;
    open_.body += open_.documents == 0 ? "[]" : "]";
    closed_.push_back(std::move(open_));
    open_ = fresh(next);
  }

  Posting open_ = fresh(0);
  std::vector<Posting> closed_;
};

base::Result<std::vector<Posting>> of_lines(std::string_view text) {
  Slices slices;
  base::Faults faults;
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const std::string_view document = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (document.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto read = codecs::ceb::read_json(document);
    if (read) {
      slices.add(exact(*read), line);
      continue;
    }
    for (base::Fault fault : read.faults()) {
      fault.line = line;
      faults.push_back(std::move(fault));
    }
  }
  if (!faults.empty()) return faults;
  return std::move(slices).finish();
}

base::Result<std::vector<Posting>> of_json(std::string_view text) {
  const auto root = codecs::ceb::read_json(text);
  if (!root) return root.faults();
  if (root->kind != codecs::ceb::JsonKind::array) {
    return std::vector<Posting>{{"application/json", std::string(text), 1, 0, {}}};
  }
  Slices slices;
  for (const codecs::ceb::JsonNode& document : root->items) slices.add(exact(document), 0);
  return std::move(slices).finish();
}

}  // namespace

base::Fault Posting::placed(base::Fault fault) const {
  std::size_t place = 0;
  const char* end = fault.path.data() + fault.path.size();
  if (!fault.path.starts_with('/')) return fault;
  const auto [after, error] = std::from_chars(fault.path.data() + 1, end, place);
  if (error != std::errc() || (after != end && *after != '/') || place >= documents) return fault;
  const std::string rest(after, end);
  if (place < lines.size()) {
    fault.line = lines[place];
    fault.path = rest;
  } else {
    fault.path = "/" + std::to_string(first + place) + rest;
  }
  return fault;
}

base::Result<std::vector<Posting>> postings_of(const std::string& file, std::string_view text) {
  text = without_bom(text);
  if (file.ends_with(".jsonl") || file.ends_with(".ndjson")) return of_lines(text);
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos && text[start] == '<') {
    return std::vector<Posting>{{"application/xml", std::string(text), 1, 0, {}}};
  }
  return of_json(text);
}

}  // namespace tools::cebgate
