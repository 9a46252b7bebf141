// Looks for what was digested where a DigestValue does not fit the canonical document: the document with other white
// space, namespaces, comments, a BOM …, or another algorithm. What it finds is proven, not guessed. A document belongs
// to one thread at a time.
#pragma once

#include <libxml/tree.h>
#include <optional>
#include <string_view>
#include <vector>

#include "signing/cause.h"
#include "signing/dialect.h"
#include "signing/value_search.h"

namespace signing {

struct DigestQuestion {
  std::string_view xml;  // the message as it is written
  xmlNode* signature;
  std::string_view canonical;  // of the document
  DigestAlgorithm method;
  std::string_view written;             // DigestValue
  const ValueFinding* value = nullptr;  // what SignedInfo had when it was signed, where that was found
};

enum class DigestedNamespaces {
  as_they_stand,
  of_signed_info,  // those of `value`
  used_only,       // as exclusive C14N has the root
  others,
};

struct DigestFinding {
  std::vector<Cause> causes;
  DigestedNamespaces namespaces = DigestedNamespaces::as_they_stand;
};

struct DigestSearch {
  std::optional<DigestFinding> finding;
  std::size_t digested_bytes = 0;  // at most 8 times the document, or 64 MiB where that is more
  int canonicalizations = 0;       // at most 2
};

DigestSearch find_digest(const DigestQuestion& question);

}  // namespace signing
