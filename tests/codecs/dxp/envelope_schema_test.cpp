// terminal.xsd and transport.xsd give the verdict that ../shared/spec/dxp.tsv lets expect: each field of each envelope
// at its limits, one past them, empty, absent, twice, out of order.
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <libxml/xmlschemas.h>
#include <memory>

#include "base/xml.h"
#include "codecs/dxp/envelope.h"
#include "tests/codecs/dxp/envelope_shape.h"
#include "tests/support/paths.h"

namespace tests {
namespace {

class EnvelopeSchema : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const auto table = shared_directory() / "spec" / "dxp.tsv";
    if (!std::filesystem::exists(table)) GTEST_SKIP() << table << " is not here";
    fields_ = envelope_fields(table);
    whole_ = full_envelope(fields_, GetParam());
  }

  // Which all three envelopes are in.
  static xmlSchema* schema() {
    static const std::string file = (source_directory() / "schemas" / "xsd" / "transport.xsd").string();
    static const std::unique_ptr<xmlSchemaParserCtxt, void (*)(xmlSchemaParserCtxt*)> parser(
        xmlSchemaNewParserCtxt(file.c_str()), xmlSchemaFreeParserCtxt);
    static const std::unique_ptr<xmlSchema, void (*)(xmlSchema*)> compiled(xmlSchemaParse(parser.get()), xmlSchemaFree);
    if (compiled == nullptr) throw std::runtime_error(file + " does not compile");
    return compiled.get();
  }

  static void keep_first(void* sentence, xmlErrorPtr error) {
    auto& first = *static_cast<std::string*>(sentence);
    if (first.empty() && error->message != nullptr) first = error->message;
  }

  void expect(bool is_valid, const std::string& what) {
    const std::string text = written(whole_);
    const auto document = base::XmlDocument::read(text);
    ASSERT_TRUE(document) << what << "\n" << text;
    std::string sentence;
    const std::unique_ptr<xmlSchemaValidCtxt, void (*)(xmlSchemaValidCtxt*)> context(xmlSchemaNewValidCtxt(schema()),
                                                                                     xmlSchemaFreeValidCtxt);
    xmlSchemaSetValidStructuredErrors(context.get(), keep_first, &sentence);
    EXPECT_EQ(xmlSchemaValidateDoc(context.get(), document->get()) == 0, is_valid) << what << "\n"
                                                                                   << sentence << "\n"
                                                                                   << text;
  }

  using Change = std::function<void(EnvelopeNode& parent, std::size_t child, const std::string& what)>;

  // With each element below the root; the envelope is whole again afterwards.
  void each_child(EnvelopeNode& parent, const Change& change) {
    for (std::size_t i = 0; i < parent.children.size(); ++i) {
      each_child(parent.children[i], change);
      const EnvelopeNode before = parent;
      change(parent, i, parent.name + "/" + parent.children[i].name);
      parent = before;
    }
  }

  void each_node(EnvelopeNode& node, const std::function<void(EnvelopeNode&)>& call) {
    call(node);
    for (EnvelopeNode& child : node.children) each_node(child, call);
  }

  void lengths(std::string& text, const EnvelopeField& field, const std::string& what) {
    const std::string before = text;
    const auto try_length = [&](std::size_t length, bool is_valid) {
      text = envelope_text(field, length);
      expect(is_valid, what + " with " + std::to_string(length) + " characters");
    };
    if (field.base == "xs:string" && field.fixed.empty()) {
      const auto least = field.least_length.value_or(0);
      try_length(least, true);
      if (least > 0) try_length(least - 1, false);
      if (field.most_length) try_length(*field.most_length, true);
      if (field.most_length) try_length(*field.most_length + 1, false);
    }
    text = before;
  }

  std::vector<EnvelopeField> fields_;
  EnvelopeNode whole_;
};

TEST_P(EnvelopeSchema, HoldsAFullOneValid) { expect(true, "full"); }

TEST_P(EnvelopeSchema, KnowsEveryLength) {
  each_node(whole_, [&](EnvelopeNode& node) {
    if (node.field->is_field()) lengths(node.text, *node.field, node.field->path);
    for (auto& [name, value] : node.attributes) {
      const auto field = std::ranges::find_if(fields_, [&, &name = name](const EnvelopeField& candidate) {
        return candidate.path == node.field->path + "/@" + name;
      });
      if (field != fields_.end()) lengths(value, *field, field->path);
    }
  });
}

TEST_P(EnvelopeSchema, KnowsWhatMustBeThere) {
  each_child(whole_, [&](EnvelopeNode& parent, std::size_t child, const std::string& what) {
    const bool is_required = parent.children[child].field->is_required;
    parent.children.erase(parent.children.begin() + static_cast<std::ptrdiff_t>(child));
    expect(!is_required, "absent " + what);
  });
}

TEST_P(EnvelopeSchema, KnowsHowOftenEachMayStand) {
  each_child(whole_, [&](EnvelopeNode& parent, std::size_t child, const std::string& what) {
    const EnvelopeNode again = parent.children[child];
    const std::size_t most = again.field->most;
    const auto add = [&](std::size_t count) {
      parent.children.insert(parent.children.begin() + static_cast<std::ptrdiff_t>(child), count, again);
    };
    if (most == 0) return add(99), expect(true, "a hundred " + what);
    if (most > 1) {
      add(most - 1);
      expect(true, "as many as may be " + what);
    }
    add(1);
    expect(false, "one more " + what);
  });
}

TEST_P(EnvelopeSchema, KnowsTheOrder) {
  each_child(whole_, [&](EnvelopeNode& parent, std::size_t child, const std::string& what) {
    if (child + 1 == parent.children.size()) return;
    std::swap(parent.children[child], parent.children[child + 1]);
    expect(false, "swapped " + what);
  });
}

TEST_P(EnvelopeSchema, LetsNothingElseIn) {
  each_child(whole_, [&](EnvelopeNode& parent, std::size_t child, const std::string& what) {
    parent.children.insert(parent.children.begin() + static_cast<std::ptrdiff_t>(child),
                           {nullptr, "dxp:other", {}, {}, {}});
    expect(false, "another before " + what);
    parent.children.erase(parent.children.begin() + static_cast<std::ptrdiff_t>(child));
    if (parent.children[child].name == "dxp:RecMapId") return;
    parent.children[child].attributes.emplace_back("other", "x");
    expect(false, "another attribute of " + what);
  });
}

TEST_P(EnvelopeSchema, KnowsTheAttributes) {
  each_node(whole_, [&](EnvelopeNode& node) {
    const auto before = node.attributes;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const std::string path = node.field->path + "/@" + before[i].first;
      const auto field = std::ranges::find(fields_, path, &EnvelopeField::path);
      if (field == fields_.end()) continue;
      node.attributes.erase(node.attributes.begin() + static_cast<std::ptrdiff_t>(i));
      expect(!field->is_required, "absent " + path);
      node.attributes = before;
      if (field->fixed.empty() && field->base == "xs:string") continue;
      for (const char* text : {"", "1.1", "2 words"}) {
        node.attributes[i].second = text;
        expect(false, path + " with " + text);
      }
      node.attributes = before;
    }
  });
}

TEST_P(EnvelopeSchema, KnowsTimesDatesAndBase64) {
  each_node(whole_, [&](EnvelopeNode& node) {
    const std::string before = node.text;
    const auto try_text = [&](const std::string& text, bool is_valid) {
      node.text = text;
      expect(is_valid, node.field->path + " with " + text);
    };
    const std::string& base = node.field->base;
    const bool is_time = base == "xs:dateTime", is_date = base == "xs:date";
    if (is_time || is_date) {
      for (const char* text : {"2026-01-31T09:30:00", "2026-01-31T09:30:00.123+08:00"}) try_text(text, is_time);
      for (const char* text : {"2026-01-31", "2026-01-31+08:00"}) try_text(text, is_date);
      for (const char* text : {"", "20260131", "2026-02-30", "2026-02-30T00:00:00", "2026-01-31 09:30:00"})
        try_text(text, false);
    }
    if (base == "xs:base64Binary") {
      for (const char* text : {"", "PGEv\n Pg==", "PGEv"}) try_text(text, true);
      for (const char* text : {"PGE", "PGEv=", "<dxp:a/>"}) try_text(text, false);
    }
    node.text = before;
  });
}

TEST_P(EnvelopeSchema, LetsOnlyRecMapIdHoldAnything) {
  each_node(whole_, [&](EnvelopeNode& node) {
    if (node.name == "ds:Signature") return;
    const std::string before = node.text;
    const bool holds_anything = node.field->name == "RecMapId";
    node.text = before + "<other a='b'>x</other>";
    expect(holds_anything, "an element in " + node.field->path);
    node.text = "单";
    // libxml2 passes over what Base64 does not have; the reader does not.
    if (node.field->base == "xs:base64Binary") return void(node.text = before);
    expect(holds_anything || node.field->base == "xs:string", "text in " + node.field->path);
    node.text = before;
  });
}

TEST_P(EnvelopeSchema, HoldsValidWhatTheReaderReads) {
  const auto content = codecs::dxp::read(written(whole_));
  ASSERT_TRUE(content) << content.faults().front().en;
  EXPECT_EQ(content->index(), GetParam() == "DxpMsg" ? 0u : GetParam() == "DxpMsgSv" ? 1u : 2u);
}

INSTANTIATE_TEST_SUITE_P(Dxp, EnvelopeSchema, ::testing::Values("DxpMsg", "DxpMsgSv", "DxpRep"),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace tests
