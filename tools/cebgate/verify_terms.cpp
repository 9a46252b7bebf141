#include "tools/cebgate/verify_terms.h"

#include "config/settings.h"
#include "gateway/keys/dialects.h"

namespace tools::cebgate {

namespace {

base::Fault fault(const char* code, std::string zh, std::string en) {
  return {.code = code, .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault no_such_enterprise(const config::Settings& settings, const std::string& code) {
  std::string known;
  for (const auto& one : settings.enterprises) known += (known.empty() ? "" : ", ") + one.code;
  return fault("verify.enterprise", "设置中没有企业 " + code + "，可用的有：" + known,
               "the settings have no enterprise " + code + "; known: " + known);
}

// What the settings say where the command line does not.
base::Result<TermsChoice> with_settings(TermsChoice choice, const config::Settings& settings) {
  const config::Enterprise* enterprise = settings.enterprise(choice.enterprise);
  if (enterprise == nullptr) return no_such_enterprise(settings, choice.enterprise);
  const config::Port* port = settings.port(enterprise->port);
  if (choice.dialect.empty()) {
    choice.dialect = gateway::keys::dialect_name(*enterprise, port == nullptr ? config::Port{} : *port);
  }
  if (choice.company.empty()) choice.company = enterprise->name;
  if (choice.trust.empty()) choice.trust = settings.signatures.trust;
  if (choice.revocation_lists.empty()) choice.revocation_lists = settings.signatures.crl;
  return choice;
}

void append(base::Faults& faults, const base::Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); }

}  // namespace

signing::VerifyTerms LoadedTerms::at(base::Time now, signing::CanonicalBytes canonical) const {
  return {.trust = trust ? &*trust : nullptr,
          .now = now,
          .dialects = dialects,
          .expected = expected ? &*expected : nullptr,
          .company = company,
          .canonical = canonical};
}

base::Result<LoadedTerms> load_terms(const TermsChoice& given) {
  const auto settings = given.settings.empty() ? base::Result<config::Settings>(config::Settings{})
                                               : config::read_settings(given.settings);
  if (!settings) return settings.faults();
  const auto choice = given.settings.empty() ? base::Result<TermsChoice>(given) : with_settings(given, *settings);
  if (!choice) return choice.faults();
  base::Faults faults;
  LoadedTerms terms;
  terms.company = choice->company;
  terms.dialects = gateway::keys::dialects_of(*settings);
  if (!choice->dialect.empty()) {
    auto expected = gateway::keys::dialect_named(terms.dialects, choice->dialect);
    if (expected) {
      terms.expected = *std::move(expected);
    } else {
      append(faults, expected.faults());
    }
  }
  if (!choice->trust.empty()) {
    auto trust = signing::Trust::from_files(choice->trust, choice->revocation_lists);
    if (trust) {
      terms.trust = *std::move(trust);
    } else {
      append(faults, trust.faults());
    }
  }
  if (!faults.empty()) return faults;
  return terms;
}

void add_trust_options(const Program& program, CLI::App& command, TermsChoice& terms) {
  auto* trust = command
                    .add_option("--trust", terms.trust,
                                program.say("受信任的根证书或中间证书，可重复；不给则不判断证书链",
                                            "a trusted root or intermediate certificate, may be repeated; without it "
                                            "no chain is judged"))
                    ->allow_extra_args(false)
                    ->type_name("CA.pem");
  command
      .add_option("--crl", terms.revocation_lists,
                  program.say("证书吊销列表（PEM 或 DER），可重复", "a revocation list (PEM or DER), may be repeated"))
      ->allow_extra_args(false)
      ->needs(trust)
      ->type_name("FILE");
}

}  // namespace tools::cebgate
