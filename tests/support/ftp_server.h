// A vsftpd of the test's own on loopback, in a scratch folder, as the user ftp where the test runs as root: one login,
// and a tree of files that the test sees as well. It ends, and its folder goes, with the object and with the program,
// however that ends.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tests/support/lifeline.h"
#include "tests/support/tls_files.h"

namespace tests {

enum class FtpSecurity { none, explicit_tls, implicit_tls, only_tls_1_3, client_certificate };

class FtpServer {
 public:
  static bool is_installed();

  // Throws, with what it printed, if it does not start.
  explicit FtpServer(FtpSecurity security = FtpSecurity::explicit_tls);
  ~FtpServer();

  std::string url() const;  // by the name that its certificate has
  int port() const { return port_; }
  std::string user() const { return "anonymous"; }  // the one login that needs no user of the system
  std::filesystem::path password() const { return folder_ / "password"; }
  const std::filesystem::path& certificate() const { return tls_.certificate; }  // its own CA too
  const TlsFiles& client_tls() const { return client_tls_.files; }  // what it asks for, of client_certificate

  std::filesystem::path make_folder(const std::string& path) const;                     // of the server's user
  std::string path(const std::string& name) const { return (root() / name).string(); }  // as the server names it
  std::filesystem::path root() const { return folder_ / "root"; }
  // Of the server's user, as if it had been uploaded; renamed into place.
  void put(const std::filesystem::path& file, const std::string& bytes) const;

  void start();
  void stop();              // its connections as well
  std::string log() const;  // commands and answers

 private:
  void write_settings(FtpSecurity security) const;
  bool answers() const;

  std::filesystem::path folder_;
  int port_ = 0;
  FtpSecurity security_;
  TlsFiles tls_;
  IssuedTlsFiles client_tls_;
  std::optional<Lifeline> lifeline_;
};

}  // namespace tests
