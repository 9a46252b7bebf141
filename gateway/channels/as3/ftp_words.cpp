#include "gateway/channels/as3/ftp_words.h"

#include <algorithm>

namespace gateway::channels::as3 {

namespace {

// On one line, printable, so that it can stand in a log.
std::string shown(std::string_view said) {
  std::string text(said.substr(0, said.find_last_not_of("\r\n") + 1));
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; }, ' ');
  return text;
}

struct Trouble {
  const char *code, *zh, *en;
};

Trouble trouble_of(CURLcode code) {
  switch (code) {
    case CURLE_LOGIN_DENIED:
      return {"as3.login", "拒绝登录，请核对 user 和 password", "refuses the login; check user and password"};
    case CURLE_REMOTE_ACCESS_DENIED:
    case CURLE_UPLOAD_FAILED:
      return {"as3.folder", "上没有该目录，或无权使用，请核对 out 和 in",
              "has no such folder, or not for this user; check out and in"};
    case CURLE_REMOTE_FILE_NOT_FOUND:
    case CURLE_FTP_COULDNT_RETR_FILE:
      return {"as3.file", "上没有该文件，或无权读取", "has no such file, or not for this user"};
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return {"as3.tls", "的加密连接不成立，请核对 ca、certificate、key 以及服务器的证书",
              "cannot be reached over TLS; check ca, certificate, key and the server's certificate"};
    case CURLE_QUOTE_ERROR:
      return {"as3.refused", "拒绝了命令，请核对该用户的权限", "refuses a command; check what this user may do there"};
    default:
      return {"as3.unreachable", "无法连接，或连接已断开，请检查网络和服务器",
              "cannot be reached, or the connection broke; check network and server"};
  }
}

}  // namespace

void set_connection_options(CURL* curl, const config::Port& port, std::chrono::milliseconds longest_connecting) {
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "ftp,ftps");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");  // whatever the environment says
  curl_easy_setopt(curl, CURLOPT_FTP_FILEMETHOD, static_cast<long>(CURLFTPMETHOD_SINGLECWD));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(longest_connecting.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(port.timeout.count()));
  if (port.ftp.tls == config::FtpTls::none) return;
  curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));  // data too: PROT P
  curl_easy_setopt(curl, CURLOPT_FTPSSLAUTH, static_cast<long>(CURLFTPAUTH_TLS));
  if (!port.tls.ca.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(curl, CURLOPT_CAINFO, port.tls.ca.c_str());
  }
  if (port.tls.key.empty()) return;
  curl_easy_setopt(curl, CURLOPT_SSLCERT, port.tls.certificate.c_str());
  curl_easy_setopt(curl, CURLOPT_SSLKEY, port.tls.key.c_str());
}

void set_tls(CURL* curl, Tls tls) {
  const bool is_resumed = tls == Tls::resumed;
  const long versions = is_resumed ? static_cast<long>(CURL_SSLVERSION_TLSv1_2) | CURL_SSLVERSION_MAX_TLSv1_2
                                   : static_cast<long>(CURL_SSLVERSION_TLSv1_3);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, versions);
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, is_resumed ? 0L : 1L);
  curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, is_resumed ? 0L : 1L);
}

base::Fault fault_of_call(const std::string& url, CURLcode code, const std::string& library, std::string_view said) {
  const Trouble trouble = trouble_of(code);
  const std::string words = library + (said.empty() ? "" : "; " + shown(said));
  return {trouble.code,
          url,
          "FTP 服务器 " + url + " " + trouble.zh + "（" + words + "）",
          "the FTP server " + url + " " + trouble.en + " (" + words + ")",
          {}};
}

std::string words_of(const base::Faults& faults) { return faults.front().zh + " / " + faults.front().en; }

base::Fault too_large(const std::string& name, std::size_t most_bytes) {
  const std::string most = std::to_string(most_bytes);
  return {"as3.too_large",
          name,
          "文件 " + name + " 超过 " + most + " 字节，未读取；请发送方拆分",
          "the file " + name + " is over " + most + " bytes and is not read; its sender has to split it",
          {}};
}

bool is_refusal(std::string_view said) {
  return said.size() > 3 && (said.front() == '4' || said.front() == '5') && !said.starts_with("421");
}

}  // namespace gateway::channels::as3
