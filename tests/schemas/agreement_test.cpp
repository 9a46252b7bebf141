// Spoils each place of each type in each way, and holds the walk against libxml2 and against what the shape says.
#include <array>
#include <gtest/gtest.h>
#include <libxml/tree.h>
#include <map>
#include <tuple>
#include <utility>

#include "schemas/compiled_schema.h"
#include "schemas/shape_reader.h"
#include "schemas/walk.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::BaseType;
using schemas::NodeKind;
using schemas::SignatureDemand;
using tests::MadeElement;

// A root of an edition, and the name of the XSD that holds it.
struct Root {
  std::string edition, schema;
  const schemas::Node* shape;
};

const schemas::CompiledSchema& schema_of(const Root& root, SignatureDemand demand) {
  static std::map<std::tuple<std::string, std::string, SignatureDemand>, schemas::CompiledSchema> compiled;
  const auto at = compiled.find({root.edition, root.schema, demand});
  if (at != compiled.end()) return at->second;
  const auto file = tests::schemas_directory() / "xsd" / root.edition / (root.schema + ".xsd");
  return compiled
      .emplace(std::tuple(root.edition, root.schema, demand), *schemas::CompiledSchema::compile(file, demand))
      .first->second;
}

class EachType : public testing::TestWithParam<Root> {
 protected:
  const schemas::Node& type() const { return *GetParam().shape; }

  // The walk and libxml2 agree, and the walk names exactly this code ("": nothing is wrong, "any": whatever it is).
  void expect(const MadeElement& message, const std::string& code, const std::string& what,
              SignatureDemand demand = SignatureDemand::as_schema_says) {
    const std::string text = tests::written(message);
    const auto document = base::XmlDocument::read(text);
    ASSERT_TRUE(document) << what << "\n" << document.faults().front().en << "\n" << text;
    const bool valid = schema_of(GetParam(), demand).is_valid(document->get());
    const auto faults = schemas::walk(type(), xmlDocGetRootElement(document->get()), demand);
    std::string told;
    for (const auto& fault : faults) told += fault.code + " " + fault.path + ": " + fault.en + "\n";
    EXPECT_EQ(faults.empty(), valid) << what << "\nwalk: " << told;
    if (code == "any") return;
    if (code.empty()) {
      EXPECT_EQ(told, "") << what;
      return;
    }
    ASSERT_EQ(faults.size(), 1u) << what << "\n" << told;
    EXPECT_EQ(faults.front().code, code) << what << "\n" << told;
  }

  template <class Change>
  void each_place(Change change) {
    MadeElement message = tests::full_message(type());
    tests::each_place(message, [&](MadeElement& parent, std::size_t child) {
      change(message, parent, child, parent.name + "/" + parent.children[child].name);
    });
  }

  // Calls change(message, field, what) for each field.
  template <class Change>
  void each_field(Change change) {
    each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
      if (parent.children[child].shape->kind == NodeKind::field) change(message, parent.children[child], what);
    });
  }
};

TEST_P(EachType, IsValidWithEveryField) { expect(tests::full_message(type()), "", "full"); }

TEST_P(EachType, NamesAnAbsentElementOnlyWhereItIsRequired) {
  each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
    const auto& shape = *parent.children[child].shape;
    std::erase_if(parent.children, [&](const MadeElement& element) { return element.shape == &shape; });
    expect(message, shape.min_occurs > 0 ? "schema.missing" : "", "absent " + what);
  });
}

TEST_P(EachType, NamesARepeatedElement) {
  each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
    const MadeElement again = parent.children[child];
    parent.children.insert(parent.children.begin() + static_cast<std::ptrdiff_t>(child), again);
    expect(message, again.shape->repeats() ? "" : "schema.repeated", "twice " + what);
  });
}

TEST_P(EachType, NamesOneOverTheMostOfARepeatingElement) {
  each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
    const MadeElement again = parent.children[child];
    if (!again.shape->repeats() || parent.children[child + 1].shape != again.shape) return;
    const bool is_limited = again.shape->max_occurs != schemas::unbounded;
    const auto at = parent.children.begin() + static_cast<std::ptrdiff_t>(child);
    parent.children.insert(at, is_limited ? again.shape->max_occurs - 2 : 200, again);
    expect(message, "", "as many as may be " + what);
    if (!is_limited) return;
    parent.children.insert(parent.children.begin() + static_cast<std::ptrdiff_t>(child), again);
    expect(message, "schema.too_many", "one more " + what);
  });
}

TEST_P(EachType, NamesTwoThatStandInWrongOrder) {
  each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
    if (child + 1 >= parent.children.size() || parent.children[child + 1].shape == parent.children[child].shape) return;
    if (parent.children[child].shape->repeats() || parent.children[child + 1].shape->repeats()) return;
    std::swap(parent.children[child], parent.children[child + 1]);
    expect(message, "schema.order", "swapped " + what);
  });
}

TEST_P(EachType, NamesOneElementThatMovedFarAway) {
  each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
    if (child + 2 >= parent.children.size() || parent.children[child].shape->repeats()) return;
    MadeElement moved = std::move(parent.children[child]);
    parent.children.erase(parent.children.begin() + static_cast<std::ptrdiff_t>(child));
    parent.children.push_back(std::move(moved));
    expect(message, "schema.order", "last " + what);
  });
}

TEST_P(EachType, NamesAnUnknownElement) {
  each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
    if (parent.children[child].shape->kind == NodeKind::wildcard) return;
    parent.children.insert(parent.children.begin() + static_cast<std::ptrdiff_t>(child),
                           {nullptr, "ceb:unheardOf", "x", {}, {}});
    expect(message, "schema.unknown", "before " + what);
  });
}

TEST_P(EachType, NamesTheWrongNamespaceOnceWhereItBegins) {
  each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
    auto& element = parent.children[child];
    if (element.shape->kind == NodeKind::wildcard || element.shape->kind == NodeKind::signature) return;
    element.name = "other:" + element.shape->name;
    for (MadeElement& below : element.children) {
      if (below.shape->kind == NodeKind::field) below.name = "other:" + below.shape->name;
    }
    expect(message, element.children.empty() ? "schema.namespace" : "any", what);
  });
}

TEST_P(EachType, NamesTextBetweenElementsAndElementsInText) {
  each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
    auto& element = parent.children[child];
    if (element.shape->kind == NodeKind::container) {
      for (const char* text : {"word", "<![CDATA[word]]>", "&#160;"}) {
        element.text = text;
        expect(message, "schema.text", "text in " + what);
      }
      for (const char* text : {" \n\t", "&#32;"}) {
        element.text = text;
        expect(message, element.shape->children.empty() ? "schema.text" : "", "white space in " + what);
      }
      for (const char* text : {"<!-- a remark -->", "<?program does?>"}) {
        element.text = text;
        expect(message, "", "no text in " + what);
      }
    } else if (element.shape->kind == NodeKind::field) {
      element.text += "<ceb:inside/>";
      expect(message, "schema.text", "element in " + what);
    }
  });
}

TEST_P(EachType, NamesAttributesThatAreNotAllowed) {
  each_place([&](MadeElement& message, MadeElement& parent, std::size_t child, const std::string& what) {
    auto& element = parent.children[child];
    if (element.shape->kind == NodeKind::wildcard || element.shape->kind == NodeKind::signature) return;
    if (element.shape->kind == NodeKind::anything) return;
    const std::string own = element.attributes;
    for (const char* attribute :
         {" id=\"x\"", " other:id=\"x\"", " xml:lang=\"zh\"", " xsi:nil=\"true\"", " xsi:nil=\"false\""}) {
      element.attributes = own + attribute;
      expect(message, "schema.attribute", attribute + (" on " + what));
    }
    element.attributes = own + " xsi:schemaLocation=\"http://www.chinaport.gov.cn/ceb nowhere.xsd\"";
    expect(message, "", "schemaLocation on " + what);
  });
}

// What the root of a message, or of an envelope, may carry, and the fault that it makes.
std::vector<std::pair<std::string, std::string>> root_attributes(const schemas::Node& root) {
  if (root.namespace_uri == schemas::dxp_namespace) {
    return {{" ver=\"1.0\"", ""},
            {"", "schema.attribute"},
            {" ver=\"1.0\" extra=\"1\"", "schema.attribute"},
            {" ver=\"1.1\"", "schema.fixed"},
            {" ver=\" 1.0\"", "schema.fixed"}};
  }
  const std::string guid = " guid=\"" + std::string(36, 'A') + "\"", version = " version=\"1.0\"";
  return {
      {guid + version, ""},
      {guid, "schema.attribute"},
      {version, "schema.attribute"},
      {guid + version + " extra=\"1\"", "schema.attribute"},
      {guid + " version=\"\"", "schema.empty"},
      {guid + " version=\"12345678901\"", "schema.length"},
      {guid + " version=\"1234567890\"", ""},
      {version + " guid=\"" + std::string(35, 'A') + "\"", "schema.length"},
      {version + " guid=\"" + std::string(37, 'A') + "\"", "schema.length"},
  };
}

TEST_P(EachType, NamesWhatIsWrongWithTheRootsAttributes) {
  MadeElement message = tests::full_message(type());
  for (const auto& [attributes, code] : root_attributes(type())) {
    message.attributes = attributes;
    expect(message, code, attributes);
  }
}

TEST_P(EachType, CountsCharactersAgainstTheLimitsOfEachText) {
  each_field([&](MadeElement& message, MadeElement& field, const std::string& what) {
    const auto& facets = field.shape->facets;
    if (facets.base != BaseType::string || facets.fixed_value) return;
    const std::size_t least = facets.length.value_or(facets.min_length.value_or(0));
    const std::size_t most = facets.length.value_or(facets.max_length.value_or(5000));
    const bool is_unlimited = !facets.length && !facets.max_length;
    const auto repeated = [](std::size_t count, const std::string& character) {
      std::string text;
      for (std::size_t i = 0; i < count; ++i) text += character;
      return text;
    };
    for (const char* character : {"a", "单", "𠮷", " "}) {
      for (const std::size_t count : {least, most - 1, most, most + 1, least == 0 ? 0 : least - 1}) {
        field.text = repeated(count, character);
        const bool is_blank = facets.collapses_white_space && *character == ' ';
        const bool takes_default = count == 0 && facets.default_value;
        const bool fits = takes_default || (count >= least && (count <= most || is_unlimited));
        expect(message,
               is_blank     ? "any"
               : fits       ? ""
               : count == 0 ? "schema.empty"
                            : "schema.length",
               std::to_string(count) + " in " + what);
      }
    }
  });
}

// Well and badly written, within the limits and one over.
constexpr std::array numbers_of_all_kinds{"0",
                                          "-0",
                                          "+1",
                                          "-1",
                                          "00012",
                                          " 12 ",
                                          "\n12\t",
                                          "1 2",
                                          ".",
                                          "-",
                                          "+",
                                          "+.",
                                          ".5",
                                          "5.",
                                          "-.5",
                                          "1.5",
                                          "1e3",
                                          "1,5",
                                          "0x1",
                                          "NaN",
                                          "INF",
                                          "1.00000",
                                          "1.000000000",
                                          "1.123456",
                                          "0.00001",
                                          "0.000001",
                                          "12345678901234.12345",
                                          "123456789012345.12345",
                                          "1234567890123456789",
                                          "12345678901234567890",
                                          "0000000000000000000000000000001",
                                          "1.00000000000000000000000000000",
                                          "100000000000000000000000",
                                          "0.000000000000000000000000",
                                          "0.0000000000000000000000000",
                                          "123456789",
                                          "1234567890",
                                          "2147483647",
                                          "2147483648",
                                          "-2147483648",
                                          "-2147483649",
                                          "0002147483647",
                                          "１",
                                          "1-",
                                          "--1",
                                          "1.2.3",
                                          "<!-- -->1",
                                          "1<!-- -->2"};

TEST_P(EachType, ReadsNumbersAsLibxml2Does) {
  each_field([&](MadeElement& message, MadeElement& field, const std::string& what) {
    const auto base = field.shape->facets.base;
    if (base != BaseType::decimal && base != BaseType::integer) return;
    for (const char* text : numbers_of_all_kinds) {
      field.text = text;
      expect(message, "any", std::string(text) + " in " + what);
    }
    for (const auto& [text, code] : std::vector<std::pair<std::string, std::string>>{
             {"", field.shape->facets.default_value ? "" : "schema.empty"},
             {"  ", "schema.empty"},
             {"abc", "schema.number"},
             {"12345678901234567890", base == BaseType::decimal ? "schema.digits" : "schema.number"}}) {
      field.text = text;
      expect(message, code, text + " in " + what);
    }
  });
}

TEST_P(EachType, HoldsFixedValues) {
  each_field([&](MadeElement& message, MadeElement& field, const std::string& what) {
    if (!field.shape->facets.fixed_value) return;
    for (const auto& [text, code] : std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                                                     {"<!-- none -->", ""},
                                                                                     {"502", "schema.fixed"},
                                                                                     {" 142", "schema.fixed"},
                                                                                     {" ", "schema.fixed"},
                                                                                     {"3333", "schema.fixed"}}) {
      field.text = text;
      expect(message, code, text + " in " + what);
    }
  });
}

TEST_P(EachType, DoesWithoutASignatureBeforeSigning) {
  MadeElement message = tests::full_message(type());
  const auto had =
      std::erase_if(message.children, [](const MadeElement& e) { return e.shape->kind == NodeKind::signature; });
  expect(message, "", "unsigned", SignatureDemand::none_yet);
  if (had == 0) return;
  MadeElement twice = tests::full_message(type());
  twice.children.push_back(twice.children.back());
  expect(twice, "schema.repeated", "two signatures", SignatureDemand::none_yet);
}

std::vector<Root> roots() {
  std::vector<Root> all;
  for (const std::string edition : {"202205", "2018"}) {
    const schemas::Catalog& catalog = tests::catalog_of(edition);
    for (const auto& type : catalog.types()) all.push_back({edition, type.direction, &type.root});
  }
  for (const auto& envelope : tests::catalog_202205().envelopes()) {
    all.push_back({"202205", envelope.schema, &envelope.root});
  }
  return all;
}

void PrintTo(const Root& root, std::ostream* out) { *out << root.edition << " " << root.shape->name; }

INSTANTIATE_TEST_SUITE_P(OfBothEditions, EachType, testing::ValuesIn(roots()),
                         [](const auto& test) { return test.param.shape->name + "_" + test.param.edition; });

}  // namespace
