// What an order costs, alone and with 99 others in one message, beside the bare primitives on the same bytes in the
// same run: build/<preset>/tests/bench. Figures of a hundred orders are for all of them.
#include <benchmark/benchmark.h>
#include <boost/json/serialize.hpp>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <memory>

#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "schemas/judge.h"
#include "signing/keys/open_key.h"
#include "signing/sign.h"
#include "tests/support/documents.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace {

// Orders of one message, as XML and signed, the first as JSON too, with all that works on them.
struct Orders {
  explicit Orders(std::size_t count) {
    const auto& type = *catalog.find("CEB311Message");
    auto document = codecs::ceb::read_document(type, *codecs::ceb::read_json(tests::order_document({})), "").value();
    codecs::ceb::fill_in(type, document.body, {.app_type = "1", .now = base::SystemClock().now(), .later_than = {}});
    json = boost::json::serialize(codecs::ceb::write_document(type, document.body));
    xml = write(count);
    signed_xml = signing::sign(xml, *key, signing::default_dialect(signing::KeyKind::sm2), {}).value();
  }

  std::string write(std::size_t count) const {
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

  tests::ScratchDirectory folder;
  schemas::Catalog catalog = schemas::Catalog::load(tests::schemas_directory(), "202205").value();
  schemas::Judge judge = schemas::Judge::load(tests::schemas_directory(), catalog).value();
  tests::TestIdentity identity = tests::TestAuthority(folder.path() / "keys").issue_sm2("测试电商企业");
  std::shared_ptr<const signing::Key> key =
      signing::keys::open_key({.uri = identity.key.string(), .certificate = identity.certificate}).value();
  std::string json, xml, signed_xml;
};

const Orders& order() {
  static const Orders one(1);
  return one;
}

const Orders& hundred_orders() {
  static const Orders hundred(100);
  return hundred;
}

const Orders& orders(const benchmark::State& state) { return state.range(0) == 1 ? order() : hundred_orders(); }

xmlDocPtr bare_document(const std::string& text) {
  return xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, XML_PARSE_NONET);
}

void bare_parse(benchmark::State& state) {
  const std::string& text = orders(state).signed_xml;
  for (auto _ : state) xmlFreeDoc(bare_document(text));
}

void bare_parse_and_xsd(benchmark::State& state) {
  const std::string& text = orders(state).signed_xml;
  const auto file = tests::schemas_directory() / "xsd/202205/import.xsd";
  const std::unique_ptr<xmlSchemaParserCtxt, void (*)(xmlSchemaParserCtxt*)> parser(
      xmlSchemaNewParserCtxt(file.c_str()), xmlSchemaFreeParserCtxt);
  const std::unique_ptr<xmlSchema, void (*)(xmlSchema*)> schema(xmlSchemaParse(parser.get()), xmlSchemaFree);
  for (auto _ : state) {
    const xmlDocPtr document = bare_document(text);
    const xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema.get());
    if (xmlSchemaValidateDoc(context, document) != 0) state.SkipWithError("the orders are not valid");
    xmlSchemaFreeValidCtxt(context);
    xmlFreeDoc(document);
  }
}

void judge_at(benchmark::State& state, schemas::Level level) {
  const Orders& judged = orders(state);
  for (auto _ : state) {
    const auto document = base::XmlDocument::read(judged.signed_xml);
    const auto verdict = judged.judge.judge(*document, level, schemas::SignatureDemand::as_schema_says);
    if (!verdict.valid()) state.SkipWithError("the orders are not valid");
  }
}

void judge_by_schema(benchmark::State& state) { judge_at(state, schemas::Level::schema); }
void judge_by_schema_rules_and_codes(benchmark::State& state) { judge_at(state, schemas::Level::all); }

void json_to_xml(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(order().write(1));
}

void bare_sm2_sign(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(order().key->sign(signing::SignatureAlgorithm::sm2_sm3, "bytes"));
}

void sign_and_prove(benchmark::State& state) {
  const auto& dialect = signing::default_dialect(signing::KeyKind::sm2);
  for (auto _ : state) benchmark::DoNotOptimize(signing::sign(order().xml, *order().key, dialect, {}));
}

void load_what_customs_knows(benchmark::State& state) {
  for (auto _ : state) {
    const auto catalog = schemas::Catalog::load(tests::schemas_directory(), "202205");
    benchmark::DoNotOptimize(schemas::Judge::load(tests::schemas_directory(), *catalog));
  }
}

BENCHMARK(bare_parse)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK(bare_parse_and_xsd)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK(judge_by_schema)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK(judge_by_schema_rules_and_codes)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK(json_to_xml)->Unit(benchmark::kMicrosecond);
BENCHMARK(bare_sm2_sign)->Unit(benchmark::kMicrosecond);
BENCHMARK(sign_and_prove)->Unit(benchmark::kMicrosecond);
BENCHMARK(load_what_customs_knows)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
