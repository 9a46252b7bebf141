#include "gateway/evidence/contents.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "base/base64.h"
#include "base/digest.h"
#include "base/xml.h"
#include "codecs/ceb/canonical.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"

namespace gateway::evidence {

namespace {

using codecs::ceb::Element;

class Contents {
 public:
  Contents(const ledger::Evidence& evidence, const schemas::MessageType& type, Findings& findings)
      : evidence_(evidence), type_(type), findings_(findings) {}

  void check() {
    for (const ledger::KeptVersion& version : evidence_.versions) check_request(version);
    for (const auto& [message, sealed_at] : evidence_.messages) {
      check_message(message);
      check_envelope(message);
    }
  }

 private:
  void check_request(const ledger::KeptVersion& version) {
    const std::string file = names::request(version.summary.version);
    const auto complain = [&](std::string zh, std::string en) {
      findings_.error("evidence.content", file, 0, std::move(zh), std::move(en));
    };
    const auto body = read_request(version.body);
    if (!body) return complain("不是该类型的单证", "this is no document of its type");
    if (base::sha256_hex(codecs::ceb::canonical_content(type_, *body)) != version.content_digest) {
      complain("内容的 SHA-256 不是受理时所记的：内容被改动，或查验所用的规范版本与受理时不同",
               "the SHA-256 of the content is not that of what was accepted: the content was changed, or another "
               "edition was in use then");
    }
    if (codecs::ceb::head_field(type_, *body, "guid") != version.guid) {
      complain("guid 不是该版本的 guid", "the guid is not that of its version");
    }
    if (codecs::ceb::key_of(type_, *body) != version.summary.key) {
      complain("业务主键不是 " + version.summary.key, "the key is not " + version.summary.key);
    }
    bodies_.emplace(version.guid, *body);
  }

  std::optional<Element> read_request(const std::string& text) const {
    const auto read = codecs::ceb::read_json(text);
    if (!read) return std::nullopt;
    auto document = codecs::ceb::read_document(type_, *read, "");
    return document ? std::optional(std::move(document->body)) : std::nullopt;
  }

  // The versions that its entries, or the document's own word, put into this message.
  std::vector<const ledger::KeptVersion*> versions_in(const std::string& guid) const {
    const std::string ground = "message " + guid + " ";
    std::vector<const ledger::KeptVersion*> found;
    for (const ledger::KeptVersion& version : evidence_.versions) {
      const bool was_sealed = std::ranges::any_of(
          version.entries, [&](const ledger::ChainEntry& entry) { return entry.move.evidence.starts_with(ground); });
      if (was_sealed || version.message == guid) found.push_back(&version);
    }
    return found;
  }

  void check_message(const ledger::SealedMessage& message) {
    const auto complain = [&](std::string zh, std::string en) {
      findings_.error("evidence.message", names::message(message.guid), 0, std::move(zh), std::move(en));
    };
    const auto tree = base::XmlDocument::read(message.signed_xml);
    const auto read =
        tree ? codecs::ceb::read_xml(type_, message.signed_xml) : base::Result<codecs::ceb::Message>(tree.faults());
    if (!read) {
      return complain("不能作为 " + type_.name + " 读取：" + read.faults().front().zh,
                      "this cannot be read as " + type_.name + ": " + read.faults().front().en);
    }
    if (read->guid != message.guid) complain("报文的 guid 不是 " + message.guid, "its guid is not " + message.guid);
    for (const ledger::KeptVersion* version : versions_in(message.guid)) {
      const std::string number = std::to_string(version->summary.version);
      const auto found = std::ranges::find_if(read->documents, [&](const Element& document) {
        return codecs::ceb::head_field(type_, document, "guid") == version->guid;
      });
      if (found == read->documents.end()) {
        complain("报文中没有第 " + number + " 版的单证（guid " + version->guid + "）",
                 "it does not carry version " + number + " (guid " + version->guid + ")");
      } else if (!is_the_request(*found, version->guid)) {
        complain("报文中的单证与第 " + number + " 版受理的内容不同",
                 "its document is not what was accepted as version " + number);
      }
    }
  }

  bool is_the_request(const Element& document, const std::string& guid) const {
    const auto body = bodies_.find(guid);
    if (body == bodies_.end()) return true;  // told already
    return codecs::ceb::canonical_element(type_.business(), document) ==
           codecs::ceb::canonical_element(type_.business(), body->second);
  }

  void check_envelope(const ledger::SealedMessage& message) {
    const bool carries_it = message.envelope.find(base::base64(message.signed_xml)) != std::string::npos ||
                            message.envelope.find(message.signed_xml) != std::string::npos;
    if (carries_it) return;
    findings_.error("evidence.envelope", names::envelope(message.guid, message.envelope), 0, "信封里不是这份签名报文",
                    "the envelope does not hold this signed message");
  }

  const ledger::Evidence& evidence_;
  const schemas::MessageType& type_;
  Findings& findings_;
  std::map<std::string, Element> bodies_;  // of the requests, by guid
};

// The time that the chain gives, which the digests hold, else that of the ledger.
base::Time sealed_at(const ledger::Evidence& evidence, const ledger::KeptMessage& kept) {
  const std::string ground = "message " + kept.message.guid + " ";
  for (const ledger::KeptVersion& version : evidence.versions) {
    for (const ledger::ChainEntry& entry : version.entries) {
      if (entry.move.evidence.starts_with(ground)) return entry.move.at;
    }
  }
  return kept.sealed_at;
}

CheckedMessage check_signature(const ledger::KeptMessage& kept, base::Time at, signing::VerifyTerms terms,
                               Findings& findings) {
  const std::string file = names::message(kept.message.guid);
  terms.now = at;
  CheckedMessage checked{kept.message.guid, at, signing::verify(kept.message.signed_xml, terms)};
  if (!checked.verification.valid) {
    findings.error("evidence.signature", file, 0, "报文的签名无效，原因见下",
                   "the signature of the message is bad, for "
                   "the reasons below");
  }
  for (base::Fault fault : checked.verification.faults) {
    fault.path = file;
    fault.line = 0;
    findings.faults().push_back(std::move(fault));
  }
  return checked;
}

}  // namespace

std::vector<CheckedMessage> check_contents(const ledger::Evidence& evidence, const schemas::Catalog& catalog,
                                           const signing::VerifyTerms& terms, Findings& findings) {
  const std::string& name = evidence.versions.front().summary.type;
  if (const schemas::MessageType* type = catalog.find(name)) {
    Contents(evidence, *type, findings).check();
  } else {
    findings.error("evidence.content", names::document, 0, "规范版本 " + catalog.edition() + " 中没有报文类型 " + name,
                   "edition " + catalog.edition() + " has no message type " + name);
  }
  std::vector<CheckedMessage> checked;
  for (const ledger::KeptMessage& kept : evidence.messages) {
    checked.push_back(check_signature(kept, sealed_at(evidence, kept), terms, findings));
  }
  return checked;
}

}  // namespace gateway::evidence
