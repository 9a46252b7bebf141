#include "tools/cebgate/document_lookup.h"

#include <iostream>

#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

bool is_unknown(const gateway::http::Exchange& exchange) {
  return exchange.reach == gateway::http::Reach::answered && exchange.response.status == 404;
}

Exit tell_several(const boost::json::array& documents, const std::string& key, Language language) {
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
  const std::string place = "/v1/documents/" + percent_encoded(id_or_key);
  if (id_or_key.find('/') == std::string::npos) {
    const auto by_id = client.get(place);
    if (succeeded(by_id)) return FoundDocument{text_of(read_answer(by_id.response.body), "id")};
    if (!is_unknown(by_id)) return tell_failure(by_id, id_or_key, format, language);
  }
  const auto by_key = client.get("/v1/documents?key=" + percent_encoded(id_or_key));
  if (!succeeded(by_key)) return tell_failure(by_key, id_or_key, format, language);
  const boost::json::value page = read_answer(by_key.response.body);
  const boost::json::array& documents = array_of(page, "documents");
  if (documents.size() == 1) return FoundDocument{text_of(documents[0], "id")};
  // That answer says whether it is archived.
  if (documents.empty()) return tell_failure(client.get(place), id_or_key, format, language);
  return tell_several(documents, id_or_key, language);
}

}  // namespace tools::cebgate
