// Where a signature stands in its document: in the canonical text, from which it is left out, and in the text as
// written. Nothing where that cannot be told. Pure.
#pragma once

#include <libxml/tree.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/dialect.h"

namespace signing {

struct SignatureSite {
  std::size_t place;                   // in the canonical document
  std::size_t white_begin, white_end;  // of the white space round it
};
std::optional<SignatureSite> signature_site(std::string_view canonical, const xmlNode* signature);

struct CutText {
  std::string_view before;  // the root
  std::string root;         // without the signature
  std::string_view after;
};
// `raw` without a BOM.
std::optional<CutText> raw_without_signature(std::string_view raw, const xmlNode* signature);
// The SignedInfo as it is written; empty where it is not found.
std::string_view raw_signed_info(std::string_view raw, const xmlNode* signature);

// The signature as programs have it in the document while they digest it, canonical, the root declaring `declared`.
std::vector<std::string> unfinished_signatures(xmlNode* signature, const std::vector<NamespaceDeclaration>& declared);

}  // namespace signing
