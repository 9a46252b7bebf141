#include "tests/support/ftp_server.h"

#include <cstdlib>
#include <fstream>
#include <pwd.h>
#include <stdexcept>
#include <unistd.h>

#include "tests/support/eventually.h"
#include "tests/support/paths.h"
#include "tests/support/shell.h"
#include "tests/support/unused_port.h"

namespace tests {

namespace {

const std::string program_file = "/usr/sbin/vsftpd";

bool is_root() { return geteuid() == 0; }

std::string as_its_user() { return is_root() ? "setpriv --reuid=ftp --regid=ftp --clear-groups -- " : ""; }

void run(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error(command + " failed");
}

void give_to_its_user(const std::filesystem::path& file) {
  const passwd* user = is_root() ? getpwnam("ftp") : nullptr;
  if (user != nullptr && ::chown(file.c_str(), user->pw_uid, user->pw_gid) != 0) {
    throw std::runtime_error(file.string() + " cannot be given to the user ftp");
  }
}

// The anonymous login takes no other password than one of its list.
constexpr const char* always =
    "listen=YES\nlisten_address=127.0.0.1\nrun_as_launching_user=YES\nbackground=NO\nlocal_enable=NO\n"
    "anonymous_enable=YES\nsecure_email_list_enable=YES\nwrite_enable=YES\nanon_upload_enable=YES\n"
    "anon_mkdir_write_enable=YES\nanon_other_write_enable=YES\nanon_world_readable_only=NO\nanon_umask=022\n"
    "seccomp_sandbox=NO\nisolate=NO\nisolate_network=NO\npasv_address=127.0.0.1\nlog_ftp_protocol=YES\n"
    "xferlog_enable=YES\nmax_login_fails=1\ndelay_failed_login=0\nuse_localtime=YES\n";

}  // namespace

bool FtpServer::is_installed() { return access(program_file.c_str(), X_OK) == 0; }

FtpServer::FtpServer(FtpSecurity security) : port_(unused_port()), security_(security) {
  std::string name = "/tmp/cebgate-ftp-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder for vsftpd");
  folder_ = name;
  // A process that is being killed may still begin a new log.
  lifeline_.emplace("kill -9 -$(cat " + name + "/session); rm -rf " + name + "; (sleep 1; rm -rf " + name + ") &");
  for (const char* one : {"server", "client", "root"}) std::filesystem::create_directories(folder_ / one);
  tls_ = make_tls_files(folder_ / "server", "DNS:localhost");
  client_tls_ = make_issued_tls_files(folder_ / "client", "DNS:client");
  write_file(password(), "Secret word 1");
  std::filesystem::permissions(password(), std::filesystem::perms::owner_read);
  write_settings(security);
  write_file(folder_ / "passwords", "Secret word 1\n");
  if (is_root()) run("chown -R ftp " + name + "; chown root " + password().string());
  start();
}

FtpServer::~FtpServer() = default;

void FtpServer::write_settings(FtpSecurity security) const {
  const std::string home = folder_.string();
  std::string text = always;
  text += "listen_port=" + std::to_string(port_) + "\nanon_root=" + root().string() + "\nemail_password_file=" + home +
          "/passwords\nvsftpd_log_file=" + home + "/log\n";
  if (security != FtpSecurity::none) {
    text +=
        "ssl_enable=YES\nallow_anon_ssl=YES\nforce_anon_logins_ssl=YES\nforce_anon_data_ssl=YES\n"
        "require_ssl_reuse=YES\nrsa_cert_file=" +
        tls_.certificate.string() + "\nrsa_private_key_file=" + tls_.key.string() + "\n";
  }
  // By itself it has no cipher for TLS 1.2 that anybody takes.
  if (security != FtpSecurity::none && security != FtpSecurity::only_tls_1_3) text += "ssl_ciphers=HIGH\n";
  if (security == FtpSecurity::implicit_tls) text += "implicit_ssl=YES\n";
  if (security == FtpSecurity::client_certificate) {
    text += "require_cert=YES\nvalidate_cert=YES\nca_certs_file=" + client_tls_.ca.string() + "\n";
  }
  write_file(folder_ / "vsftpd.conf", text);
}

std::string FtpServer::url() const {
  return (security_ == FtpSecurity::implicit_tls ? "ftps://localhost:" : "ftp://localhost:") + std::to_string(port_);
}

std::filesystem::path FtpServer::make_folder(const std::string& path) const {
  std::filesystem::path folder = root();
  for (const auto& part : std::filesystem::path(path)) {
    folder /= part;
    if (std::filesystem::create_directory(folder)) give_to_its_user(folder);
  }
  return folder;
}

void FtpServer::put(const std::filesystem::path& file, const std::string& bytes) const {
  const std::filesystem::path temporary = file.string() + ".tmp";
  write_file(temporary, bytes);
  give_to_its_user(temporary);
  std::filesystem::rename(temporary, file);
}

// A session of its own, so that the processes of its connections end with it.
void FtpServer::start() {
  const std::string home = folder_.string();
  run("setsid sh -c 'echo $$ > " + home + "/session; exec " + as_its_user() + program_file + " " + home +
      "/vsftpd.conf' < /dev/null > " + home + "/output 2>&1 &");
  if (!eventually([this] { return answers(); })) {
    throw std::runtime_error("vsftpd does not start: " + read_file(folder_ / "output"));
  }
}

bool FtpServer::answers() const { return is_listening(port_); }

void FtpServer::stop() {
  const std::string session = read_file(folder_ / "session");
  run_shell("kill -9 -" + session);
  const bool has_ended = eventually([&] { return run_shell("kill -0 -" + session).status != 0; });
  if (!has_ended) throw std::runtime_error("vsftpd does not end");
}

std::string FtpServer::log() const {
  return std::filesystem::exists(folder_ / "log") ? read_file(folder_ / "log") : std::string();
}

}  // namespace tests
