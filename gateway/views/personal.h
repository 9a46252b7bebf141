// Who sees personal data, and what is shown instead of it to those who do not. Pure, but for what asks the ledger.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gateway/http/tokens.h"
#include "gateway/ledger/ledger.h"
#include "gateway/views/parameters.h"
#include "schemas/catalog.h"

namespace gateway::views {

enum class Personal { clear, masked };

// The one place that decides: a person in a browser sees it masked, a program with a token as it is.
Personal personal_for(const http::Caller& caller);
// Likewise, where a program may ask for it masked: the parameter "personal".
Personal read_personal(Parameters& parameters, const http::Caller& caller);

// "***" for what the document's private fields hold, and for identity numbers and telephones as such; all else stays.
std::string without_personal_data(const schemas::MessageType* type, std::string_view document_json,
                                  std::string_view text);
// In the document itself, in what was said of it and in why it stands where it does.
void hide_personal(const schemas::Catalog& catalog, ledger::WholeDocument& whole);
// In the reasons of rows; asks the ledger for their documents.
void hide_personal(const schemas::Catalog& catalog, ledger::Ledger& ledger, std::span<ledger::Summary> rows);
void hide_personal(const schemas::Catalog& catalog, ledger::Ledger& ledger, std::span<ledger::MoveRow> rows);

// A CEB message with "***" in its private fields, all else byte for byte: its signature stays and holds no more.
std::string masked_message(const schemas::MessageType& type, std::string_view xml);
// An envelope, DxpMsg or JSON, with the message in it masked.
std::string masked_envelope(const schemas::MessageType& type, std::string_view envelope);

}  // namespace gateway::views
