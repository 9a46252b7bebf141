#include "tests/bench/orders.h"

#include <boost/json/serialize.hpp>

#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "signing/keys/open_key.h"
#include "signing/sign.h"
#include "tests/support/documents.h"

namespace tests::bench {

Orders::Orders(std::size_t count)
    : catalog(schemas::Catalog::load(schemas_directory(), "202205").value()),
      judge(schemas::Judge::load(schemas_directory(), catalog).value()),
      identity(TestAuthority(folder.path() / "keys").issue_sm2("测试电商企业")),
      key(signing::keys::open_key({.uri = identity.key.string(), .certificate = identity.certificate}).value()) {
  const auto& type = *catalog.find("CEB311Message");
  auto document = codecs::ceb::read_document(type, *codecs::ceb::read_json(order_document({})), "").value();
  codecs::ceb::fill_in(type, document.body, {.app_type = "1", .now = base::SystemClock().now(), .later_than = {}});
  json = boost::json::serialize(codecs::ceb::write_document(type, document.body));
  xml = write(count);
  signed_xml = signing::sign(xml, *key, signing::default_dialect(signing::KeyKind::sm2), {}).value();
}

std::string Orders::write(std::size_t count) const {
  const auto& type = *catalog.find("CEB311Message");
  codecs::ceb::Message message;
  message.type = type.name;
  message.guid = "00000000-0000-0000-0000-000000000000";
  for (std::size_t i = 0; i < count; ++i) {
    message.documents.push_back(codecs::ceb::read_document(type, *codecs::ceb::read_json(json), "").value().body);
  }
  message.transfer = codecs::ceb::base_transfer("4601960001", "测试电商企业", "DXPENT0000000001");
  return codecs::ceb::write_xml(type, message);
}

const Orders& order() {
  static const Orders one(1);
  return one;
}

const Orders& hundred_orders() {
  static const Orders hundred(100);
  return hundred;
}

}  // namespace tests::bench
