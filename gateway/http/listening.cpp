#include "gateway/http/listening.h"

#include <filesystem>
#include <openssl/ssl.h>
#include <system_error>

namespace gateway::http {

namespace asio = boost::asio;
using asio::ip::tcp;

std::string in_brackets(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

std::string cannot_listen(const ServerOptions& options) {
  return "cannot listen on " + in_brackets(options.host) + ":" + std::to_string(options.port);
}

void bind(tcp::acceptor& acceptor, const ServerOptions& options) {
  try {
    tcp::resolver resolver(acceptor.get_executor());
    const auto found = resolver.resolve(options.host, std::to_string(options.port), tcp::resolver::passive);
    const tcp::endpoint endpoint = *found.begin();
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
  } catch (const boost::system::system_error& error) {
    throw std::system_error(std::error_code(error.code()), cannot_listen(options));
  }
}

std::optional<asio::ssl::context> tls_context(const ServerOptions& options) {
  if (!options.certificate || !options.key) return std::nullopt;
  std::filesystem::path reading = *options.certificate;
  try {
    asio::ssl::context context(asio::ssl::context::tls_server);
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                        asio::ssl::context::no_tlsv1_1);
    context.use_certificate_chain_file(options.certificate->string());
    reading = *options.key;
    context.use_private_key_file(options.key->string(), asio::ssl::context::pem);
    // A key of another kind than the certificate's is taken without a word, and then no handshake succeeds.
    if (SSL_CTX_check_private_key(context.native_handle()) != 1) {
      throw std::system_error(
          std::make_error_code(std::errc::invalid_argument),
          "cannot use " + reading.string() + " for HTTPS: it is not the key of " + options.certificate->string());
    }
    if (options.client_ca) {
      reading = *options.client_ca;
      context.load_verify_file(reading.string());
      context.set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
    }
    return context;
  } catch (const boost::system::system_error& error) {
    throw std::system_error(std::error_code(error.code()), "cannot use " + reading.string() + " for HTTPS");
  }
}

}  // namespace gateway::http
