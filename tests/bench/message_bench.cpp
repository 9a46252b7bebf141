// What a single order costs, beside the bare primitives on the same bytes in the same run: build/<preset>/tests/bench.
#include <benchmark/benchmark.h>
#include <boost/json/serialize.hpp>
#include <libxml/parser.h>

#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "schemas/judge.h"
#include "signing/sign.h"
#include "tests/support/documents.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace {

// One order, as JSON, as XML and signed, with all that works on it.
struct Order {
  Order() {
    const auto& type = *catalog.find("CEB311Message");
    auto document = codecs::ceb::read_document(type, *codecs::ceb::read_json(tests::order_document({})), "").value();
    codecs::ceb::fill_in(type, document.body, {.app_type = "1", .now = base::SystemClock().now(), .later_than = {}});
    json = boost::json::serialize(codecs::ceb::write_document(type, document.body));
    xml = write();
    signed_xml = signing::sign(xml, *key, signing::default_dialect(signing::KeyKind::sm2), {}).value();
  }

  std::string write() const {
    const auto& type = *catalog.find("CEB311Message");
    codecs::ceb::Message message;
    message.type = type.name;
    message.guid = "00000000-0000-0000-0000-000000000000";
    message.documents.push_back(codecs::ceb::read_document(type, *codecs::ceb::read_json(json), "").value().body);
    message.transfer = codecs::ceb::base_transfer("4601960001", "测试电商企业", "DXPENT0000000001");
    return codecs::ceb::write_xml(type, message);
  }

  tests::ScratchDirectory folder;
  schemas::Catalog catalog = schemas::Catalog::load(tests::schemas_directory(), "202205").value();
  schemas::Judge judge = schemas::Judge::load(tests::schemas_directory(), catalog).value();
  tests::TestIdentity identity = tests::TestAuthority(folder.path() / "keys").issue_sm2("测试电商企业");
  std::shared_ptr<const signing::Key> key = signing::open_key(identity.key.string(), identity.certificate).value();
  std::string json, xml, signed_xml;
};

const Order& order() {
  static const Order one;
  return one;
}

void bare_parse(benchmark::State& state) {
  const std::string& text = order().signed_xml;
  for (auto _ : state) {
    xmlFreeDoc(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, XML_PARSE_NONET));
  }
}

void judge_at(benchmark::State& state, schemas::Level level) {
  for (auto _ : state) {
    const auto document = base::XmlDocument::read(order().signed_xml);
    const auto verdict = order().judge.judge(*document, level, schemas::SignatureDemand::as_schema_says);
    if (!verdict.valid()) state.SkipWithError("the order is not valid");
  }
}

void judge_by_schema(benchmark::State& state) { judge_at(state, schemas::Level::schema); }
void judge_by_all(benchmark::State& state) { judge_at(state, schemas::Level::all); }

void json_to_xml(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(order().write());
}

void bare_sm2_sign(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(order().key->sign("bytes"));
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

BENCHMARK(bare_parse)->Unit(benchmark::kMicrosecond);
BENCHMARK(judge_by_schema)->Unit(benchmark::kMicrosecond);
BENCHMARK(judge_by_all)->Unit(benchmark::kMicrosecond);
BENCHMARK(json_to_xml)->Unit(benchmark::kMicrosecond);
BENCHMARK(bare_sm2_sign)->Unit(benchmark::kMicrosecond);
BENCHMARK(sign_and_prove)->Unit(benchmark::kMicrosecond);
BENCHMARK(load_what_customs_knows)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
