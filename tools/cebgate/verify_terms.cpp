#include "tools/cebgate/verify_terms.h"

#include "config/settings.h"

namespace tools::cebgate {

namespace {

base::Fault fault(const char* code, std::string zh, std::string en) {
  return {.code = code, .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault unknown_dialect(const std::string& name) {
  std::string known;
  for (const auto& one : signing::standard_dialects()) known += (known.empty() ? "" : ", ") + one.name;
  return fault("sign.dialect", "没有签名方言 " + name + "，可用的有：" + known,
               "there is no dialect " + name + "; known: " + known);
}

base::Fault unknown_enterprise(const config::Settings& settings, const std::string& code) {
  std::string known;
  for (const auto& one : settings.enterprises) known += (known.empty() ? "" : ", ") + one.code;
  return fault("verify.enterprise", "设置中没有企业 " + code + "，可用的有：" + known,
               "the settings have no enterprise " + code + "; known: " + known);
}

// What the settings say where the command line does not.
base::Result<TermsChoice> with_settings(TermsChoice choice) {
  if (choice.settings.empty()) return choice;
  const auto settings = config::read_settings(choice.settings);
  if (!settings) return settings.faults();
  const config::Enterprise* enterprise = settings->enterprise(choice.enterprise);
  if (enterprise == nullptr) return unknown_enterprise(*settings, choice.enterprise);
  const config::Port* port = settings->port(enterprise->port);
  if (choice.dialect.empty()) choice.dialect = enterprise->dialect;
  if (choice.dialect.empty() && port != nullptr) choice.dialect = port->dialect;
  if (choice.company.empty()) choice.company = enterprise->name;
  return choice;
}

void append(base::Faults& faults, const base::Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); }

}  // namespace

signing::VerifyTerms LoadedTerms::at(base::Time now, signing::CanonicalBytes canonical) const {
  return {
      .trust = trust ? &*trust : nullptr, .now = now, .expected = dialect, .company = company, .canonical = canonical};
}

base::Result<LoadedTerms> load_terms(const TermsChoice& given) {
  const auto choice = with_settings(given);
  if (!choice) return choice.faults();
  base::Faults faults;
  LoadedTerms terms;
  terms.company = choice->company;
  if (!choice->dialect.empty()) {
    terms.dialect = signing::find_dialect(signing::standard_dialects(), choice->dialect);
    if (terms.dialect == nullptr) faults.push_back(unknown_dialect(choice->dialect));
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

}  // namespace tools::cebgate
