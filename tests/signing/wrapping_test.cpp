// What an attacker would do to a signed message: the signature moved, wrapped, doubled, made over something else, or
// attributed to another key. Each is refused, however well the rest is signed.
#include <gtest/gtest.h>

#include "base/base64.h"
#include "signing/verify.h"
#include "tests/signing/careless_signer.h"
#include "tests/signing/certificate_maker.h"
#include "tests/signing/messages.h"

namespace {

using tests::Carelessness;
using tests::Identities;
using tests::message;
using tests::replaced;

const std::string wrapped_order = message("<ceb:Order><ceb:orderNo>A1</ceb:orderNo></ceb:Order>");
const std::string order_of_another = "<ceb:Order><ceb:orderNo>B2</ceb:orderNo></ceb:Order>";

std::string made(const Carelessness& how = {}, const std::string& dialect = "sm2-sm3",
                 const std::string& text = wrapped_order) {
  return tests::sign_carelessly(text, dialect, how);
}

std::string element(const std::string& text, const std::string& name) {
  const auto begin = text.find("<" + name);
  const std::string close = "</" + name + ">";
  return text.substr(begin, text.find(close, begin) + close.size() - begin);
}

// The codes of its errors.
std::string refused(const std::string& text) {
  const auto found = signing::verify(text, {.now = tests::signing_time});
  EXPECT_FALSE(found.valid);
  std::string codes;
  for (const auto& fault : found.faults) {
    if (fault.severity == base::Severity::error) codes += (codes.empty() ? "" : " ") + fault.code;
  }
  return codes;
}

// SignedInfo changed before it is signed: so the value fits it.
std::string well_signed(const std::string& what, const std::string& with, const std::string& dialect = "sm2-sm3",
                        const std::string& text = wrapped_order) {
  return made({.signed_info = [&](const std::string& info) { return replaced(info, what, with); }}, dialect, text);
}

TEST(Wrapping, TheSignatureInAnExtendMessageIsRefused) {
  const auto text = made();
  const auto signature = element(text, "ds:Signature");
  const auto moved = replaced(text, signature, "<ceb:ExtendMessage>" + signature + "</ceb:ExtendMessage>");
  EXPECT_EQ(refused(moved), "signature.place");
}

TEST(Wrapping, TheSignedMessageInsideAnotherIsRefused) {
  const auto text = made();
  const auto whole = element(text, "ceb:CEB311Message");
  EXPECT_EQ(refused(message(order_of_another + whole)), "signature.place");
  EXPECT_EQ(refused(message(order_of_another + "<ceb:ExtendMessage>" + whole + "</ceb:ExtendMessage>")),
            "signature.place");
  // The signature hoisted out of it, over the root that is read.
  const auto signature = element(text, "ds:Signature");
  EXPECT_EQ(refused(message(order_of_another + replaced(whole, signature, "") + signature)), "signature.digest");
}

TEST(Wrapping, ADuplicatedChildOfTheRootIsAChange) {
  const auto text = made();
  const auto child = element(text, "ceb:Order");
  EXPECT_EQ(refused(replaced(text, child, child + child)), "signature.digest");
  EXPECT_EQ(refused(replaced(text, child, order_of_another + child)), "signature.digest");
}

TEST(Wrapping, AReferenceToAPartIsRefusedThoughThePartIsThere) {
  const auto text = message("<ceb:Order Id=\"part\"><ceb:orderNo>A1</ceb:orderNo></ceb:Order>");
  for (const std::string uri : {"#part", "#xpointer(id('part'))", "#", "http://host.invalid/order.xml", " "}) {
    EXPECT_EQ(refused(well_signed("URI=\"\"", "URI=\"" + uri + "\"", "sm2-sm3", text)), "signature.reference") << uri;
  }
}

TEST(Wrapping, SeveralReferencesAreRefused) {
  const auto info = element(made(), "ds:Reference");
  EXPECT_EQ(refused(well_signed("</ds:Reference>", "</ds:Reference>" + info)), "signature.form");
}

TEST(Wrapping, ObjectsInTheSignatureAreRefused) {
  const auto object = "<ds:Object>" + order_of_another + "</ds:Object>";
  EXPECT_EQ(refused(replaced(made(), "</ds:KeyInfo>", "</ds:KeyInfo>" + object)), "signature.form");
}

TEST(Wrapping, ASignatureInASignatureIsRefused) {
  const auto text = made();
  const auto signature = element(text, "ds:Signature");
  EXPECT_EQ(refused(replaced(text, "</ds:KeyInfo>", signature + "</ds:KeyInfo>")), "signature.count");
  EXPECT_EQ(
      refused(replaced(text, "</ds:SignatureValue>", "</ds:SignatureValue><ds:Object>" + signature + "</ds:Object>")),
      "signature.count");
}

TEST(Wrapping, TransformsThatChooseOrTransformAreRefusedThoughWellSigned) {
  const std::string enveloped =
      "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>";
  for (const std::string algorithm :
       {"http://www.w3.org/TR/1999/REC-xpath-19991116", "http://www.w3.org/2002/06/xmldsig-filter2",
        "http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/2001/10/xml-exc-c14n#"}) {
    const auto with = enveloped + "<ds:Transform Algorithm=\"" + algorithm + "\"></ds:Transform>";
    EXPECT_EQ(refused(well_signed(enveloped, with)), "signature.transforms") << algorithm;
  }
  const auto filter = replaced(enveloped, "></ds:Transform>", "><ds:XPath>false()</ds:XPath></ds:Transform>");
  EXPECT_EQ(refused(well_signed(enveloped, filter)), "signature.transforms");
}

TEST(Wrapping, AnHmacIsNoSignatureOfTheCertificate) {
  for (const std::string dialect : {"sm2-sm3", "rsa-sha1"}) {
    const auto method = signing::find_dialect(signing::standard_dialects(), dialect)->signature_method;
    EXPECT_EQ(refused(well_signed(method, "http://www.w3.org/2000/09/xmldsig#hmac-sha1", dialect)),
              "signature.dialect");
  }
}

TEST(Wrapping, AKeyValueIsNoCertificate) {
  const auto text = made();
  EXPECT_EQ(refused(replaced(text, element(text, "ds:X509Data"),
                             "<ds:KeyValue><ds:RSAKeyValue></ds:RSAKeyValue></ds:KeyValue>")),
            "signature.certificate");
}

std::string certificate_element(const signing::Certificate& certificate) {
  return "<ds:X509Certificate>" + base::base64(certificate.der) + "</ds:X509Certificate>";
}

TEST(Wrapping, ACertificateOfAnotherIsRefusedInPlaceOfTheRightOneAndBesideIt) {
  tests::ScratchDirectory scratch;
  tests::TestAuthority authority(scratch.path());
  const auto other = certificate_element(Identities::open(authority.issue_sm2("other"))->certificate());
  const auto text = made();
  const auto own = element(text, "ds:X509Certificate");
  EXPECT_EQ(refused(replaced(text, own, other)), "signature.mismatch");
  EXPECT_EQ(refused(replaced(text, own, own + other)), "signature.certificate");
  EXPECT_EQ(refused(replaced(text, own, other + own)), "signature.certificate");
  EXPECT_EQ(refused(replaced(text, own, own + own)), "signature.certificate");
  EXPECT_EQ(refused(replaced(text, "</ds:X509Data>", "</ds:X509Data><ds:X509Data>" + other + "</ds:X509Data>")),
            "signature.certificate");
}

TEST(Wrapping, TheChainOfTheFirstCertificateMayStandBesideIt) {
  const auto& ours = Identities::shared();
  const auto root = signing::Certificate::from_pem(tests::read_file(ours.authority.sm2_root()));
  ASSERT_TRUE(root);
  const auto text = made();
  const auto own = element(text, "ds:X509Certificate");
  const auto found =
      signing::verify(replaced(text, own, own + certificate_element(*root)), {.now = tests::signing_time});
  EXPECT_TRUE(found.valid);
  EXPECT_EQ(found.certificate->serial, ours.sm2.serial);
}

TEST(Wrapping, MoreThanTenCertificatesAreNotLookedAt) {
  const auto text = made();
  const auto own = element(text, "ds:X509Certificate");
  std::string many = own;
  for (int i = 1; i < 10; ++i) many += own;
  const auto words = [](const std::string& changed) {
    const auto found = signing::verify(changed, {.now = tests::signing_time});
    return found.faults.empty() ? "" : found.faults.front().en;
  };
  EXPECT_EQ(words(replaced(text, own, many)).find("too many"), std::string::npos);
  EXPECT_NE(words(replaced(text, own, many + own)).find("too many"), std::string::npos);
}

TEST(Wrapping, ACommentInAValueOfTheSignatureIsRefused) {
  EXPECT_EQ(refused(replaced(made(), "<ds:SignatureValue>", "<ds:SignatureValue><!-- -->")), "signature.value");
  EXPECT_EQ(refused(replaced(made(), "<ds:DigestValue>", "<ds:DigestValue><!-- -->")), "signature.digest");
}

TEST(Canonical, BytesAreGivenOnRequestAndWhatTheSignatureIsOver) {
  const auto text = made();
  const signing::VerifyTerms terms{.now = tests::signing_time, .canonical = signing::CanonicalBytes::of_document_too};
  const auto found = signing::verify(text, terms);
  EXPECT_EQ(found.canonical_document, element(wrapped_order, "ceb:CEB311Message"));
  EXPECT_TRUE(signing::verify(text, {.now = tests::signing_time}).canonical_document.empty());
  // Of a signature that is refused for its form as well, so that people can see what it is over.
  const auto refused_too = signing::verify(well_signed("URI=\"\"", "URI=\"#x\""), terms);
  EXPECT_EQ(refused_too.canonical_document, found.canonical_document);
  EXPECT_NE(refused_too.canonical_signed_info.find("URI=\"#x\""), std::string::npos);
}

}  // namespace
