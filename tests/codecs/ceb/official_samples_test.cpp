// Every value of every valid official sample outlives the way to JSON and back, held against the XML itself: the
// elements and texts that an independent look at both files finds, in their order.
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <pugixml.hpp>
#include <sstream>

#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "tests/codecs/ceb/catalog.h"
#include "tests/support/paths.h"

namespace codecs::ceb {
namespace {

std::string local_name(const pugi::xml_node& node) {
  const std::string name = node.name();
  return name.substr(name.find(':') + 1);
}

bool holds_elements(const pugi::xml_node& node) {
  return !node.find_child([](const pugi::xml_node& child) { return child.type() == pugi::node_element; }).empty();
}

// "name=text" of each field, "name" of each container; without the signature, which JSON does not carry.
void list(const pugi::xml_node& node, std::vector<std::string>& values) {
  if (local_name(node) == "Signature") return;
  if (!holds_elements(node)) return values.push_back(local_name(node) + "=" + node.text().get());
  values.push_back(local_name(node));
  for (const auto& child : node.children()) {
    if (child.type() == pugi::node_element) list(child, values);
  }
}

std::vector<std::string> values_of(const std::string& xml) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single)) {
    throw std::runtime_error("not XML");
  }
  const pugi::xml_node root = document.document_element();
  std::vector<std::string> values{root.attribute("guid").value(), root.attribute("version").value()};
  list(root, values);
  return values;
}

TEST(ValidOfficialSamples, HaveTheSameElementsAndTextsAfterJsonAndBack) {
  const auto folder = tests::shared_directory() / "samples";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not here";
  std::istringstream verdicts(tests::read_file(folder / "verdicts.tsv"));
  int samples = 0;
  for (std::string file, is_valid; verdicts >> file >> is_valid;) {
    if (is_valid != "yes") continue;
    const std::string original = tests::read_file(folder / file);
    const auto message = read_xml(catalog(), original);
    ASSERT_TRUE(message) << file;
    EXPECT_TRUE(message->left_out.empty()) << file << ": " << message->left_out.front();
    const auto& type = type_of(message->type);
    const auto again = read_message(catalog(), json(boost::json::serialize(write_message(type, *message))));
    ASSERT_TRUE(again) << file;
    EXPECT_EQ(values_of(write_xml(type, *again)), values_of(original)) << file;
    ++samples;
  }
  EXPECT_EQ(samples, 29);
}

}  // namespace
}  // namespace codecs::ceb
