// What an order costs, alone and with 99 others in one message, beside the bare primitives on the same bytes in the
// same run: build/<preset>/tests/bench. Figures of a hundred orders are for all of them.
#include <benchmark/benchmark.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <memory>

#include "base/xml.h"
#include "tests/bench/orders.h"

namespace {

using tests::bench::hundred_orders;
using tests::bench::order;
using tests::bench::Orders;

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
BENCHMARK(load_what_customs_knows)->Unit(benchmark::kMillisecond);

}  // namespace
