#include "tests/support/rabbit_server.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <unistd.h>

#include "base/base64.h"
#include "base/digest.h"
#include "tests/support/eventually.h"
#include "tests/support/unused_port.h"

namespace tests {

namespace {

// Not the wrappers of these names elsewhere, which ask for a service's user.
const std::string programs = "/usr/lib/rabbitmq/bin/";
constexpr std::chrono::seconds longest_start{60};
const std::string user = "gate", vhost = "customs";
const std::string certified = "test";  // as the client's certificate names him

bool is_root() { return geteuid() == 0; }

std::string as_its_user() { return is_root() ? "setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups -- " : ""; }

void run(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error(command + " failed");
}

std::string content_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

std::string random_word() {
  std::string word(8, ' ');
  std::ifstream("/dev/urandom").read(word.data(), static_cast<std::streamsize>(word.size()));
  return base::sha256_hex(word).substr(0, 24);
}

// As the broker keeps it: four bytes of salt before the digest of them and the password.
std::string password_hash(const std::string& password) {
  const std::string salt = "salt";
  std::string bytes = salt;
  const std::string hexadecimal = base::sha256_hex(salt + password);
  for (std::size_t i = 0; i < hexadecimal.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16));
  }
  return base::base64(bytes);
}

std::string permissions_of(const std::string& who) {
  return R"({"user":")" + who + R"(","vhost":")" + vhost + R"(","configure":".*","write":".*","read":".*"})";
}

std::string definitions(const std::string& password) {
  return R"({"users":[{"name":")" + user + R"(","password_hash":")" + password_hash(password) +
         R"(","hashing_algorithm":"rabbit_password_hashing_sha256","tags":""},{"name":")" + certified +
         R"(","password_hash":"","hashing_algorithm":"rabbit_password_hashing_sha256","tags":""}],"vhosts":[{"name":")" +
         vhost + R"("}],"permissions":[)" + permissions_of(user) + "," + permissions_of(certified) + "]}";
}

}  // namespace

bool RabbitServer::is_installed() { return access((programs + "rabbitmq-server").c_str(), X_OK) == 0; }

RabbitServer* RabbitServer::of_this_program() {
  if (!is_installed()) return nullptr;
  static const std::unique_ptr<RabbitServer> server(new RabbitServer);
  return server.get();
}

RabbitServer::RabbitServer() {
  std::string name = "/tmp/cebgate-rabbit-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder for RabbitMQ");
  folder_ = name;
  lifeline_.emplace("kill -9 $(cat " + name + "/*.pid); rm -rf " + name);
  login_ = {.port = unused_port(), .user = user, .password = random_word(), .vhost = vhost};
  tls_port_ = unused_port();
  write_files();
  if (is_root()) run("chown -R rabbitmq " + name);
  run("setsid sh " + name + "/epmd.sh");
  start();
}

RabbitServer::~RabbitServer() = default;

void RabbitServer::write_files() {
  std::filesystem::create_directories(folder_ / "server");
  std::filesystem::create_directories(folder_ / "client");
  tls_ = make_tls_files(folder_ / "server", "DNS:localhost");
  client_tls_ = make_issued_tls_files(folder_ / "client", "DNS:client");
  const std::string home = folder_.string(), epmd = std::to_string(unused_port());
  write(folder_ / "definitions.json", definitions(login_.password));
  write(folder_ / "plugins", "[rabbitmq_amqp1_0, rabbitmq_auth_mechanism_ssl].\n");
  write(folder_ / "rabbitmq.conf",
        "listeners.tcp.1 = 127.0.0.1:" + std::to_string(login_.port) + "\nlisteners.ssl.1 = 127.0.0.1:" +
            std::to_string(tls_port_) + "\nssl_options.certfile = " + tls_.certificate.string() +
            "\nssl_options.keyfile = " + tls_.key.string() + "\nssl_options.cacertfile = " + client_tls_.ca.string() +
            "\nssl_options.verify = verify_peer\nssl_options.fail_if_no_peer_cert = true" +
            "\nauth_mechanisms.1 = PLAIN\nauth_mechanisms.2 = EXTERNAL\nssl_cert_login_from = common_name" +
            "\namqp1_0.default_vhost = " + vhost + "\nload_definitions = " + home + "/definitions.json" +
            "\nlog.console.level = warning\nheartbeat = 60" + "\nvm_memory_high_watermark.absolute = 600MB" +
            "\ndisk_free_limit.absolute = 50MB\n");
  const std::string in_the_background = " < /dev/null > /dev/null 2>&1 &\n";
  write(folder_ / "epmd.sh", as_its_user() + "epmd -port " + epmd + " -address 127.0.0.1" + in_the_background +
                                 "echo $! > " + home + "/epmd.pid\n");
  write(folder_ / "environment.sh",
        "cd " + home + "\nexport HOME=" + home + " ERL_EPMD_PORT=" + epmd +
            " ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT=" + std::to_string(unused_port()) +
            " RABBITMQ_NODENAME=cebgate" + std::to_string(getpid()) + "@localhost RABBITMQ_MNESIA_BASE=" + home +
            "/data RABBITMQ_LOG_BASE=" + home + "/log RABBITMQ_LOGS=- RABBITMQ_CONFIG_FILE=" + home +
            "/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=" + home +
            "/plugins RABBITMQ_CONF_ENV_FILE=/dev/null RUNNING_UNDER_SYSTEMD=1\n" +
            "export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}"
            " +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none'\n");
  write(folder_ / "start.sh", ". " + home + "/environment.sh\n(" + as_its_user() + programs +
                                  "rabbitmq-server < /dev/null > " + home + "/output 2>&1 &\n echo $! > " + home +
                                  "/broker.pid; wait; rm " + home + "/broker.pid) > /dev/null 2>&1 &\n");
}

void RabbitServer::control(const std::string& command) const {
  run(". " + folder_.string() + "/environment.sh; " + as_its_user() + programs + "rabbitmqctl " + command +
      " > /dev/null 2>&1");
}

std::string RabbitServer::url() const { return "amqp://127.0.0.1:" + std::to_string(login_.port) + "/" + login_.vhost; }

std::string RabbitServer::tls_url() const {
  return "amqps://localhost:" + std::to_string(tls_port_) + "/" + login_.vhost;
}

void RabbitServer::start() {
  run("setsid sh " + folder_.string() + "/start.sh");
  if (!eventually([this] { return takes_logins(); }, longest_start)) {
    throw std::runtime_error("RabbitMQ does not start: " + output());
  }
}

bool RabbitServer::takes_logins() const {
  try {
    BareAmqp client(login_);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

void RabbitServer::stop() { signal(SIGTERM); }

void RabbitServer::kill() { signal(SIGKILL); }

// Comes back when none of its threads runs any more: each stops when it next meets the kernel.
void RabbitServer::freeze() const {
  const std::string pid = content_of(folder_ / "broker.pid");
  ::kill(std::stoi(pid), SIGSTOP);
  const auto is_stopped = [](const auto& thread) {
    const std::string status = content_of(thread.path() / "stat");
    return status.substr(status.rfind(')') + 1, 2) == " T";
  };
  const std::filesystem::path threads = "/proc/" + std::to_string(std::stoi(pid)) + "/task";
  eventually([&] { return std::ranges::all_of(std::filesystem::directory_iterator(threads), is_stopped); });
}

void RabbitServer::thaw() const { ::kill(std::stoi(content_of(folder_ / "broker.pid")), SIGCONT); }

// Comes back when the process is gone.
void RabbitServer::signal(int number) const {
  const std::filesystem::path file = folder_ / "broker.pid";
  ::kill(std::stoi(content_of(file)), number);
  if (!eventually([&file] { return !exists(file); }, longest_start)) throw std::runtime_error("RabbitMQ does not end");
}

std::string RabbitServer::output() const { return content_of(folder_ / "output"); }

}  // namespace tests
