// What is judged of a certificate: chains of three levels, key usage, revocation lists, and the company.
#include <algorithm>
#include <gtest/gtest.h>

#include "signing/sign.h"
#include "signing/verify.h"
#include "tests/signing/certificate_maker.h"
#include "tests/signing/messages.h"

namespace {

using namespace std::chrono;
using signing::KeyKind;
using signing::StepVerdict;
using tests::authority;
using tests::CertificatePlan;
using tests::MadeCertificate;
using tests::make_certificate;
using tests::make_revocation_list;
using tests::RevocationPlan;

std::string codes(const base::Faults& faults, base::Severity severity = base::Severity::error) {
  std::string all;
  for (const auto& fault : faults) {
    EXPECT_FALSE(fault.zh.empty() || fault.en.empty()) << fault.code;
    if (fault.severity == severity) all += (all.empty() ? "" : " ") + fault.code;
  }
  return all;
}

const signing::Step& step(const signing::Verification& found, const std::string& name) {
  return *std::ranges::find(found.steps, name, &signing::Step::name);
}

bool says(const signing::Step& step, const std::string& words) { return step.en.find(words) != std::string::npos; }

// Made once, since RSA keys take their time.
struct Authorities {
  explicit Authorities(KeyKind kind)
      : root(make_certificate(kind, authority("root"))),
        middle(make_certificate(kind, authority("middle", &root))),
        enterprise(make_certificate(kind, {.name = "operator", .company = {}, .issuer = &middle})) {}

  static const Authorities& of(KeyKind kind) {
    static const Authorities sm2(KeyKind::sm2), rsa(KeyKind::rsa);
    return kind == KeyKind::sm2 ? sm2 : rsa;
  }

  MadeCertificate root, middle, enterprise;
};

// A root, an intermediate authority and an enterprise of one kind, with their files.
class CertificateUse : public testing::TestWithParam<KeyKind> {
 protected:
  MadeCertificate enterprise(CertificatePlan plan = {.name = "operator", .company = "测试公司"}) const {
    if (plan.issuer == nullptr) plan.issuer = &middle_;
    plan.key = Authorities::of(GetParam()).enterprise.key.get();
    return make_certificate(GetParam(), plan);
  }

  std::string signed_by(const MadeCertificate& made) const {
    const auto key = tests::open_made(made);
    auto text = signing::sign(tests::message("<ceb:Order/>"), *key, signing::default_dialect(GetParam()), {});
    EXPECT_TRUE(text);
    return *std::move(text);
  }

  std::filesystem::path file(const std::string& text) const {
    static int count = 0;
    const auto path = scratch_.path() / ("file-" + std::to_string(++count));
    tests::write_file(path, text);
    return path;
  }

  using Files = std::vector<std::filesystem::path>;

  signing::Verification judged(const std::string& text, const Files& roots, const Files& lists = {}) const {
    const auto trust = signing::Trust::from_files(roots, lists);
    if (!trust) throw std::runtime_error(trust.faults().front().en);
    return signing::verify(text, {.trust = &*trust, .now = tests::signing_time});
  }

  // Under both authorities, with these lists.
  signing::Verification under(const MadeCertificate& made, const Files& lists) const {
    return judged(signed_by(made), {root_file_, middle_file_}, lists);
  }

  base::Faults faults_of(const Files& lists) const {
    const auto trust = signing::Trust::from_files(Files{root_file_, middle_file_}, lists);
    return trust ? base::Faults{} : trust.faults();
  }

  tests::ScratchDirectory scratch_;
  const MadeCertificate& root_ = Authorities::of(GetParam()).root;
  const MadeCertificate& middle_ = Authorities::of(GetParam()).middle;
  std::filesystem::path root_file_ = file(root_.pem), middle_file_ = file(middle_.pem);
};

TEST_P(CertificateUse, ChainsOfThreeLevelsNeedEveryAuthorityConfigured) {
  const auto text = signed_by(enterprise());
  EXPECT_EQ(codes(judged(text, {root_file_, middle_file_}).faults), "");
  EXPECT_TRUE(judged(text, {root_file_, middle_file_}).valid);
  EXPECT_TRUE(judged(text, {file(root_.pem + middle_.pem)}).valid);
  EXPECT_TRUE(judged(text, {middle_file_}).valid);
  EXPECT_EQ(codes(judged(text, {root_file_}).faults), "certificate.chain");
}

TEST_P(CertificateUse, AnIntermediateCertificateInTheMessageIsNotTrustedForBeingThere) {
  const auto encoded = [](const std::string& pem) {
    const auto begin = pem.find('\n') + 1;
    return pem.substr(begin, pem.find("-----END") - begin);
  };
  const auto both =
      tests::replaced(signed_by(enterprise()), "</ds:X509Data>",
                      "<ds:X509Certificate>" + encoded(middle_.pem) + "</ds:X509Certificate></ds:X509Data>");
  EXPECT_TRUE(judged(both, {root_file_, middle_file_}).valid);
  EXPECT_EQ(codes(judged(both, {root_file_}).faults), "certificate.chain");
}

TEST_P(CertificateUse, AnAuthorityOutsideItsDatesCountsAsTheCertificateItself) {
  auto plan = authority("old", &root_);
  plan.validity.not_after = sys_days{2026y / 1 / 1};
  const auto old = make_certificate(GetParam(), plan);
  const auto made = enterprise({.name = "operator", .company = {}, .issuer = &old});
  EXPECT_EQ(codes(judged(signed_by(made), {root_file_, file(old.pem)}).faults), "certificate.dates");
}

TEST_P(CertificateUse, AnAuthorityMustNotSignMessages) {
  const auto text = signed_by(middle_);
  EXPECT_EQ(codes(judged(text, {root_file_}).faults), "certificate.usage");
  const auto lenient = signing::verify(text, {.now = tests::signing_time});
  EXPECT_TRUE(lenient.valid);
  EXPECT_EQ(codes(lenient.faults, base::Severity::warning), "certificate.chain certificate.usage");
}

TEST_P(CertificateUse, AnAuthorityThatMaySignByItsUsageOnlyWarns) {
  auto plan = authority("alone", nullptr);
  plan.usage = "";
  const auto alone = make_certificate(GetParam(), plan);
  const auto found = judged(signed_by(alone), {file(alone.pem)});
  EXPECT_TRUE(found.valid);
  EXPECT_EQ(codes(found.faults, base::Severity::warning), "certificate.usage");
}

TEST_P(CertificateUse, KeyUsageMustAllowSignaturesWhereItIsStated) {
  const auto used_for = [&](const std::string& usage) {
    CertificatePlan plan{.name = "operator", .company = {}};
    plan.usage = usage;
    return codes(under(enterprise(plan), {}).faults);
  };
  EXPECT_EQ(used_for("critical,keyEncipherment,dataEncipherment"), "certificate.usage");
  EXPECT_EQ(used_for("digitalSignature"), "");
  EXPECT_EQ(used_for("nonRepudiation"), "");
  EXPECT_EQ(used_for(""), "");
}

TEST_P(CertificateUse, SaysThatNoRevocationListWasGiven) {
  const auto found = under(enterprise(), {});
  EXPECT_TRUE(found.valid);
  EXPECT_EQ(step(found, "revocation").verdict, StepVerdict::not_checked);
  // That of another issuer is none.
  const auto other = under(enterprise(), {file(make_revocation_list(root_, {}))});
  EXPECT_EQ(step(other, "revocation").verdict, StepVerdict::not_checked);
  EXPECT_TRUE(says(step(other, "revocation"), "no revocation list of its issuer CN=middle"));
}

TEST_P(CertificateUse, FindsRevokedCertificatesInListsOfEitherForm) {
  const auto good = enterprise(), revoked = enterprise(), also_revoked = enterprise();
  const auto list = make_revocation_list(middle_, {.revoked = {&revoked, &also_revoked}, .reason = 1});
  for (const auto& text : {list, tests::revocation_list_pem(list)}) {
    const Files files{file(text)};
    const auto fine = under(good, files);
    EXPECT_TRUE(fine.valid);
    EXPECT_EQ(step(fine, "revocation").verdict, StepVerdict::good);
    const auto found = under(revoked, files);
    EXPECT_EQ(codes(found.faults), "certificate.revoked");
    EXPECT_TRUE(says(step(found, "revocation"), "revoked on 2026-03-01")) << step(found, "revocation").en;
    EXPECT_TRUE(says(step(found, "revocation"), "key compromise"));
    EXPECT_EQ(codes(under(also_revoked, files).faults), "certificate.revoked");
  }
}

TEST_P(CertificateUse, SeveralListsInOneFileAreAllRead) {
  const auto revoked = enterprise();
  const auto empty = tests::revocation_list_pem(make_revocation_list(root_, {}));
  const auto full = tests::revocation_list_pem(make_revocation_list(middle_, {.revoked = {&revoked}}));
  const auto found = under(revoked, {file(empty + full)});
  EXPECT_EQ(codes(found.faults), "certificate.revoked");
  EXPECT_FALSE(says(step(found, "revocation"), "("));
}

TEST_P(CertificateUse, ARevokedAuthorityCountsToo) {
  const auto list = make_revocation_list(root_, {.revoked = {&middle_}});
  const auto found = under(enterprise(), {file(list)});
  EXPECT_EQ(codes(found.faults), "certificate.revoked");
  EXPECT_TRUE(says(step(found, "revocation"), "a certificate above it"));
}

TEST_P(CertificateUse, WarnsSinceWhenAListIsOutOfDate) {
  const auto list_until = [&](base::Time next) { return file(make_revocation_list(middle_, {.next_update = next})); };
  const auto old = list_until(sys_days{2026y / 5 / 1}), current = list_until(tests::signing_time + 1s);
  const auto found = under(enterprise(), {old});
  EXPECT_TRUE(found.valid);
  EXPECT_EQ(codes(found.faults, base::Severity::warning), "certificate.crl");
  EXPECT_TRUE(says(step(found, "revocation"), "since 2026-05-01")) << step(found, "revocation").en;
  EXPECT_EQ(codes(under(enterprise(), {old, current}).faults, base::Severity::warning), "");
  EXPECT_EQ(codes(under(enterprise(), {list_until(tests::signing_time)}).faults, base::Severity::warning),
            "certificate.crl");
}

TEST_P(CertificateUse, AListOfAnotherDistributionPointSaysNothing) {
  const auto part = file(make_revocation_list(middle_, {.distribution_point = "http://crl.invalid/1"}));
  CertificatePlan plan{.name = "operator", .company = {}};
  plan.distribution_point = "http://crl.invalid/1";
  EXPECT_EQ(step(under(enterprise(plan), {part}), "revocation").verdict, StepVerdict::good);
  plan.distribution_point = "http://crl.invalid/2";
  EXPECT_EQ(step(under(enterprise(plan), {part}), "revocation").verdict, StepVerdict::not_checked);
  EXPECT_EQ(step(under(enterprise(), {part}), "revocation").verdict, StepVerdict::not_checked);
}

TEST_P(CertificateUse, RefusesListsThatNobodyConfiguredHasSigned) {
  EXPECT_EQ(codes(faults_of({file(make_revocation_list(middle_, {}))})), "");
  const auto namesake = make_certificate(GetParam(), authority("middle", &root_));
  EXPECT_EQ(codes(faults_of({file(make_revocation_list(namesake, {}))})), "trust.crl");
  auto changed = make_revocation_list(middle_, {});
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(codes(faults_of({file(changed)})), "trust.crl");
  const auto enterprise_itself = enterprise();
  EXPECT_EQ(codes(faults_of({file(make_revocation_list(enterprise_itself, {}))})), "trust.crl");
}

TEST_P(CertificateUse, RefusesDeltaListsAndUnknownDemands) {
  const std::string number = tests::der(0x02, std::string("\x01"));
  EXPECT_EQ(codes(faults_of({file(make_revocation_list(middle_, {.critical_extensions = {{"2.5.29.27", number}}}))})),
            "trust.crl");
  EXPECT_EQ(codes(faults_of({file(make_revocation_list(middle_, {.critical_extensions = {{"1.2.3.4", number}}}))})),
            "trust.crl");
}

TEST_P(CertificateUse, NamesEveryListThatCannotBeRead) {
  const auto faults = faults_of({scratch_.path() / "absent.crl", file("no list"), file(root_.pem)});
  EXPECT_EQ(codes(faults), "trust.read trust.form trust.form");
}

TEST_P(CertificateUse, AListWhoseIssuerMayNotSignListsIsRefused) {
  auto plan = authority("no lists", &root_);
  plan.usage = "critical,keyCertSign";
  const auto issuer = make_certificate(GetParam(), plan);
  const auto trust =
      signing::Trust::from_files(Files{root_file_, file(issuer.pem)}, Files{file(make_revocation_list(issuer, {}))});
  ASSERT_FALSE(trust);
  EXPECT_EQ(codes(trust.faults()), "trust.crl");
}

INSTANTIATE_TEST_SUITE_P(Kinds, CertificateUse, testing::Values(KeyKind::sm2, KeyKind::rsa),
                         [](const auto& given) { return given.param == KeyKind::sm2 ? "sm2" : "rsa"; });

class Sm2CertificateUse : public CertificateUse {};

TEST_P(Sm2CertificateUse, AListSignedWithTheEmptyUserIdIsRefused) {
  EXPECT_EQ(codes(faults_of({file(make_revocation_list(middle_, {.user_id = ""}))})), "trust.crl");
}

INSTANTIATE_TEST_SUITE_P(Kinds, Sm2CertificateUse, testing::Values(KeyKind::sm2),
                         [](const auto&) { return std::string("sm2"); });

class Company : public CertificateUse {
 protected:
  signing::Verification compared(const std::string& company, const std::string& configured,
                                 const std::string& in_extension = {}) const {
    CertificatePlan plan{.name = "operator", .company = company};
    if (!in_extension.empty()) {
      plan.extensions = {{"1.3.6.1.4.1.5315.100.5.1", tests::der(0x0C, in_extension)}};
    }
    return signing::verify(signed_by(enterprise(plan)), {.now = tests::signing_time, .company = configured});
  }
};

TEST_P(Company, IsComparedWithTheSubjectWhateverTheWidths) {
  const std::string name = "海口测试（进出口）有限公司";
  for (const std::string& same :
       {name, std::string("海口测试(进出口)有限公司"), std::string("海口测试 (进出口) 有限公司"),
        std::string("海口测试（进出口）　有限公司")}) {
    EXPECT_EQ(step(compared(name, same), "company").verdict, StepVerdict::good) << same;
  }
  EXPECT_EQ(step(compared("ＡＢＣ Trade Co.", "abc trade co．"), "company").verdict, StepVerdict::good);
  const auto other = compared(name, "海口另一家有限公司");
  EXPECT_TRUE(other.valid);
  EXPECT_EQ(step(other, "company").verdict, StepVerdict::bad);
  EXPECT_EQ(codes(other.faults, base::Severity::warning), "certificate.chain signature.company");
  EXPECT_TRUE(says(step(other, "company"), name));
}

TEST_P(Company, OfTheExtensionGoesBeforeTheSubject) {
  EXPECT_EQ(step(compared("甲", "乙", "乙"), "company").verdict, StepVerdict::good);
  EXPECT_EQ(step(compared("甲", "甲", "乙"), "company").verdict, StepVerdict::bad);
}

TEST_P(Company, IsNotComparedWhereEitherSideHasNone) {
  EXPECT_EQ(step(compared("甲", ""), "company").verdict, StepVerdict::not_checked);
  EXPECT_EQ(step(compared("", "甲"), "company").verdict, StepVerdict::not_checked);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Company, testing::Values(KeyKind::sm2), [](const auto&) { return std::string("sm2"); });

}  // namespace
