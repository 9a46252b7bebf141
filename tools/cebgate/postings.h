// A file of documents cut into posts that a gateway takes: one object as it is, an array or JSON Lines in slices, one
// XML message as it is. Numbers keep their own characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tools::cebgate {

inline constexpr std::size_t most_documents_in_a_post = 1000;
inline constexpr std::size_t most_bytes_in_a_post = std::size_t{7} << 20;  // below the gateway's own 8 MiB

struct Posting {
  std::string content_type, body;
  std::size_t documents = 1;
  std::size_t first = 0;   // place in the file of its first document
  std::vector<int> lines;  // of each document, where each stands on a line of its own

  // A fault of the gateway's, its place told as a place of the file.
  base::Fault placed(base::Fault fault) const;
};

// `file` is looked at for its ending alone: .jsonl and .ndjson are JSON Lines. Faults: json.*
base::Result<std::vector<Posting>> postings_of(const std::string& file, std::string_view text);

}  // namespace tools::cebgate
