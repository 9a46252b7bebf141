// Every named cause made on purpose, by a signer that does one thing otherwise, and recognised by its name alone.
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "base/base64.h"
#include "signing/digest.h"
#include "signing/signature_value.h"
#include "signing/verify.h"
#include "tests/signing/careless_signer.h"
#include "tests/signing/messages.h"

namespace {

using signing::DigestAlgorithm;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::Carelessness;
using tests::hexadecimal;
using tests::Identities;
using tests::replaced;
using tests::sign_carelessly;

using Names = std::vector<std::string>;

const std::string order = tests::message(
    "\n  <ceb:Order><ceb:goodsName>\xE8\x8C\xB6\xE5\x8F\xB6</ceb:goodsName><ceb:note></ceb:note></ceb:Order>\n");
// Without white space between its elements, as many programs write it.
const std::string compact =
    tests::message("<ceb:Order><ceb:goodsValue>14000</ceb:goodsValue><ceb:note></ceb:note></ceb:Order>");

std::set<std::string>& produced() {
  static std::set<std::string> names;
  return names;
}

signing::VerifyTerms usual_terms() { return {.now = tests::signing_time}; }

signing::VerifyTerms expecting(const signing::Dialect& dialect) {
  return {.now = tests::signing_time, .expected = &dialect};
}

signing::Verification judged(const std::string& text, const signing::VerifyTerms& terms = usual_terms()) {
  auto found = signing::verify(text, terms);
  for (const auto& cause : found.causes) {
    EXPECT_FALSE(cause.zh.empty() || cause.en.empty()) << cause.name;
    EXPECT_EQ((cause.zh + cause.en).find("{}"), std::string::npos) << cause.name;
    produced().insert(cause.name);
  }
  return found;
}

Names causes(const std::string& text, const signing::VerifyTerms& terms = usual_terms()) {
  const auto found = judged(text, terms);
  EXPECT_EQ(found.valid, !base::has_error(found.faults));
  Names names;
  for (const auto& cause : found.causes) names.push_back(cause.name);
  return names;
}

signing::StepVerdict step_verdict(const signing::Verification& found, const std::string& name) {
  return std::ranges::find(found.steps, name, &signing::Step::name)->verdict;
}

std::string without_xsi(const std::string& text) { return replaced(text, tests::xsi_declaration, ""); }
std::string with_crlf(std::string text) {
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.insert(at, "\r");
  return text;
}
std::string as_base64(const std::string& bytes) { return base::base64(bytes); }

// Line breaks between all tags from `begin` to `end`, as formatting programs put them.
std::string formatted(std::string text, const std::string& begin, const std::string& end) {
  const auto stop = text.find(end);
  std::size_t at = text.find(begin);
  for (std::size_t shift = 0; (at = text.find("><", at)) < stop + shift; at += 6, shift += 5)
    text.insert(at + 1, "\n    ");
  return text;
}

class Causes : public testing::TestWithParam<std::string> {
 protected:
  bool rsa() const { return GetParam().starts_with("rsa"); }
  DigestAlgorithm digest() const { return GetParam() == "sm2-sm3" ? DigestAlgorithm::sm3 : DigestAlgorithm::sha1; }
  std::string made(const Carelessness& how, const std::string& text = order) const {
    return sign_carelessly(text, GetParam(), how);
  }
};

TEST_P(Causes, AreNoneForACarefulSignature) {
  EXPECT_TRUE(judged(made({})).valid);
  EXPECT_THAT(causes(made({})), IsEmpty());
  EXPECT_TRUE(judged(made({}, compact)).valid);
}

TEST_P(Causes, AreNoneForDamageThatNobodyCanName) {
  const auto text = made({});
  EXPECT_THAT(causes(replaced(text, "\xE8\x8C\xB6", "\xE6\xB0\xB4")), IsEmpty());
  const auto value = text.find("<ds:SignatureValue>") + 19;
  auto changed = text;
  changed[value] = changed[value] == 'A' ? 'B' : 'A';
  EXPECT_THAT(causes(changed), IsEmpty());
  const auto digest = text.find("<ds:DigestValue>") + 16;
  changed = text;
  changed[digest] = changed[digest] == 'A' ? 'B' : 'A';
  EXPECT_THAT(causes(changed), IsEmpty());
}

TEST_P(Causes, WhiteSpaceAddedBetweenElements) {
  const auto text = made({}, compact);
  EXPECT_THAT(causes(formatted(text, "<ceb:Order>", "<ds:Signature")), ElementsAre("white-space-added"));
  EXPECT_THAT(causes(replaced(text, "<ds:Signature ", "\n  <ds:Signature ")), ElementsAre("white-space-added"));
  EXPECT_THAT(causes(replaced(text, "<ceb:note></ceb:note>", "<ceb:note>\n</ceb:note>")),
              ElementsAre("white-space-added"));
  EXPECT_THAT(causes(replaced(text, ">14000<", ">\n14000\n<")), ElementsAre("white-space-added"));
}

TEST_P(Causes, WhiteSpaceAddedBesideTheSignatureOfAFormattedMessage) {
  const auto text = made({});
  EXPECT_THAT(causes(replaced(text, "<ds:Signature ", "  <ds:Signature ")), ElementsAre("white-space-added"));
  EXPECT_THAT(causes(replaced(text, "</ds:Signature>", "</ds:Signature>\n")), ElementsAre("white-space-added"));
}

TEST_P(Causes, SignedInfoFormattedAfterSigning) {
  const auto text = made({});
  EXPECT_THAT(causes(formatted(text, "<ds:SignedInfo>", "</ds:Signature>")), ElementsAre("signed-info-formatted"));
  EXPECT_THAT(causes(replaced(text, "<ds:DigestValue>", "<ds:DigestValue>\n  ")), ElementsAre("signed-info-formatted"));
}

TEST_P(Causes, BothFormattedAreBothTold) {
  EXPECT_THAT(causes(formatted(made({}, compact), "<ceb:Order>", "</ceb:CEB311Message>")),
              ElementsAre("white-space-added", "signed-info-formatted"));
}

TEST_P(Causes, NamespaceAddedToOrLostFromTheRoot) {
  const auto text = made({});
  const auto lost = judged(without_xsi(text));
  EXPECT_THAT(causes(without_xsi(text)), ElementsAre("namespace-changed"));
  EXPECT_NE(lost.causes.front().en.find("declared with xmlns:xsi"), std::string::npos) << lost.causes.front().en;
  const std::string xsd = " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"";
  const auto added = replaced(text, tests::xsi_declaration, tests::xsi_declaration + xsd);
  EXPECT_THAT(causes(added), ElementsAre("namespace-changed"));
  EXPECT_NE(judged(added).causes.front().en.find("declared without xmlns:xsd"), std::string::npos);
  const auto dxp = replaced(text, tests::xsi_declaration, " xmlns:dxp=\"http://www.chinaport.gov.cn/dxp\"");
  EXPECT_THAT(causes(dxp), ElementsAre("namespace-changed"));
  const auto ds = replaced(text, tests::xsi_declaration,
                           tests::xsi_declaration + " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"");
  EXPECT_THAT(causes(ds), ElementsAre("namespace-changed"));
  const std::string foreign = " xmlns:erp=\"urn:example:erp\"", more = " xmlns:soap=\"urn:example:soap\"";
  EXPECT_THAT(causes(replaced(text, tests::xsi_declaration, tests::xsi_declaration + foreign)),
              ElementsAre("namespace-changed"));
  const auto both = replaced(text, tests::xsi_declaration, tests::xsi_declaration + foreign + more);
  EXPECT_THAT(causes(both), ElementsAre("namespace-changed"));
  EXPECT_NE(judged(both).causes.front().en.find("declared without xmlns:erp, xmlns:soap"), std::string::npos);
}

TEST_P(Causes, NamespaceLostAndMessageFormatted) {
  const auto text = formatted(without_xsi(made({}, compact)), "<ceb:Order>", "<ds:Signature");
  EXPECT_THAT(causes(text), ElementsAre("white-space-added", "namespace-changed"));
}

TEST_P(Causes, DigestWithoutADeclarationThatTheRootHas) {
  EXPECT_THAT(causes(made({.digested = without_xsi})), ElementsAre("namespace-changed"));
}

TEST_P(Causes, ExclusiveC14n) {
  const auto own_only = [](const std::string& text) { return replaced(without_xsi(text), tests::ceb_declaration, ""); };
  EXPECT_THAT(causes(made({.signed_text = own_only})), ElementsAre("exclusive-c14n"));
  EXPECT_THAT(causes(made({.digested = without_xsi, .signed_text = own_only})), ElementsAre("exclusive-c14n"));
  const auto none = [&](const std::string& text) {
    return replaced(own_only(text), " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"", "");
  };
  EXPECT_THAT(causes(made({.signed_text = none})), ElementsAre("signed-info-without-namespace"));
  EXPECT_THAT(causes(made({.signed_text = without_xsi})), ElementsAre("signed-info-namespaces"));
}

TEST_P(Causes, SignedInfoAsItIsWritten) {
  const auto abbreviated = [](std::string text) {
    for (const std::string name : {"CanonicalizationMethod", "SignatureMethod", "Transform", "DigestMethod"}) {
      text = replaced(text, "></ds:" + name + ">", "/>");
    }
    return text;
  };
  std::string written;
  const auto keep = [&](const std::string& text) { return written = abbreviated(text); };
  const auto raw = [&](const std::string&) { return written; };
  EXPECT_THAT(causes(made({.signed_text = raw, .signed_info = keep})), ElementsAre("raw-signed-info"));
}

TEST_P(Causes, CommentsDigested) {
  const auto text = replaced(order, "<ceb:Order>", "<!-- c --><ceb:Order>");
  EXPECT_THAT(causes(made({}, text)), ElementsAre("comments-digested"));
}

TEST_P(Causes, BomAndDeclarationDigested) {
  const std::string bom = "\xEF\xBB\xBF", declaration = order.substr(0, order.find('\n') + 1);
  const auto behind = [](const std::string& front) {
    return [front](const std::string& text) { return front + text; };
  };
  EXPECT_THAT(causes(made({.digested = behind(bom)})), ElementsAre("bom-digested"));
  EXPECT_THAT(causes(made({.digested = behind(declaration)})), ElementsAre("declaration-digested"));
  EXPECT_THAT(causes(made({.digested = [&](const std::string&) { return order; }})),
              ElementsAre("declaration-digested"));
  EXPECT_THAT(causes(bom + made({.digested = [&](const std::string&) { return bom + order; }})),
              ElementsAre("bom-digested", "declaration-digested"));
}

TEST_P(Causes, RawTextDigested) {
  const auto text = replaced(order, "<ceb:note></ceb:note>", "<ceb:note/>");
  EXPECT_THAT(causes(made({}, text)), ElementsAre("raw-digested"));
  EXPECT_THAT(causes(made({.digested = [&](const std::string&) { return text; }}, text)), ElementsAre("raw-digested"));
}

TEST_P(Causes, LineEndsAndEncodingDigested) {
  EXPECT_THAT(causes(made({.digested = with_crlf})), ElementsAre("crlf-digested"));
  EXPECT_THAT(causes(made({}, with_crlf(order))), ElementsAre("crlf-digested"));
  const auto references = [](const std::string& text) {
    std::string made;
    for (const char c : text) made += c == '\n' ? "&#xD;\n" : std::string(1, c);
    return made;
  };
  EXPECT_THAT(causes(made({.digested = references})), ElementsAre("crlf-digested"));
  const auto gbk = [](const std::string& text) {
    return replaced(text, "\xE8\x8C\xB6\xE5\x8F\xB6", "\xB2\xE8\xD2\xB6");
  };
  EXPECT_THAT(causes(made({.digested = gbk})), ElementsAre("gbk-digested"));
}

TEST_P(Causes, SignatureElementDigested) {
  const auto with_empty = [](const std::string& text) {
    return replaced(
        text, "</ceb:CEB311Message>",
        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"></ds:Signature></ceb:CEB311Message>");
  };
  EXPECT_THAT(causes(made({.digested = with_empty})), ElementsAre("signature-digested"));
  // The whole skeleton with its values still empty.
  const auto done = made({});
  auto skeleton = done.substr(done.find("<ceb:"), done.rfind('>') + 1 - done.find("<ceb:"));
  for (const std::string name : {"DigestValue", "SignatureValue"}) {
    const auto begin = skeleton.find("<ds:" + name + ">") + name.size() + 5;
    skeleton.erase(begin, skeleton.find("</ds:" + name) - begin);
  }
  EXPECT_THAT(causes(made({.digested = [&](const std::string&) { return skeleton; }})),
              ElementsAre("signature-digested"));
}

TEST_P(Causes, DigestOfAnotherAlgorithm) {
  for (const auto other : {DigestAlgorithm::sm3, DigestAlgorithm::sha1, DigestAlgorithm::sha256}) {
    if (other == digest()) continue;
    const auto text = made({.digest = [&](const std::string& bytes) { return signing::digest_of(other, bytes); }});
    EXPECT_THAT(causes(text), ElementsAre("digest-algorithm"));
  }
}

TEST_P(Causes, DigestValueWrittenOtherwise) {
  EXPECT_THAT(causes(made({.written_digest = hexadecimal})), ElementsAre("hex-value"));
  const auto twice = [](const std::string& bytes) { return as_base64(hexadecimal(bytes)); };
  EXPECT_THAT(causes(made({.written_digest = twice})), ElementsAre("base64-of-hex"));
}

TEST_P(Causes, SignatureValueWrittenOtherwise) {
  EXPECT_THAT(causes(made({.written_value = hexadecimal})), ElementsAre("hex-value"));
  const auto of_hex = [](const std::string& bytes) { return as_base64(hexadecimal(bytes)); };
  EXPECT_THAT(causes(made({.written_value = of_hex})), ElementsAre("base64-of-hex"));
  const auto twice = [](const std::string& bytes) { return as_base64(as_base64(bytes)); };
  EXPECT_THAT(causes(made({.written_value = twice})), ElementsAre("base64-twice"));
}

TEST_P(Causes, DigestOfSignedInfoSignedAsTheMessage) {
  const auto algorithm = rsa() ? DigestAlgorithm::sha1 : DigestAlgorithm::sm3;
  const auto once_more = [=](const std::string& text) { return signing::digest_of(algorithm, text); };
  EXPECT_THAT(causes(made({.signed_text = once_more})), ElementsAre("digest-of-digest"));
}

TEST_P(Causes, KeyNameThatIsNotTheSerial) {
  const auto& serial = (rsa() ? Identities::shared().rsa : Identities::shared().sm2).serial;
  const auto text = replaced(made({}), "<ds:KeyName>" + serial, "<ds:KeyName>operator");
  EXPECT_TRUE(judged(text).valid);
  EXPECT_THAT(causes(text), ElementsAre("key-name"));
}

TEST_P(Causes, AnotherDialectThanThePortTakes) {
  for (const auto& expected : signing::standard_dialects()) {
    if (expected.name == GetParam()) {
      EXPECT_THAT(causes(made({}), expecting(expected)), IsEmpty());
      continue;
    }
    const auto found = judged(made({}), expecting(expected));
    EXPECT_FALSE(found.valid);
    EXPECT_EQ(step_verdict(found, "dialect"), signing::StepVerdict::bad);
    EXPECT_EQ(step_verdict(found, "signed-info"), signing::StepVerdict::good);
    EXPECT_THAT(causes(made({}), expecting(expected)), ElementsAre("wrong-algorithm"));
  }
}

TEST_P(Causes, UrisOfNoDialectOverAGoodSignature) {
  auto dialect = *signing::find_dialect(signing::standard_dialects(), GetParam());
  dialect.signature_method = "http://www.w3.org/2001/04/xmldsig-more#of-nobody";
  const auto text = sign_carelessly(order, dialect, {});
  const auto found = judged(text);
  EXPECT_FALSE(found.valid);
  EXPECT_THAT(causes(text), ElementsAre("wrong-algorithm"));
  EXPECT_NE(found.causes.front().en.find("which is " + GetParam()), std::string::npos) << found.causes.front().en;
  EXPECT_THAT(causes(replaced(text, "\xE8\x8C\xB6", "\xE6\xB0\xB4")), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Dialects, Causes, testing::Values("sm2-sm3", "hainan-sm2", "rsa-sha1"), [](const auto& given) {
  std::string name = given.param;
  std::erase(name, '-');
  return name;
});

std::string sm2(const Carelessness& how) { return sign_carelessly(order, "sm2-sm3", how); }

TEST(Sm2Causes, DerAndTheOtherWayRound) {
  const auto der = [](const std::string& value) { return as_base64(signing::der_of_sm2_value(value)); };
  const auto found = judged(sm2({.written_value = der}));
  EXPECT_EQ(step_verdict(found, "value-form"), signing::StepVerdict::bad);
  EXPECT_EQ(step_verdict(found, "signed-info"), signing::StepVerdict::good);
  EXPECT_THAT(causes(sm2({.written_value = der})), ElementsAre("der-value"));

  auto with_der = *signing::find_dialect(signing::standard_dialects(), "sm2-sm3");
  with_der.name = "with-der";
  with_der.value_form = signing::ValueForm::der;
  const signing::VerifyTerms terms{.now = tests::signing_time, .dialects = {&with_der, 1}};
  EXPECT_THAT(causes(sign_carelessly(order, with_der, {}), terms), IsEmpty());
  EXPECT_THAT(causes(sm2({}), terms), ElementsAre("raw-value"));
}

TEST(Sm2Causes, ADerValueOverAnotherSignedInfoIsNotNamed) {
  const auto der = [](const std::string& value) { return as_base64(signing::der_of_sm2_value(value)); };
  const auto other = [](const std::string& text) { return text + " "; };
  EXPECT_THAT(causes(sm2({.signed_text = other, .written_value = der})), IsEmpty());
}

TEST(Sm2Causes, HalvesInAnotherOrder) {
  const auto swapped = [](const std::string& value) { return as_base64(value.substr(32) + value.substr(0, 32)); };
  EXPECT_THAT(causes(sm2({.written_value = swapped})), ElementsAre("swapped-halves"));
  const auto little_endian = [](const std::string& value) {
    const std::string turned(value.rbegin(), value.rend());
    return as_base64(turned.substr(32) + turned.substr(0, 32));
  };
  EXPECT_THAT(causes(sm2({.written_value = little_endian})), ElementsAre("little-endian-value"));
}

TEST(Sm2Causes, HalvesOfAnotherLength) {
  const auto with_sign = [](const std::string& value) {
    return as_base64(std::string(1, '\0') + value.substr(0, 32) + std::string(1, '\0') + value.substr(32));
  };
  const auto blob = [](const std::string& value) {  // as SKF has them
    return as_base64(std::string(32, '\0') + value.substr(0, 32) + std::string(32, '\0') + value.substr(32));
  };
  EXPECT_THAT(causes(sm2({.written_value = with_sign})), ElementsAre("value-padding"));
  EXPECT_THAT(causes(sm2({.written_value = blob})), ElementsAre("value-padding"));
  const auto short_r = [](EVP_PKEY* key, const std::string& text) {
    std::string value;
    do {
      value = tests::sm2_value(key, signing::sm2_digest(key, text, signing::customs_user_id));
    } while (value.front() != '\0');
    return value;
  };
  const auto stripped = [](const std::string& value) { return as_base64(value.substr(1)); };
  EXPECT_THAT(causes(sm2({.value = short_r, .written_value = stripped})), ElementsAre("value-padding"));
}

TEST(Sm2Causes, OtherUserIds) {
  const auto& serial = Identities::shared().sm2.serial;
  for (const auto& id : Names{"", "ALICE123@YAHOO.COM", serial, "operator", "测试跨境电商有限公司"}) {
    const auto text = sm2({.value = [&](EVP_PKEY* key, const std::string& signed_text) {
      return tests::sm2_value(key, signing::sm2_digest(key, signed_text, id));
    }});
    EXPECT_THAT(causes(text), ElementsAre("other-user-id")) << id;
    EXPECT_NE(judged(text).causes.front().en.find(id.empty() ? "the empty text" : id), std::string::npos);
  }
  const auto unknown = sm2({.value = [](EVP_PKEY* key, const std::string& signed_text) {
    return tests::sm2_value(key, signing::sm2_digest(key, signed_text, "nobody knows"));
  }});
  EXPECT_THAT(causes(unknown), IsEmpty());
}

TEST(Sm2Causes, DigestsWithoutZaOrOfAnotherAlgorithm) {
  const auto over = [](DigestAlgorithm algorithm) {
    return [algorithm](EVP_PKEY* key, const std::string& text) {
      return tests::sm2_value(key, signing::digest_of(algorithm, text));
    };
  };
  EXPECT_THAT(causes(sm2({.value = over(DigestAlgorithm::sm3)})), ElementsAre("without-za"));
  EXPECT_THAT(causes(sm2({.value = over(DigestAlgorithm::sha256)})), ElementsAre("signature-digest"));
}

TEST(Sm2Causes, SeveralAtOnceAreAllTold) {
  const auto der = [](const std::string& value) { return as_base64(signing::der_of_sm2_value(value)); };
  const auto text = sm2({.value =
                             [](EVP_PKEY* key, const std::string& signed_text) {
                               return tests::sm2_value(key, signing::sm2_digest(key, signed_text, ""));
                             },
                         .written_value = der});
  EXPECT_THAT(causes(formatted(text, "<ds:SignedInfo>", "</ds:Signature>")),
              ElementsAre("der-value", "signed-info-formatted", "other-user-id"));
}

std::string rsa(const Carelessness& how) { return sign_carelessly(order, "rsa-sha1", how); }

TEST(RsaCauses, AnotherDigestOrNoDigestInfo) {
  EXPECT_THAT(causes(rsa({.value =
                              [](EVP_PKEY* key, const std::string& text) {
                                return tests::rsa_value(key, EVP_sha256(),
                                                        signing::digest_of(DigestAlgorithm::sha256, text));
                              }})),
              ElementsAre("signature-digest"));
  EXPECT_THAT(causes(rsa({.value =
                              [](EVP_PKEY* key, const std::string& text) {
                                return tests::rsa_value_without_digest_info(
                                    key, signing::digest_of(DigestAlgorithm::sha1, text));
                              }})),
              ElementsAre("bare-digest"));
}

TEST(RsaCauses, BytesTurnedRound) {
  const auto turned = [](const std::string& value) { return as_base64({value.rbegin(), value.rend()}); };
  EXPECT_THAT(causes(rsa({.written_value = turned})), ElementsAre("little-endian-value"));
}

TEST(RsaCauses, TellsThatTheKeyIsRightWhereOnlySignedInfoWasChanged) {
  const auto text = rsa({});
  auto changed = text;
  const auto digest = text.find("<ds:DigestValue>") + 16;
  changed[digest] = changed[digest] == 'A' ? 'B' : 'A';
  std::string said;
  for (const auto& fault : judged(changed).faults) said += fault.en;
  EXPECT_NE(said.find("this certificate's key has made the value"), std::string::npos) << said;
}

TEST(RsaCauses, DigestMethodSaysSm3AndTheDigestIsOfSha1AtTheWrongPort) {
  const auto* expected = signing::find_dialect(signing::standard_dialects(), "sm2-sm3");
  EXPECT_THAT(
      causes(sign_carelessly(
                 order, "hainan-sm2",
                 {.digest = [](const std::string& bytes) { return signing::digest_of(DigestAlgorithm::sm3, bytes); }}),
             expecting(*expected)),
      ElementsAre("wrong-algorithm", "digest-algorithm"));
}

TEST(CauseNames, AreAllDescribed) {
  const auto page = tests::read_file(tests::source_directory() / "docs/formats/verification.md");
  for (const auto& name : signing::cause_names()) EXPECT_NE(page.find("| `" + name + "` |"), std::string::npos) << name;
  for (const auto& one : judged(order).steps)
    EXPECT_NE(page.find("| `" + one.name + "` |"), std::string::npos) << one.name;
}

class AllCauses : public testing::Environment {
 public:
  // Only where all of them ran.
  void TearDown() override {
    if (testing::GTEST_FLAG(filter) != "*") return;
    for (const auto& name : signing::cause_names()) EXPECT_TRUE(produced().contains(name)) << name << " was never made";
  }
};
[[maybe_unused]] const auto* const environment = testing::AddGlobalTestEnvironment(new AllCauses);

}  // namespace
