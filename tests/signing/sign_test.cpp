#include "signing/sign.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

#include "signing/verify.h"
#include "tests/signing/messages.h"

namespace {

using tests::ceb_declaration;
using tests::Identities;
using tests::message;
using tests::without_signature_element;
using tests::xsi_declaration;

const signing::Dialect& dialect(const std::string& name) {
  return *signing::find_dialect(signing::standard_dialects(), name);
}

std::string signed_text(const std::string& xml, const std::string& before = {}, const std::string& name = "sm2-sm3") {
  const auto key = Identities::shared().key_for(dialect(name));
  const auto made = signing::sign(xml, *key, dialect(name), {before});
  EXPECT_TRUE(made) << made.faults().front().en;
  return made ? *made : std::string();
}

void expect_valid(const std::string& xml) {
  const auto found = signing::verify(xml, {.now = tests::signing_time});
  EXPECT_TRUE(found.valid) << (found.faults.empty() ? "" : found.faults.front().en);
}

TEST(Sign, KeepsEveryOtherByteInAwkwardButLawfulText) {
  const std::string inputs[] = {
      message("<ceb:Order><ceb:note>a</ceb:note></ceb:Order>"),
      message("\n  <ceb:Order>\n    <ceb:note/>\n  </ceb:Order>\n"),
      message("\r\n\t<ceb:Order>\r\n\t</ceb:Order>\r\n"),
      message("<!-- <a> - -> ' \" </ceb:CEB311Message> --><ceb:Order/><?pi </ceb:CEB311Message> ?>"),
      message("<ceb:Order><![CDATA[</ceb:CEB311Message> & <b> ]] >]]></ceb:Order>"),
      message("<ceb:Order ceb:a='>\"' b=\"a/>'\" ><ceb:note a = '/'/></ceb:Order >"),
      message("<ceb:Order>&lt;&#x4e2d;&amp;&#13;中文 &#10;</ceb:Order>"),
      message(""),
      message("文字"),
      "<!-- <x> --><?p <y> ?>" + message("<ceb:Order/>").substr(39) + "<!-- </z> -->",
  };
  for (const auto& name : {"sm2-sm3", "rsa-sha1", "hainan-sm2"}) {
    for (const auto& input : inputs) {
      const auto output = signed_text(input, {}, name);
      EXPECT_EQ(without_signature_element(output), input);
      EXPECT_NE(output.find("</ds:Signature></ceb:CEB311Message>"), std::string::npos);
      expect_valid(output);
    }
  }
}

TEST(Sign, DropsAByteOrderMark) {
  const auto input = message("<ceb:Order/>");
  EXPECT_EQ(without_signature_element(signed_text("\xEF\xBB\xBF" + input)), input);
}

TEST(Sign, AddsOnlyTheMissingDeclarations) {
  const auto wanted = message("<ceb:Order/>", xsi_declaration + ceb_declaration);
  EXPECT_EQ(without_signature_element(signed_text(message("<ceb:Order/>", ceb_declaration))), wanted);

  const std::string unprefixed = "<CEB311Message xmlns=\"http://www.chinaport.gov.cn/ceb\"><Order/></CEB311Message>";
  const auto output = signed_text(unprefixed);
  EXPECT_TRUE(output.starts_with("<CEB311Message" + ceb_declaration + xsi_declaration + " xmlns=")) << output;
  expect_valid(output);
}

TEST(Sign, OpensAnEmptyRoot) {
  const auto input = "<ceb:CEB311Message" + ceb_declaration + xsi_declaration + " />\n<!-- end -->";
  const auto output = signed_text(input);
  EXPECT_EQ(without_signature_element(output),
            "<ceb:CEB311Message" + ceb_declaration + xsi_declaration + " ></ceb:CEB311Message>\n<!-- end -->");
  expect_valid(output);
}

TEST(Sign, ReplacesTheSignatureThatIsThere) {
  const auto input = message("\n<ceb:Order/>\n");
  const auto once = signed_text(input, {}, "rsa-sha1");
  const auto twice = signed_text(once, {}, "sm2-sm3");
  EXPECT_EQ(without_signature_element(twice), input);
  EXPECT_EQ(signing::verify(twice, {.now = tests::signing_time}).dialect, "sm2-sm3");
}

TEST(Sign, ReplacesAPrettySignatureUnderAnotherPrefixAndAnEmptyOne) {
  const std::string pretty =
      "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">\n <SignedInfo a='>'>\n </SignedInfo>\n</Signature>";
  const std::string empty = "<d:Signature xmlns:d='http://www.w3.org/2000/09/xmldsig#'/>";
  const auto output = signed_text(message("<ceb:Order/>" + pretty + "\n" + empty));
  EXPECT_EQ(without_signature_element(output), message("<ceb:Order/>\n"));
}

TEST(Sign, StandsBeforeTheNamedChildWhereThereIsOne) {
  const std::string head = "\n\t<ceb:BaseTransfer/>\n\t", tail = "<ceb:ExtendMessage>x</ceb:ExtendMessage>\n";
  for (const auto* before : {"ExtendMessage", "ceb:ExtendMessage"}) {
    const auto output = signed_text(message(head + tail), before);
    EXPECT_NE(output.find(head + "<ds:Signature "), std::string::npos);
    EXPECT_NE(output.find("</ds:Signature>" + tail), std::string::npos);
    EXPECT_EQ(without_signature_element(output), message(head + tail));
    expect_valid(output);
    EXPECT_EQ(without_signature_element(signed_text(output, before)), message(head + tail));
  }
  EXPECT_NE(signed_text(message(head), "ExtendMessage").find("</ds:Signature></ceb:CEB311Message>"), std::string::npos);
}

TEST(Sign, WritesTheFormOfTheUkeyClient) {
  const auto output = signed_text(message("<ceb:Order/>"), {}, "hainan-sm2");
  const std::string start =
      "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo><ds:CanonicalizationMethod "
      "Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></ds:CanonicalizationMethod><ds:SignatureMethod "
      "Algorithm=\"http://www.w3.org/2000/09/xmldsig#sm2-sm3\"></ds:SignatureMethod><ds:Reference "
      "URI=\"\"><ds:Transforms><ds:Transform "
      "Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform></"
      "ds:Transforms><ds:DigestMethod "
      "Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"></ds:DigestMethod><ds:DigestValue>";
  EXPECT_NE(output.find(start), std::string::npos);
  EXPECT_NE(output.find("<ds:KeyName>" + Identities::shared().sm2.serial + "</ds:KeyName><ds:X509Data>"),
            std::string::npos);
  const auto begin = output.find("<ds:Signature "), end = output.find("</ds:Signature>");
  EXPECT_EQ(output.substr(begin, end - begin).find_first_of("\r\n\t"), std::string::npos);
}

TEST(Sign, SignsSignedInfoWithTheNamespacesOfTheRootInOrder) {
  const auto found =
      signing::verify(signed_text(message("<ceb:Order/>", ceb_declaration)), {.now = tests::signing_time});
  EXPECT_TRUE(found.canonical_signed_info.starts_with(
      "<ds:SignedInfo xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><ds:CanonicalizationMethod "))
      << found.canonical_signed_info;
}

TEST(Sign, RefusesAKeyOfTheWrongKind) {
  const auto& ours = Identities::shared();
  const auto made = signing::sign(message(""), *Identities::open(ours.rsa), dialect("sm2-sm3"), {});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.faults().front().code, "key.kind");
  EXPECT_FALSE(signing::sign(message(""), *Identities::open(ours.sm2), dialect("rsa-sha1"), {}));
}

TEST(Sign, RefusesWhatIsNoSafeXml) {
  const auto key = Identities::open(Identities::shared().sm2);
  const auto code = [&](const std::string& xml) {
    const auto made = signing::sign(xml, *key, dialect("sm2-sm3"), {});
    return made ? std::string("signed") : made.faults().front().code;
  };
  EXPECT_EQ(code(""), "xml.syntax");
  EXPECT_EQ(code("<a>"), "xml.syntax");
  EXPECT_EQ(code("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"), "xml.doctype");
  EXPECT_EQ(code(message("<ceb:Order><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/></ceb:Order>")),
            "signature.place");
  EXPECT_EQ(code("<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"), "signature.place");
}

// A key as a broken token would be: it answers, but wrongly; or not at all.
class BrokenKey final : public signing::Key {
 public:
  explicit BrokenKey(base::Result<std::string> answer)
      : real_(Identities::open(Identities::shared().sm2)), answer_(std::move(answer)) {}
  const signing::Certificate& certificate() const override { return real_->certificate(); }
  base::Result<std::string> sign(signing::SignatureAlgorithm, std::string_view) const override { return answer_; }
  base::Done check() const override { return base::Nothing{}; }
  unsigned parallel() const override { return 1; }

 private:
  std::shared_ptr<const signing::Key> real_;
  base::Result<std::string> answer_;
};

TEST(Sign, GivesNothingOutThatDoesNotVerify) {
  for (const auto& answer : {std::string(64, 'x'), std::string("short"), std::string()}) {
    const auto made = signing::sign(message(""), BrokenKey(answer), dialect("sm2-sm3"), {});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.faults().front().code, "signature.self");
  }
}

TEST(Sign, HandsOnWhatTheKeySaysWhenItCannotSign) {
  const base::Fault locked{.code = "key.locked", .path = {}, .zh = "锁定", .en = "locked", .source = {}};
  const auto made = signing::sign(message(""), BrokenKey(locked), dialect("sm2-sm3"), {});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.faults().front().code, "key.locked");
}

TEST(Sign, WorksOnFourThreadsWithOneKey) {
  const auto key = Identities::open(Identities::shared().sm2);
  std::vector<std::thread> threads;
  std::atomic<int> valid = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        const auto input = message("<ceb:Order>" + std::to_string(t * 100 + i) + "</ceb:Order>");
        const auto made = signing::sign(input, *key, dialect("sm2-sm3"), {});
        if (made && signing::verify(*made, {.now = tests::signing_time}).valid) ++valid;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(valid.load(), 100);
}

}  // namespace
