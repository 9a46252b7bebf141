#include "signing/verify.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "base/base64.h"
#include "signing/sign.h"
#include "tests/signing/messages.h"

namespace {

using tests::ceb_declaration;
using tests::Identities;
using tests::message;
using tests::replaced;
using tests::signing_time;
using tests::xsi_declaration;

const std::string verified_order = message("\n  <ceb:Order><ceb:goodsValue>14000</ceb:goodsValue></ceb:Order>\n");
const std::string ds_declaration = " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"";

std::string signed_order(const std::string& dialect = "sm2-sm3") {
  const auto& wanted = *signing::find_dialect(signing::standard_dialects(), dialect);
  auto made = signing::sign(verified_order, *Identities::shared().key_for(wanted), wanted, {});
  EXPECT_TRUE(made);
  return *std::move(made);
}

std::string text_between(const std::string& text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

std::string with_value(const std::string& text, const std::string& value) {
  return replaced(text, text_between(text, "<ds:SignatureValue>", "</ds:SignatureValue>"), value);
}

// The signature made anew over what SignedInfo now says, declared as `declarations` say: an attacker with a key of his
// own, or a program with another idea of the rules.
std::string signed_again(const std::string& text, const signing::Key& key,
                         const std::string& declarations = ceb_declaration + ds_declaration + xsi_declaration) {
  const auto inside = text_between(text, "<ds:SignedInfo>", "</ds:SignedInfo>");
  const auto algorithm = key.certificate().key_kind == signing::KeyKind::sm2 ? signing::SignatureAlgorithm::sm2_sm3
                                                                             : signing::SignatureAlgorithm::rsa_sha1;
  const auto value = key.sign(algorithm, "<ds:SignedInfo" + declarations + ">" + inside + "</ds:SignedInfo>");
  EXPECT_TRUE(value);
  return with_value(text, base::base64(*value));
}

std::shared_ptr<const signing::Key> sm2_key() { return Identities::open(Identities::shared().sm2); }

signing::Verification verdict_on(const std::string& text) { return signing::verify(text, {.now = signing_time}); }

signing::Trust roots(const std::filesystem::path& file) {
  const std::vector<std::filesystem::path> files{file};
  return *signing::Trust::from_files(files);
}

std::string codes(const signing::Verification& found, base::Severity severity = base::Severity::error) {
  std::string all;
  for (const auto& fault : found.faults) {
    EXPECT_FALSE(fault.zh.empty() || fault.en.empty()) << fault.code;
    if (fault.severity == severity) all += (all.empty() ? "" : " ") + fault.code;
  }
  return all;
}

std::string said(const signing::Verification& found) {
  std::string all;
  for (const auto& fault : found.faults) all += fault.en + "\n";
  return all;
}

signing::StepVerdict verdict_of_step(const signing::Verification& found, const std::string& name) {
  const auto at = std::find_if(found.steps.begin(), found.steps.end(), [&](const auto& s) { return s.name == name; });
  EXPECT_NE(at, found.steps.end()) << name;
  return at->verdict;
}

void expect_refused(const std::string& text, const std::string& code, const std::string& words = {}) {
  const auto found = verdict_on(text);
  EXPECT_FALSE(found.valid) << code;
  EXPECT_EQ(codes(found), code);
  EXPECT_NE(said(found).find(words), std::string::npos) << said(found);
}

TEST(Verify, WithoutRootsSaysThatNoChainWasJudged) {
  const auto found = verdict_on(signed_order());
  EXPECT_TRUE(found.valid);
  EXPECT_EQ(codes(found, base::Severity::warning), "certificate.chain");
  EXPECT_NE(said(found).find("no chain judged"), std::string::npos);
  EXPECT_EQ(verdict_of_step(found, "chain"), signing::StepVerdict::not_checked);
  EXPECT_EQ(verdict_of_step(found, "dates"), signing::StepVerdict::good);
  EXPECT_EQ(found.certificate->serial, Identities::shared().sm2.serial);
}

TEST(Verify, TellsEveryStepOnceWhateverIsWrong) {
  for (const auto& text : {signed_order(), verified_order, std::string("<a"), with_value(signed_order(), "AAAA")}) {
    const auto found = verdict_on(text);
    EXPECT_EQ(found.steps.size(), 14U);
    for (const auto& one : found.steps) EXPECT_FALSE(one.zh.empty() || one.en.empty()) << one.name;
    const auto bad = std::any_of(found.steps.begin(), found.steps.end(),
                                 [](const auto& s) { return s.verdict == signing::StepVerdict::bad; });
    EXPECT_NE(bad, found.valid);
  }
}

TEST(Verify, AcceptsWhatTheParserEvensOut) {
  auto windows = signed_order();
  for (std::size_t at = 0; (at = windows.find('\n', at)) != std::string::npos; at += 2) windows.insert(at, "\r");
  EXPECT_TRUE(verdict_on(windows).valid);
  EXPECT_TRUE(verdict_on("\xEF\xBB\xBF" + signed_order()).valid);
  EXPECT_TRUE(verdict_on(replaced(signed_order(), "<ds:KeyInfo>", "\n<ds:KeyInfo>\n")).valid);
}

TEST(Verify, ToleratesC14nAsTheSecondTransform) {
  const std::string c14n =
      "<ds:Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></ds:Transform></ds:Transforms>";
  const auto text = replaced(signed_order(), "</ds:Transforms>", c14n);
  EXPECT_TRUE(verdict_on(signed_again(text, *sm2_key())).valid);
}

TEST(Verify, RefusesOtherTransformsEvenWellSigned) {
  const auto text = signed_order();
  const auto refused = [](const std::string& changed) {
    expect_refused(signed_again(changed, *sm2_key()), "signature.transforms");
  };
  refused(replaced(text, "xml-c14n-20010315", "xml-c14n-20010315#WithComments"));
  refused(replaced(text, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2001/10/xml-exc-c14n#"));
  refused(replaced(text, "#enveloped-signature", "#base64"));
  refused(replaced(text, "</ds:Transforms>",
                   "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"></ds:Transform>"
                   "</ds:Transforms>"));
  const auto transform = text_between(text, "<ds:Transforms>", "</ds:Transforms>");
  refused(replaced(text, transform, ""));
  refused(replaced(text, transform, transform + transform));
}

TEST(Verify, RefusesASignatureOverAPartOfTheMessage) {
  const auto text = replaced(signed_order(), "<ceb:Order>", "<ceb:Order Id=\"x\">");
  const auto part = signed_again(replaced(text, "URI=\"\"", "URI=\"#x\""), *sm2_key());
  const auto found = verdict_on(part);
  EXPECT_FALSE(found.valid);
  EXPECT_EQ(codes(found), "signature.reference");
  EXPECT_NE(said(found).find("URI=\"#x\""), std::string::npos);
  expect_refused(replaced(signed_order(), " URI=\"\"", ""), "signature.reference");
  expect_refused(replaced(signed_order(), "URI=\"\"", "URI=\"#xpointer(/)\""), "signature.reference");
}

TEST(Verify, RefusesASignatureThatIsNotTheOneChildOfTheRoot) {
  const auto text = signed_order();
  const auto signature = "<ds:Signature " + text_between(text, "<ds:Signature ", "</ds:Signature>") + "</ds:Signature>";
  const auto unsigned_text = replaced(text, signature, "");
  expect_refused(unsigned_text, "signature.absent");
  expect_refused(replaced(unsigned_text, "</ceb:Order>", signature + "</ceb:Order>"), "signature.place");
  expect_refused(replaced(text, signature, signature + signature), "signature.count", "2 signatures");
  expect_refused(replaced(text, "</ds:KeyInfo>", signature + "</ds:KeyInfo>"), "signature.count");
  expect_refused(signature, "signature.place");
  expect_refused(replaced(text, "</ceb:CEB311Message>", "<w>" + unsigned_text.substr(39) + "</w></ceb:CEB311Message>"),
                 "signature.digest");
}

TEST(Verify, RefusesAMisformedSignature) {
  const auto text = signed_order();
  expect_refused(replaced(text, "</ds:KeyInfo>", "</ds:KeyInfo><ds:Object></ds:Object>"), "signature.form");
  expect_refused(replaced(text, "</ds:Reference>", "</ds:Reference><ds:Reference URI=\"\"></ds:Reference>"),
                 "signature.form");
  expect_refused(replaced(text, "<ds:DigestValue>", "<ds:DigestValu>"), "xml.syntax");
  expect_refused(replaced(text, "#sm3\"></ds:DigestMethod>", "#sm3\"><a></a></ds:DigestMethod>"), "signature.form");
  expect_refused(replaced(text, "<ds:SignatureMethod Algorithm", "<ds:SignatureMethod Algorithms"), "signature.form");
}

TEST(Verify, RefusesAlgorithmsOfNoDialectAndNamesTheAllowedOnes) {
  const auto rsa = Identities::open(Identities::shared().rsa);
  const auto text = replaced(signed_order("rsa-sha1"), "xmldsig#rsa-sha1", "xmldsig-more#rsa-sha256");
  expect_refused(signed_again(text, *rsa), "signature.dialect",
                 "rsa-sha1 = http://www.w3.org/2000/09/xmldsig#rsa-sha1");
  const auto mixed = replaced(signed_order(), "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3",
                              "http://www.w3.org/2000/09/xmldsig#sm2-sm3");
  expect_refused(signed_again(mixed, *sm2_key()), "signature.dialect");
}

TEST(Verify, RefusesAKeyOfAnotherKindThanTheMethod) {
  const auto sm2 = signed_order("sm2-sm3"), rsa = signed_order("rsa-sha1");
  const auto certificate = [](const std::string& text) { return text_between(text, "<ds:KeyInfo>", "</ds:KeyInfo>"); };
  expect_refused(replaced(sm2, certificate(sm2), certificate(rsa)), "signature.key", "the certificate has an RSA key");
  expect_refused(replaced(rsa, certificate(rsa), certificate(sm2)), "signature.key", "the certificate has an SM2 key");
}

TEST(Verify, RefusesAnothersCertificate) {
  tests::ScratchDirectory scratch;
  tests::TestAuthority authority(scratch.path());
  const auto other = Identities::open(authority.issue_sm2("other"));
  const auto text = signed_order();
  const auto ours = text_between(text, "<ds:X509Certificate>", "</ds:X509Certificate>");
  const auto found = verdict_on(replaced(text, ours, base::base64(other->certificate().der)));
  EXPECT_FALSE(found.valid);
  EXPECT_EQ(codes(found), "signature.mismatch");
  EXPECT_EQ(codes(found, base::Severity::warning), "signature.key-name certificate.chain");
}

TEST(Verify, WarnsOfAKeyNameThatIsNotTheSerial) {
  const auto& serial = Identities::shared().sm2.serial;
  for (const auto& name : {std::string("x"), std::string(), "00" + serial}) {
    const auto found = verdict_on(replaced(signed_order(), "<ds:KeyName>" + serial, "<ds:KeyName>" + name));
    EXPECT_TRUE(found.valid);
    EXPECT_EQ(codes(found, base::Severity::warning), "signature.key-name certificate.chain");
  }
}

TEST(Verify, RefusesACertificateThatIsNone) {
  const auto text = signed_order();
  const auto ours = text_between(text, "<ds:X509Certificate>", "</ds:X509Certificate>");
  expect_refused(replaced(text, ours, ""), "signature.certificate", "absent");
  expect_refused(replaced(text, ours, "AAAA"), "signature.certificate", "no X.509");
  expect_refused(replaced(text, ours, "*"), "signature.certificate", "no Base64");
  expect_refused(replaced(text, ours, ours.substr(0, ours.size() - 4)), "signature.certificate");
  expect_refused(replaced(text, "<ds:X509Data>", "<ds:X509Dat>"), "xml.syntax");
}

TEST(Verify, TellsWhatIsWrongWithTheValue) {
  expect_refused(with_value(signed_order(), ""), "signature.value", "empty");
  expect_refused(with_value(signed_order(), "?"), "signature.value", "Base64");
  expect_refused(with_value(signed_order(), base::base64(std::string(63, 'x'))), "signature.value", "63 bytes");
  expect_refused(with_value(signed_order(), base::base64(std::string(64, 'x'))), "signature.mismatch", "was changed");
  expect_refused(with_value(signed_order(), base::base64(std::string(64, '\0'))), "signature.mismatch");
  expect_refused(with_value(signed_order(), base::base64(std::string(64, '\xFF'))), "signature.mismatch");
  expect_refused(with_value(signed_order("rsa-sha1"), base::base64("x")), "signature.mismatch");
}

TEST(Verify, RecognisesExclusiveC14n) {
  expect_refused(signed_again(signed_order(), *sm2_key(), ds_declaration), "signature.mismatch",
                 "valid if SignedInfo declares its own namespace only");
}

TEST(Verify, TellsAContentChangeFromAChangedDigest) {
  const auto changed = replaced(signed_order(), "14000", "14001");
  const auto content = verdict_on(changed);
  EXPECT_EQ(codes(content), "signature.digest");
  EXPECT_EQ(verdict_of_step(content, "digest"), signing::StepVerdict::bad);
  EXPECT_EQ(verdict_of_step(content, "signed-info"), signing::StepVerdict::good);

  const auto digest = text_between(changed, "<ds:DigestValue>", "</ds:DigestValue>");
  const auto both = verdict_on(replaced(changed, digest, base::base64(std::string(32, 'x'))));
  EXPECT_EQ(codes(both), "signature.digest signature.mismatch");
}

TEST(Verify, TellsEveryFaultAtOnce) {
  auto text = replaced(signed_order(), "14000", "14001");
  text = with_value(text, base::base64(std::string(70, 'x')));
  expect_refused(text, "signature.value signature.digest");
}

TEST(Verify, FollowsTheChainOfEitherKind) {
  const auto& ours = Identities::shared();
  const auto sm2 = roots(ours.authority.sm2_root()), rsa = roots(ours.authority.rsa_root());
  EXPECT_TRUE(signing::verify(signed_order("sm2-sm3"), {.trust = &sm2, .now = signing_time}).valid);
  EXPECT_TRUE(signing::verify(signed_order("rsa-sha1"), {.trust = &rsa, .now = signing_time}).valid);
  EXPECT_EQ(codes(signing::verify(signed_order("sm2-sm3"), {.trust = &rsa, .now = signing_time})), "certificate.chain");

  tests::ScratchDirectory scratch;
  tests::TestAuthority namesake(scratch.path());  // the same names, other keys
  const auto false_roots = roots(namesake.sm2_root());
  EXPECT_EQ(codes(signing::verify(signed_order("sm2-sm3"), {.trust = &false_roots, .now = signing_time})),
            "certificate.chain");
}

TEST(Verify, JudgesDatesHardOnlyUnderRoots) {
  using namespace std::chrono;
  tests::ScratchDirectory scratch;
  tests::TestAuthority authority(scratch.path());
  const tests::TestValidity year{sys_days{2025y / 1 / 1}, sys_days{2026y / 1 / 1}};
  const auto key = Identities::open(authority.issue_sm2("old", year));
  const auto made = signing::sign(verified_order, *key, signing::default_dialect(signing::KeyKind::sm2), {});
  ASSERT_TRUE(made) << made.faults().front().en;
  const auto trust = roots(authority.sm2_root());
  const base::Time inside = sys_days{2025y / 6 / 1}, after = sys_days{2026y / 6 / 1}, before = sys_days{2024y / 6 / 1};
  EXPECT_TRUE(signing::verify(*made, {.trust = &trust, .now = inside}).valid);
  for (const auto outside : {after, before}) {
    EXPECT_EQ(codes(signing::verify(*made, {.trust = &trust, .now = outside})), "certificate.dates");
    const auto lenient = signing::verify(*made, {.now = outside});
    EXPECT_TRUE(lenient.valid);
    EXPECT_EQ(codes(lenient, base::Severity::warning), "certificate.chain certificate.dates");
  }
}

TEST(Verify, SurvivesEveryTruncationAndManyFlippedBytes) {
  const auto text = signed_order();
  for (std::size_t size = 0; size + 1 < text.size(); size += 13) EXPECT_FALSE(verdict_on(text.substr(0, size)).valid);
  const auto key_info = text.find("<ds:KeyInfo>");
  const auto root = text.find("<ceb:CEB311Message");
  for (std::size_t at = root; at < key_info; at += 11) {
    auto changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(verdict_on(changed).valid) << changed.substr(at > 20 ? at - 20 : 0, 40);
  }
}

TEST(Trust, NamesEveryFileItCannotUse) {
  tests::ScratchDirectory scratch;
  tests::write_file(scratch.path() / "empty.pem", "no certificate");
  const std::vector<std::filesystem::path> files{scratch.path() / "absent.pem", scratch.path() / "empty.pem"};
  const auto trust = signing::Trust::from_files(files);
  ASSERT_FALSE(trust);
  ASSERT_EQ(trust.faults().size(), 2U);
  EXPECT_EQ(trust.faults()[0].code, "trust.read");
  EXPECT_EQ(trust.faults()[1].code, "trust.form");
}

}  // namespace
