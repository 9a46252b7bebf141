// What stands in the JSON Schemas. That they say what the gateway says is held by
// tests/conformance/json_schema_test.py.
#include "codecs/ceb/json_schema.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "codecs/ceb/field_schema.h"
#include "tests/codecs/ceb/catalog.h"

namespace codecs::ceb {
namespace {

boost::json::object schema_of(std::string_view type) { return document_schema(type_of(type), catalog().edition()); }

const boost::json::object& part(const boost::json::object& schema, std::string_view name) {
  return schema.at("properties").at(name).as_object();
}

bool demands(const boost::json::object& node, std::string_view name) {
  const auto& required = node.at("required").as_array();
  return std::find(required.begin(), required.end(), boost::json::string(name)) != required.end();
}

TEST(DocumentSchema, DemandsWhatTheSchemaDemandsButNotWhatIsFilledIn) {
  const boost::json::object order = schema_of("CEB311Message");
  const boost::json::object& head = part(order, "OrderHead");
  for (const char* name : {"guid", "appType", "appTime", "appStatus"}) EXPECT_FALSE(demands(head, name)) << name;
  EXPECT_TRUE(demands(head, "orderNo"));
  EXPECT_FALSE(demands(head, "note"));
  const boost::json::object inventory = schema_of("CEB621Message");
  EXPECT_TRUE(demands(part(inventory, "InventoryHead"), "appStatus"));
  EXPECT_FALSE(demands(part(inventory, "InventoryHead"), "copNo"));
  EXPECT_TRUE(demands(part(schema_of("CEB603Message"), "InventoryHead"), "copNo"));
}

TEST(DocumentSchema, DemandsEverythingOfWhatCustomsSends) {
  const boost::json::object receipt = schema_of("CEB312Message");
  EXPECT_TRUE(demands(receipt, "guid"));
  EXPECT_TRUE(demands(receipt, "returnStatus"));
}

TEST(DocumentSchema, LimitsListsAndLetsNothingUnknownIn) {
  const boost::json::object order = schema_of("CEB311Message");
  const boost::json::object& rows = part(order, "OrderList");
  EXPECT_EQ(rows.at("type"), "array");
  EXPECT_EQ(rows.at("minItems"), 1);
  EXPECT_EQ(rows.at("maxItems"), 99);
  EXPECT_EQ(rows.at("items").at("additionalProperties"), false);
  EXPECT_EQ(order.at("additionalProperties"), false);
}

TEST(DocumentSchema, NamesEachFieldItsClauseAndItsCodeTable) {
  const boost::json::object order = schema_of("CEB311Message");
  const boost::json::object& unit = part(part(order, "OrderList").at("items").as_object(), "unit");
  EXPECT_EQ(unit.at("title"), "单位");
  const std::string description(unit.at("description").as_string());
  EXPECT_NE(description.find("§3.1.4"), std::string::npos) << description;
  EXPECT_NE(description.find("code table unit"), std::string::npos) << description;
  EXPECT_EQ(unit.at("$ref"), "#/$defs/C3");
  EXPECT_TRUE(order.at("$defs").as_object().contains("C3"));
}

schemas::Facets text_of(std::size_t least, std::size_t most) {
  schemas::Facets facets;
  facets.min_length = least;
  facets.max_length = most;
  return facets;
}

TEST(FieldSchema, TakesANumberWhereItsCharactersWouldFit) {
  const boost::json::object two = field_schema(text_of(1, 2));
  EXPECT_EQ(boost::json::serialize(two.at("type")), R"(["string","integer"])");
  EXPECT_EQ(two.at("minimum"), -9);
  EXPECT_EQ(two.at("maximum"), 99);
  const boost::json::object long_text = field_schema(text_of(0, 60));
  EXPECT_EQ(long_text.at("maximum"), 999'999'999'999'999);
  EXPECT_EQ(field_schema(text_of(36, 36)).at("type"), "string");
}

TEST(FieldSchema, TakesTheEmptyTextWhereTheSchemaGivesAValue) {
  schemas::Facets fixed = text_of(3, 3);
  fixed.fixed_value = "142";
  EXPECT_EQ(boost::json::serialize(field_schema(fixed)), R"({"enum":["142","",142]})");
  schemas::Facets preset = text_of(1, 1);
  preset.default_value = "2";
  EXPECT_EQ(field_schema(preset).at("default"), "2");
  EXPECT_EQ(boost::json::serialize(field_schema(preset).at("anyOf").at(0)), R"({"const":""})");
}

TEST(FieldSchema, NamesAFormatAsTheTablesOfTheSpecificationDo) {
  schemas::Facets amount;
  amount.base = schemas::BaseType::decimal;
  amount.total_digits = 19;
  amount.fraction_digits = 5;
  schemas::Facets count;
  count.base = schemas::BaseType::integer;
  schemas::Facets code;
  code.length = 4;
  EXPECT_EQ(format_of(amount), "N19,5");
  EXPECT_EQ(format_of(count), "int");
  EXPECT_EQ(format_of(code), "C4");
  EXPECT_EQ(format_of(text_of(1, 60)), "C1..60");
  EXPECT_EQ(format_of({}), "C..");
}

}  // namespace
}  // namespace codecs::ceb
