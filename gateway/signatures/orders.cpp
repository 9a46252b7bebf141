#include "gateway/signatures/orders.h"

#include <algorithm>
#include <array>
#include <set>

#include "codecs/ceb/exact_json.h"
#include "gateway/signatures/signatures.h"
#include "gateway/views/answers.h"

namespace gateway::signatures {
namespace {

using codecs::ceb::JsonKind;
using codecs::ceb::JsonNode;
using views::fault;

class OrderReader {
 public:
  OrderReader(const JsonNode& json, const Known& known) : json_(json), known_(known) {}

  base::Result<Order> read() {
    check_members();
    read_enterprise();
    read_content();
    read_dialect();
    read_digest();
    if (!faults_.empty()) return faults_;
    return std::move(order_);
  }

 private:
  void refuse(std::string code, std::string path, std::string zh, std::string en) {
    faults_.push_back(fault(std::move(code), std::move(path), std::move(zh), std::move(en)));
  }

  void check_members() {
    static constexpr std::array<std::string_view, 5> allowed{"enterprise", "xml", "text", "dialect", "digest"};
    std::set<std::string_view> seen;
    for (const auto& [name, value] : json_.members) {
      if (std::ranges::find(allowed, name) == allowed.end()) {
        refuse("json.shape", "/" + name, "不认识这个成员；可用：enterprise、xml、text、dialect、digest。",
               "This member is not known; allowed are enterprise, xml, text, dialect and digest.");
      } else if (!seen.insert(name).second) {
        refuse("json.shape", "/" + name, name + " 出现了两次。", name + " stands here twice.");
      }
    }
  }

  // Nothing where the member is absent; a fault where it is no string.
  const std::string* text_member(const std::string& name) {
    const JsonNode* member = json_.member(name);
    if (member == nullptr) return nullptr;
    if (member->kind == JsonKind::string) return &member->text;
    refuse("json.shape", "/" + name, "应为字符串。", "This has to be a string.");
    return nullptr;
  }

  void read_enterprise() {
    const std::string* code = text_member("enterprise");
    if (code == nullptr && json_.member("enterprise") != nullptr) return;
    order_.enterprise = known_.settings.enterprise(code == nullptr ? "" : *code);
    if (order_.enterprise != nullptr) return;
    std::string allowed;
    for (const auto& one : known_.settings.enterprises) {
      if (known_.caller.may(one.code)) allowed += (allowed.empty() ? "" : ", ") + one.code;
    }
    if (allowed.empty()) allowed = "-";
    refuse("intake.enterprise", "/enterprise", "请写明网关所配置的企业；可用：" + allowed + "。",
           "Name an enterprise that is configured here; allowed: " + allowed + ".");
  }

  void read_content() {
    const bool has_xml = json_.member("xml") != nullptr, has_text = json_.member("text") != nullptr;
    if (has_xml == has_text) {
      refuse("json.shape", "", "xml 和 text 必须且只能给出一个。", "Exactly one of xml and text has to stand here.");
      return;
    }
    order_.kind = has_xml ? ledger::SigningKind::xml : ledger::SigningKind::text;
    const std::string name(word(order_.kind));
    const std::string* content = text_member(name);
    if (content == nullptr) return;
    if (content->empty()) {
      refuse("sign.empty", "/" + name, "没有要签名的内容。", "There is nothing to sign.");
    } else if (content->size() > longest_text_bytes) {
      const std::string size = std::to_string(content->size()), most = std::to_string(longest_text_bytes);
      refuse("sign.size", "/" + name, "内容有 " + size + " 字节，最多 " + most + " 字节。",
             "This has " + size + " bytes; at most " + most + " are signed.");
    } else {
      order_.content = *content;
    }
  }

  void read_dialect() {
    const std::string* name = text_member("dialect");
    if (name == nullptr) return;
    if (json_.member("text") != nullptr) {
      refuse("sign.dialect", "/dialect", "dialect 只用于 xml；text 请用 digest。",
             "A dialect is for xml only; for text say digest.");
    } else if (signing::find_dialect(known_.dialects, *name) == nullptr) {
      std::string names;
      for (const auto& one : known_.dialects) names += (names.empty() ? "" : ", ") + one.name;
      refuse("sign.dialect", "/dialect", "没有签名方言 " + *name + "；可用：" + names + "。",
             "There is no dialect " + *name + "; known: " + names + ".");
    } else {
      order_.dialect = *name;
    }
  }

  void read_digest() {
    const std::string* name = text_member("digest");
    if (name == nullptr) return;
    if (json_.member("xml") != nullptr) {
      refuse("sign.digest", "/digest", "digest 只用于 text；xml 请用 dialect。",
             "A digest is for text only; for xml say dialect.");
    } else if (*name == "sha1") {
      order_.rsa = signing::SignatureAlgorithm::rsa_sha1;
    } else if (*name == "sha256") {
      order_.rsa = signing::SignatureAlgorithm::rsa_sha256;
    } else {
      refuse("sign.digest", "/digest", "digest 只能是 sha1 或 sha256。", "A digest has to be sha1 or sha256.");
    }
  }

  const JsonNode& json_;
  const Known& known_;
  Order order_;
  base::Faults faults_;
};

}  // namespace

base::Result<Order> read_order(std::string_view body, const Known& known) {
  const auto json = codecs::ceb::read_json(body);
  if (!json) return json.faults();
  if (json->kind != JsonKind::object) {
    return fault("json.shape", "", "应为对象：{\"enterprise\",\"xml\"} 或 {\"enterprise\",\"text\"}。",
                 "This has to be an object {\"enterprise\",\"xml\"} or {\"enterprise\",\"text\"}.");
  }
  return OrderReader(*json, known).read();
}

}  // namespace gateway::signatures
