#include "tools/cebgate/document_lookup.h"

#include <iostream>

#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

bool is_unknown(const gateway::http::Exchange& exchange) {
  return exchange.reach == gateway::http::Reach::answered && exchange.response.status == 404;
}

std::variant<FoundDocument, Exit> only_one(const boost::json::value& page, const std::string& key, Language language) {
  const boost::json::array& documents = array_of(page, "documents");
  if (documents.size() == 1) return FoundDocument{text_of(documents[0], "id")};
  if (documents.empty()) {
    std::cerr << printable(key) << ": " << say(language, "没有这样的单证", "there is no such document") << "\n";
    return Exit::fault;
  }
  std::cerr << printable(key) << ": "
            << say(language, "不止一份单证，请给出其中一个 key：", "several documents, name one of these keys:")
            << "\n";
  for (const boost::json::value& document : documents) {
    std::cerr << "  " << printable(text_of(document, "key")) << "  " << text_of(document, "id") << "\n";
  }
  return Exit::fault;
}

}  // namespace

std::variant<FoundDocument, Exit> find_document(const GatewayClient& client, const std::string& id_or_key,
                                                Format format, Language language) {
  if (id_or_key.find('/') == std::string::npos) {
    const auto exchange = client.get("/v1/documents/" + percent_encoded(id_or_key));
    if (succeeded(exchange)) return FoundDocument{text_of(read_answer(exchange.response.body), "id")};
    if (!is_unknown(exchange)) return tell_failure(exchange, id_or_key, format, language);
  }
  const auto exchange = client.get("/v1/documents?key=" + percent_encoded(id_or_key));
  if (!succeeded(exchange)) return tell_failure(exchange, id_or_key, format, language);
  return only_one(read_answer(exchange.response.body), id_or_key, language);
}

}  // namespace tools::cebgate
