// fuzz_json_seeds OUT FILE...: the JSON of each CEB message as OUT/TYPE.json, and its first document as the ERP would
// post it as OUT/TYPE.document.json. What is no message is passed over.
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "tests/fuzz/customs.h"

namespace {

std::string read_file(const char* file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

void write_seeds(const std::filesystem::path& folder, const codecs::ceb::Message& message) {
  const auto& type = *tests::fuzz::catalog().find(message.type);
  std::ofstream(folder / (type.name + ".json")) << boost::json::serialize(codecs::ceb::write_message(type, message));
  boost::json::object posting{{"type", type.name}, {"enterprise", "4601960001"}};
  posting["document"] = codecs::ceb::write_document(type, message.documents.front());
  std::ofstream(folder / (type.name + ".document.json")) << boost::json::serialize(posting);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: fuzz_json_seeds OUT FILE...\n";
    return 2;
  }
  for (int i = 2; i < count; ++i) {
    const auto message = codecs::ceb::read_xml(tests::fuzz::catalog(), read_file(arguments[i]));
    if (message && !message->documents.empty()) write_seeds(arguments[1], *message);
  }
  return 0;
}
