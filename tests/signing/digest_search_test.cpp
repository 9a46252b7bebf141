// The search for what was digested stays within its bounds, whatever the document.
#include "signing/digest_search.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "base/xml.h"
#include "signing/canonical.h"
#include "signing/certificate_reading.h"
#include "signing/digest_budget.h"
#include "signing/signature_shape.h"
#include "signing/value_search.h"
#include "tests/signing/messages.h"

namespace {

using signing::DigestAlgorithm;

const std::string signature =
    "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo></ds:SignedInfo></ds:Signature>";

// A document with something for every guess: comments, white space, line ends, Chinese, declarations that nobody uses.
std::string document_of(std::size_t bytes) {
  std::string content;
  while (content.size() < bytes)
    content += "\n  <ceb:Order><!-- c --><ceb:note>" + std::string(8000, 'x') + "茶</ceb:note></ceb:Order>";
  return "\xEF\xBB\xBF" + tests::message(content + "\n" + signature);
}

signing::DigestSearch searched(const std::string& text, std::size_t& canonical_bytes) {
  const auto document = base::XmlDocument::read(text);
  EXPECT_TRUE(document);
  auto* node = signing::signatures_in(document->get()).front();
  const auto canonical = signing::canonical_document(node);
  canonical_bytes = canonical.size();
  return signing::find_digest({.xml = text,
                               .signature = node,
                               .canonical = canonical,
                               .method = DigestAlgorithm::sm3,
                               .written = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="});
}

TEST(DigestSearch, OfALongDocumentDigestsItEightTimesAtMost) {
  std::size_t size = 0;
  const auto search = searched(document_of(std::size_t{10} << 20), size);
  EXPECT_FALSE(search.finding);
  EXPECT_LE(search.digested_bytes, 8 * size);
  EXPECT_GE(search.digested_bytes, 7 * size);  // so the bound was what ended it
  EXPECT_LE(search.canonicalizations, 2);
}

TEST(DigestSearch, OfAShortDocumentTriesEverything) {
  std::size_t size = 0;
  const auto search = searched(document_of(10000), size);
  EXPECT_FALSE(search.finding);
  EXPECT_GT(search.digested_bytes, 20 * size);
  EXPECT_EQ(search.canonicalizations, 2);
}

TEST(DigestBudget, EndsWithTheByteThatGoesOverIt) {
  constexpr std::size_t limit = std::size_t{64} << 20;
  signing::DigestBudget budget(1);
  const std::string most(limit - 1, 'x');
  EXPECT_FALSE(budget.digest(DigestAlgorithm::sha1, {most}).empty());
  EXPECT_FALSE(budget.is_spent());
  EXPECT_TRUE(budget.digest(DigestAlgorithm::sha1, {"x", "x"}).empty());
  EXPECT_FALSE(budget.digest(DigestAlgorithm::sha1, {"x"}).empty());
  EXPECT_TRUE(budget.is_spent());
  EXPECT_EQ(budget.digested_bytes(), limit);
}

TEST(ValueSearch, LeavesALongSignedInfoAlone) {
  const auto key = tests::Identities::shared().key_for(signing::default_dialect(signing::KeyKind::rsa));
  const auto certificate = tests::Identities::open(tests::Identities::shared().rsa)->certificate();
  const auto found = [&](std::size_t size) {
    std::string text = "<ds:SignedInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">";
    const std::string end = "</ds:SignedInfo>";
    text += std::string(size - text.size() - end.size(), 'x') + end;
    const auto value = key->sign(signing::SignatureAlgorithm::rsa_sha1, text);
    EXPECT_TRUE(value);
    signing::ValueQuestion question{.key = certificate.read->public_key(),
                                    .algorithm = signing::SignatureAlgorithm::rsa_sha1,
                                    .form = signing::ValueForm::raw,
                                    .written = {},
                                    .signed_info = text,
                                    .raw_signed_info = {},
                                    .user_ids = {}};
    const auto written = base::base64(*value);
    question.written = written;
    return signing::find_value(question).has_value();
  };
  EXPECT_TRUE(found(signing::most_signed_info_bytes));
  EXPECT_FALSE(found(signing::most_signed_info_bytes + 1));
}

}  // namespace
