// Makes what the fuzz target of signatures starts from: fuzz_signature_seeds FOLDER. Roots of both kinds (*.pem) and
// messages signed under them (*.xml), well and in ways that are known to be wrong. The keys are thrown away.
#include <cstdio>
#include <filesystem>
#include <functional>

#include "base/base64.h"
#include "signing/sign.h"
#include "signing/signature_value.h"
#include "tests/signing/certificate_maker.h"
#include "tests/signing/messages.h"

namespace {

using signing::KeyKind;
using tests::replaced;

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

const std::vector<std::pair<std::string, std::string>> messages{
    {"compact", tests::message("<ceb:Order><ceb:orderNo>A1</ceb:orderNo></ceb:Order>")},
    {"formatted",
     "\xEF\xBB\xBF" + tests::message("\r\n  <ceb:Order><!-- c --><ceb:note/><?p i?>\n <ceb:n>茶<![CDATA[<]]>"
                                     "</ceb:n></ceb:Order>\r\n")},
    {"plain",
     "<CEB311Message xmlns=\"http://www.chinaport.gov.cn/ceb\" xmlns:dxp=\"http://www.chinaport.gov.cn/dxp\" "
     "a=\"&amp;&#10;\"><Order/></CEB311Message>"}};

std::string with_der(const std::string& text) {
  const auto value = between(text, "<ds:SignatureValue>", "</ds:SignatureValue>");
  return replaced(text, value, base::base64(signing::der_of_sm2_value(*base::read_base64(value))));
}

const std::vector<std::pair<std::string, std::function<std::string(const std::string&)>>> mistakes{
    {"der", with_der},
    {"spaced", [](const std::string& text) { return replaced(text, "<ds:SignatureMethod", "\n <ds:SignatureMethod"); }},
    {"shorn", [](const std::string& text) { return replaced(text, tests::xsi_declaration, ""); }},
    {"broken", [](const std::string& text) { return replaced(text, "<ds:Signature ", "\n <ds:Signature "); }},
    {"alien", [](const std::string& text) { return replaced(text, "xmldsig#sm2-sm3", "xmldsig#sm3-sm2"); }}};

void make(const std::filesystem::path& folder, KeyKind kind) {
  const std::string kind_name = kind == KeyKind::sm2 ? "sm2" : "rsa";
  const auto root = tests::make_certificate(kind, tests::authority(kind_name + " root"));
  tests::write_file(folder / (kind_name + ".pem"), root.pem);
  const auto made = tests::make_certificate(
      kind, {.name = "operator",
             .company = "示例",
             .issuer = &root,
             .extensions = {{"1.3.6.1.4.1.5315.100.5.1", tests::der(0x0C, "示例")},
                            {"1.3.6.1.4.1.5315.100.5.8", tests::der(0x13, "000000199001011234")}}});
  const auto key = tests::open_made(made);
  for (const auto& dialect : signing::standard_dialects()) {
    if (signing::key_kind(dialect.signature) != kind) continue;
    for (const auto& [name, text] : messages) {
      const auto well = signing::sign(text, *key, dialect, {});
      if (!well) throw std::runtime_error(well.faults().front().en);
      tests::write_file(folder / (dialect.name + "-" + name + ".xml"), *well);
      if (name != "compact") continue;
      for (const auto& [mistake, change] : mistakes) {
        if (kind == KeyKind::rsa && mistake == "der") continue;
        tests::write_file(folder / (dialect.name + "-" + mistake + ".xml"), change(*well));
      }
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: fuzz_signature_seeds FOLDER\n");
    return 2;
  }
  std::filesystem::create_directories(arguments[1]);
  make(arguments[1], KeyKind::sm2);
  make(arguments[1], KeyKind::rsa);
  return 0;
}
