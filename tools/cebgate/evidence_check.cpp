#include "tools/cebgate/evidence_check.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <iostream>

#include "gateway/evidence/check.h"
#include "gateway/http/message.h"
#include "gateway/views/verification_json.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

namespace evidence = gateway::evidence;

// The places are inside the zip.
void print_found(std::ostream& out, const std::string& file, const base::Faults& faults, Language language) {
  for (base::Fault fault : faults) {
    const std::string place = fault.path.empty() ? file : file + "/" + fault.path;
    fault.path.clear();
    out << fault_line(place, fault, language) << "\n";
  }
}

std::string counted(Language language, std::size_t count, std::string_view zh, std::string_view one,
                    std::string_view many) {
  return std::to_string(count) + " " + say(language, zh, count == 1 ? one : many);
}

void print_version(const evidence::CheckedVersion& version, Language language) {
  std::cout << "  " << say(language, "第 ", "version ") << version.version << say(language, " 版", "") << ": "
            << printable(version.state) << ", "
            << counted(language, version.entries, "条经过", "entry of the chain", "entries of the chain");
  if (version.not_chained > 0) {
    std::cout << say(language, "，其中未入链 ", ", not chained: ") << version.not_chained;
  }
  std::cout << "\n    " << say(language, "链的末端", "the chain ends at") << ": "
            << (version.end.empty() ? say(language, "（无）", "(none)") : printable(version.end)) << "\n";
}

void print_message(const evidence::CheckedMessage& message, Language language) {
  const signing::Verification& found = message.verification;
  std::cout << "  " << say(language, "报文 ", "message ") << printable(message.guid) << ": "
            << (found.valid ? say(language, "签名有效", "good signature") : say(language, "签名无效", "bad signature"));
  if (!found.dialect.empty()) std::cout << ", " << printable(found.dialect);
  if (found.certificate) {
    std::cout << ", " << printable(found.certificate->subject) << ", " << printable(found.certificate->serial);
  }
  std::cout << ", " << say(language, "封装于 ", "sealed at ") << base::rfc3339(message.sealed_at) << "\n";
}

void print_checked(const std::string& file, std::size_t files, const evidence::Checked& checked, Language language) {
  std::cout << printable(file) << ": "
            << (checked.holds() ? say(language, "证据完好", "the evidence holds")
                                : say(language, "证据有误", "the evidence does not hold"))
            << "\n";
  const evidence::Manifest& manifest = checked.manifest;
  if (!manifest.id.empty()) {
    std::cout << "  " << printable(manifest.key) << "  " << printable(manifest.id) << "\n  "
              << say(language, "制作于 ", "made at ") << base::rfc3339(manifest.made_at) << ", "
              << printable(manifest.made_by) << ", " << say(language, "规范版本 ", "edition ")
              << printable(manifest.edition) << "\n";
  }
  for (const evidence::CheckedVersion& version : checked.versions) print_version(version, language);
  for (const evidence::CheckedMessage& message : checked.messages) print_message(message, language);
  if (!checked.versions.empty()) {
    std::cout << "  " << say(language, "已查验：", "checked: ") << counted(language, files, "个文件", "file", "files")
              << ", " << counted(language, checked.deliveries, "次投递", "delivery", "deliveries") << ", "
              << counted(language, checked.receipts, "份回执或通知", "receipt or notice", "receipts and notices")
              << ", " << counted(language, checked.records, "条收到的记录", "record received", "records received")
              << "\n";
  }
  print_found(std::cout, file, checked.faults, language);
}

boost::json::object as_json(const std::string& file, std::size_t files, const evidence::Checked& checked) {
  const evidence::Manifest& manifest = checked.manifest;
  boost::json::array versions, messages;
  for (const evidence::CheckedVersion& version : checked.versions) {
    versions.push_back({{"version", version.version},
                        {"guid", version.guid},
                        {"state", version.state},
                        {"entries", version.entries},
                        {"not_chained", version.not_chained},
                        {"end", version.end}});
  }
  for (const evidence::CheckedMessage& message : checked.messages) {
    boost::json::object object{{"guid", message.guid}, {"sealed_at", base::rfc3339(message.sealed_at)}};
    for (auto& member : gateway::views::verification_json(message.verification)) object.insert(member);
    messages.push_back(std::move(object));
  }
  return {{"file", file},
          {"valid", checked.holds()},
          {"id", manifest.id},
          {"type", manifest.type},
          {"key", manifest.key},
          {"made_at", manifest.id.empty() ? "" : base::rfc3339(manifest.made_at)},
          {"made_by", manifest.made_by},
          {"edition", manifest.edition},
          {"files", files},
          {"versions", std::move(versions)},
          {"messages", std::move(messages)},
          {"deliveries", checked.deliveries},
          {"receipts", checked.receipts},
          {"records", checked.records},
          {"faults", boost::json::parse(gateway::http::faults_json(checked.faults))}};
}

Exit tell(const std::string& file, std::size_t files, const evidence::Checked& checked, Format format,
          Language language) {
  if (format == Format::json) {
    std::cout << pretty(as_json(file, files, checked));
  } else {
    print_checked(file, files, checked, language);
  }
  return checked.holds() ? Exit::good : Exit::fault;
}

// Where the manifest names an edition that is not here, that is the evidence's fault.
base::Result<CustomsData> customs_data_for(const std::vector<evidence::File>& files, CustomsChoice choice) {
  const auto manifest = evidence::read_manifest(files);
  if (choice.edition.empty() && manifest) choice.edition = manifest->edition;
  return CustomsData::load(choice);
}

}  // namespace

Exit check_evidence(const EvidenceCheck& order, Format format, Language language) {
  const auto bytes = read_file(order.file, evidence::ZipLimits{}.packed_bytes);
  const auto terms = load_terms(order.terms);
  if (!bytes) print_faults(std::cerr, order.file, bytes.faults(), language);
  if (!terms) print_faults(std::cerr, "", terms.faults(), language);
  if (!terms) return Exit::unusable;
  if (!bytes) return bytes.faults().front().code == too_large ? Exit::fault : Exit::unusable;
  const auto files = evidence::read_zip(*bytes);
  evidence::Checked checked;
  if (!files) {
    checked.faults = files.faults();
    return tell(order.file, 0, checked, format, language);
  }
  const auto customs = customs_data_for(*files, order.customs);
  if (!customs) {
    checked.faults = evidence::file_faults(*files);
    const bool is_about_evidence = order.customs.edition.empty() && base::has_error(checked.faults);
    print_faults(std::cerr, "", customs.faults(), language);
    return is_about_evidence ? tell(order.file, files->size(), checked, format, language) : Exit::unusable;
  }
  const auto verify_terms = terms->at(base::Time{}, signing::CanonicalBytes::of_signed_info);
  return tell(order.file, files->size(), evidence::check(*files, customs->catalog(), verify_terms), format, language);
}

}  // namespace tools::cebgate
