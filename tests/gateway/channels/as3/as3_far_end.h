// The exchange's side of an FTP server for the suite of channels and the tests of the profile: it takes messages from
// `out`, answers each by a receipt as it is told to, and puts messages into `in`. It sees the server's files directly.
#pragma once

#include <mutex>
#include <thread>

#include "codecs/as2/mdn.h"
#include "codecs/as2/mime.h"
#include "tests/codecs/as2/partners.h"
#include "tests/contracts/channel_suite.h"
#include "tests/support/eventually.h"
#include "tests/support/ftp_server.h"
#include "tests/support/paths.h"

namespace tests {

enum class Answering { well, never, with_failure, with_other_mic, unsigned_, as_somebody };

class As3FarEnd final : public FarEnd {
 public:
  explicit As3FarEnd(FtpSecurity security = FtpSecurity::explicit_tls) : server_(security) {
    for (const std::string& dxp_id : {channel_dxp_id, other_dxp_id}) {
      for (const char* folder : {"/out", "/in"}) server_.make_folder(dxp_id + folder);
    }
    port_.name = "exchange";
    port_.profile = "dxp-as3";
    port_.url = server_.url();
    port_.user = server_.user();
    port_.password = "file:" + server_.password().string();
    port_.tls.ca = server_.certificate();
    port_.ftp.out = server_.path("{dxp_id}/out");
    port_.ftp.in = server_.path("{dxp_id}/in");
    port_.timeout = std::chrono::seconds(8) * slowness;
    port_.poll_interval = std::chrono::milliseconds(100);
    agree();
    thread_ = std::thread([this] { answer_all(); });
  }
  ~As3FarEnd() override {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    thread_.join();
  }

  config::Port port() const override { return port_; }
  config::Port& settings() { return port_; }
  FtpServer& server() { return server_; }
  std::string source() const override { return "in"; }

  std::vector<std::string> arrived(std::size_t count) override {
    if (!eventually([&] { return noted() >= count; })) throw std::runtime_error("it has not arrived");
    const std::lock_guard lock(mutex_);
    return std::exchange(arrived_, {});
  }
  std::vector<codecs::as2::ReceivedMdn> receipts() {
    const std::lock_guard lock(mutex_);
    return receipts_;
  }
  void put(const std::string& record, const std::string& dxp_id) override {
    put_file(file_of(record, next_id(), dxp_id), dxp_id);
  }
  // In the order of calls.
  std::filesystem::path put_file(const std::string& bytes, const std::string& dxp_id = channel_dxp_id) {
    const auto file = in(dxp_id) / ("R" + std::to_string(1000000 + ++number_) + ".as3");
    server_.put(file, bytes);
    return file;
  }
  std::string file_of(const std::string& record, const std::string& message_id,
                      const std::string& dxp_id = channel_dxp_id) const {
    codecs::as2::Agreement agreement = agreement_with(dxp_id);
    agreement.receipt = request_;
    const auto made = must(codecs::as2::make_message({record, "application/xml", {}}, message_id, agreement));
    return codecs::as2::Entity{made.headers, made.body}.text();
  }
  std::string next_id() { return "<" + std::to_string(++number_) + "@customs>"; }

  void go_away() override { server_.stop(); }
  void come_back() override { server_.start(); }
  void refuse(const std::string& words) override {
    const std::lock_guard lock(mutex_);
    answering_ = Answering::with_failure;
    words_ = words;
  }
  void lose_answers() override { fall_silent(); }
  void fall_silent() override {
    port_.timeout = std::chrono::seconds(2);
    answer(Answering::never);
  }
  void fail_with_code(const std::string& code) {
    refuse("words");
    const std::lock_guard lock(mutex_);
    code_ = code;
  }
  void answer(Answering how) {
    const std::lock_guard lock(mutex_);
    answering_ = how;
  }
  void answer_late() {  // what was taken last
    const std::lock_guard lock(mutex_);
    answering_ = Answering::well;
    put_receipt(last_.value(), agreement_with(channel_dxp_id));
  }
  void ask_for_receipts() { request_ = {codecs::as2::ReceiptWay::in_response, {}, codecs::as2::Digest::sha256}; }

  std::filesystem::path out() const { return server_.root() / channel_dxp_id / "out"; }
  std::filesystem::path in(const std::string& dxp_id = channel_dxp_id) const { return server_.root() / dxp_id / "in"; }

 private:
  using Agreement = codecs::as2::Agreement;

  // As the settings have it, so that the partnership is made as in use.
  void agree() {
    const As2Partners& partners = As2Partners::shared();
    std::filesystem::permissions(partners.shop.key_file, std::filesystem::perms::owner_read);
    config::Agreement& agreement = port_.agreement;
    agreement.partner_id = partners.customs.id;
    agreement.key = partners.shop.key_file;
    agreement.certificate = partners.shop.certificate_file;
    agreement.partner_certificates = {partners.customs.certificate_file};
    agreement.encrypt_for = partners.customs.certificate_file;
    agreement.incoming = {.is_signed = true, .is_encrypted = true, .is_compressed = false};
  }
  static Agreement agreement_with(const std::string& dxp_id) {
    Agreement agreement = As2Partners::shared().of_customs();
    agreement.carrier = codecs::as2::Carrier::as3;
    agreement.partner_id = dxp_id;
    agreement.outgoing = {codecs::as2::Digest::sha256, codecs::as2::Cipher::aes128_cbc, {}};
    return agreement;
  }

  std::size_t noted() {
    const std::lock_guard lock(mutex_);
    return arrived_.size();
  }
  bool is_over() {
    const std::lock_guard lock(mutex_);
    return is_over_;
  }

  void answer_all() {
    while (!is_over()) {
      std::error_code error;
      for (const auto& one : std::filesystem::directory_iterator(out(), error)) {
        if (one.path().extension() == ".as3") take(one.path());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

  void take(const std::filesystem::path& file) {
    const auto entity = must(codecs::as2::read_entity(read_file(file)));
    std::filesystem::remove(file);
    const Agreement agreement = agreement_with(channel_dxp_id);
    const std::lock_guard lock(mutex_);
    if (codecs::as2::is_mdn(entity.headers, entity.body)) {
      receipts_.push_back(must(codecs::as2::read_mdn(entity.headers, entity.body, agreement)));
      return;
    }
    const auto message = must(codecs::as2::open_message(entity.headers, entity.body, agreement));
    arrived_.push_back(message.payload.bytes);
    last_ = message;
    if (answering_ != Answering::never) put_receipt(message, agreement);
  }

  void put_receipt(const codecs::as2::ReceivedMessage& message, Agreement agreement) {
    codecs::as2::MdnContent content{message.head.message_id, {}, message.mic, {}};
    codecs::as2::ReceiptRequest request = message.receipt;
    if (answering_ == Answering::with_failure) {
      content.faults = {{code_, "", words_, "words", ""}};
      content.disposition = codecs::as2::disposition_of(content.faults);
    }
    if (answering_ == Answering::with_other_mic) content.mic->value.front() ^= 1;
    if (answering_ == Answering::unsigned_) request.signed_with.reset();
    if (answering_ == Answering::as_somebody) agreement.signing_key = As2Partners::shared().stranger.keys;
    const auto mdn = must(codecs::as2::make_mdn(content, "<mdn@customs>", request, agreement));
    server_.put(in() / ("MDN" + std::to_string(++number_) + ".as3"), codecs::as2::Entity{mdn.headers, mdn.body}.text());
  }

  FtpServer server_;
  config::Port port_;
  codecs::as2::ReceiptRequest request_;  // of what it sends
  std::atomic<int> number_{0};

  std::mutex mutex_;
  Answering answering_ = Answering::well;
  std::string words_, code_ = "as2.decryption";
  std::vector<std::string> arrived_;
  std::optional<codecs::as2::ReceivedMessage> last_;
  std::vector<codecs::as2::ReceivedMdn> receipts_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace tests
