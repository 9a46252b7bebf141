// One posted document on its way from bytes to the ledger: what it is, where it stands in the post, and everything that
// is wrong with it. Values only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "codecs/ceb/message.h"
#include "config/settings.h"
#include "gateway/ledger/records.h"
#include "schemas/catalog.h"

namespace gateway::intake {

// Why a document is not taken; of several reasons the last one named here decides the answer's status.
enum class Refusal { none, conflict, invalid, forbidden };

enum class PostForm { json, xml };

struct Candidate {
  std::size_t index = 0;  // in the post
  PostForm form = PostForm::json;
  std::string place;      // JSON Pointer of the posted object ("" or "/3"), or XPath of the business node
  std::string type_name;  // as posted
  const schemas::MessageType* type = nullptr;
  const config::Enterprise* enterprise = nullptr;
  codecs::ceb::Element body;  // filled in once its version is known
  std::string posted_guid;    // "" where the gateway makes one
  std::string key;            // "" while a part of it is missing
  std::string number;

  int version = 1;
  std::string content_digest;
  std::optional<ledger::Summary> known;  // its content is that of the newest version already

  Refusal refusal = Refusal::none;
  base::Faults faults;  // errors and warnings

  void refuse(Refusal why, base::Fault fault);
  void refuse_all(Refusal why, const base::Faults& all);
  bool is_refused() const { return refusal != Refusal::none; }
  bool is_new() const { return !is_refused() && !known; }

  std::string document_path() const;                          // of the document as posted
  std::string field_path(std::string_view head_field) const;  // of a field of its head
};

using Candidates = std::vector<Candidate>;

}  // namespace gateway::intake
