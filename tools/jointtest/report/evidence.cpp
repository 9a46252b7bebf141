#include "tools/jointtest/report/evidence.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/clock.h"
#include "gateway/evidence/package.h"
#include "tools/jointtest/report/file_names.h"
#include "tools/jointtest/report/results_json.h"

namespace tools::jointtest::report {

namespace {

namespace json = boost::json;
using gateway::evidence::File;

constexpr std::string_view readme = R"(接口联调测试的证据（cebgate） / Evidence of a joint-test run (cebgate)

report.html     联调测试报告，用浏览器打开，无需网络，可打印
junit.xml       同样的结果，供持续集成系统读取
results.json    同样的结果，逐项列出；file 指向下列文件
case-NN-message-NN-类型.xml             第 NN 项用例的报文
case-NN-message-NN-receipt-NN.*         该报文的回执
manifest.json   以上各文件的大小、SHA-256 和 SM3
SHA256SUMS      所有文件的 SHA-256；查验：sha256sum -c SHA256SUMS ；单个文件的 SM3：openssl dgst -sm3 FILE

report.html     the report: opens in a browser, needs no network, prints
junit.xml       the same results for CI systems
results.json    the same results, item by item; `file` names one of these:
case-NN-message-NN-TYPE.xml             a message of case NN
case-NN-message-NN-receipt-NN.*         a receipt of that message
manifest.json   size, SHA-256 and SM3 of all the files above
SHA256SUMS      SHA-256 of every file; to check: sha256sum -c SHA256SUMS ; the SM3 of one: openssl dgst -sm3 FILE

)";

constexpr std::string_view of_masked_files =
    R"(报文和回执中的个人信息（姓名、证件号、电话、地址）和签名人证书已替换为 ***，其余内容与收发时一致。因此这些报文不能再验签；
报告中的签名结果是对原报文验签所得。需要与收发时逐字节一致的文件，用 cebgate jointtest report --show-personal-data 生成。

Personal data in messages and receipts (names, identity numbers, telephones, addresses) and the signer's certificate are
replaced by ***; all else is as it was sent and received. So these messages cannot be verified any more: the verdicts in the
report are about the messages as they were sent. cebgate jointtest report --show-personal-data writes the files byte for byte.
)";

constexpr std::string_view of_true_files =
    R"(报文和回执与收发时逐字节一致，含完整的个人信息，请按规定保管。报文的签名：cebgate verify FILE --trust CA.pem --explain

Messages and receipts are byte for byte as they were sent and received; they hold personal data in full, to be kept as the
rules ask. A message's signature: cebgate verify FILE --trust CA.pem --explain
)";

void add_messages(const CaseResult& one, std::size_t case_index, std::vector<File>& files) {
  for (std::size_t i = 0; i < one.messages.size(); ++i) {
    const MessageResult& message = one.messages[i];
    if (!message.bytes.empty()) files.push_back({file_of_message(message, case_index, i), message.bytes});
    for (std::size_t k = 0; k < message.receipts.size(); ++k) {
      const ReceiptResult& receipt = message.receipts[k];
      if (!receipt.bytes.empty()) files.push_back({file_of_receipt(receipt, case_index, i, k), receipt.bytes});
    }
  }
}

std::string manifest_json(const std::vector<File>& files, const RunResult& run, Masking masking) {
  json::array rows;
  for (const File& file : files) {
    const auto one = gateway::evidence::listed(file);
    rows.push_back(json::object{{"name", one.name}, {"bytes", one.bytes}, {"sha256", one.sha256}, {"sm3", one.sm3}});
  }
  std::string text = "{\"form\": \"cebgate-joint-test\",\n\"form_version\": 1,\n\"masked\": " +
                     std::string(masking == Masking::masked ? "true" : "false") +
                     ",\n\"ended\": " + (run.ended ? "\"" + base::rfc3339(*run.ended) + "\"" : "null") +
                     ",\n\"files\": [";
  for (const json::value& row : rows) text += (text.ends_with('[') ? "\n" : ",\n") + json::serialize(row);
  return text + "\n]}\n";
}

}  // namespace

std::vector<File> evidence_files(const RunResult& run, const Written& written, Masking masking) {
  namespace names = gateway::evidence::names;
  std::vector<File> files;
  files.push_back({std::string(names::readme),
                   std::string(readme) + std::string(masking == Masking::masked ? of_masked_files : of_true_files)});
  files.push_back({"report.html", written.page});
  files.push_back({"junit.xml", written.junit});
  files.push_back({"results.json", results_json(run)});
  for (std::size_t i = 0; i < run.cases.size(); ++i) add_messages(run.cases[i], i, files);
  files.push_back({std::string(names::manifest), manifest_json(files, run, masking)});
  files.push_back({std::string(names::sums), gateway::evidence::sums_of(files)});
  return files;
}

}  // namespace tools::jointtest::report
