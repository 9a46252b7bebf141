#include "config/secret_reading.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file_care.h"

namespace config {

namespace {

constexpr std::size_t most_secret_bytes = 4096;

using SecretResult = base::Result<base::Secret>;

base::Fault fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault wrong_form() {
  return fault(
      "settings.secret",
      "口令不能直接写在设置中；请写明从何处读取：file:路径、env:环境变量名 或 credential:名称（systemd）。",
      "A secret is not written into the settings; name where it stands: file:PATH, env:NAME or credential:NAME "
      "(systemd).");
}

base::Fault is_empty(const std::string& zh, const std::string& en) {
  return fault("settings.secret_read", zh + "是空的；请写入口令，或去掉这一项设置。",
               en + " is empty; put the secret into it, or leave the setting out.");
}

base::Fault unreadable(const std::string& file) {
  const std::string why = std::generic_category().message(errno);
  return fault("settings.secret_read", "无法读取口令文件 " + file + "（" + why + "）；请检查路径和权限。",
               "The secret in " + file + " cannot be read (" + why + "); check the path and its permissions.");
}

void cut_line_break(base::Secret& secret) {
  std::string_view text = secret.reveal();
  if (!text.ends_with('\n')) return;
  text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  secret.shorten(text.size());
}

SecretResult read_whole(const std::string& file) {
  auto secret = base::Secret::read_file(file, most_secret_bytes + 1);
  if (!secret) return unreadable(file);
  if (secret->reveal().size() > most_secret_bytes) {
    return fault("settings.secret_read", file + " 大于 4 KiB，不是口令文件；请指定只含口令的文件。",
                 file + " is larger than 4 KiB and so no file of a secret; name one that holds the secret alone.");
  }
  cut_line_break(*secret);
  if (secret->empty()) return is_empty("口令文件 " + file + " ", "The file " + file);
  return *std::move(secret);
}

SecretResult from_file(const std::string& path, const std::filesystem::path& folder) {
  if (path.empty()) return wrong_form();
  const std::string file = (folder / path).lexically_normal().string();
  if (const auto command = base::command_to_protect(file)) {
    return fault("settings.secret_care", "口令文件 " + file + " 可被其他用户读取；请执行：" + *command,
                 "The secret in " + file + " can be read by others; run: " + *command);
  }
  return read_whole(file);
}

// Who may read a credential is the service manager's care; it grants by an access list, which looks like a group's.
SecretResult from_credential(const std::string& name) {
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos) return wrong_form();
  const char* directory = std::getenv("CREDENTIALS_DIRECTORY");
  if (directory == nullptr) {
    return fault("settings.secret_read",
                 "没有可用的 systemd 凭据；请在服务单元中写 LoadCredential=" + name + ":路径，并由 systemd 启动。",
                 "There are no credentials of systemd; put LoadCredential=" + name +
                     ":PATH into the service's unit and let systemd start it.");
  }
  return read_whole((std::filesystem::path(directory) / name).string());
}

// A variable stays readable in /proc/PID/environ and goes on to every child even once it is unset, so its text is
// overwritten where it stands; unsetting would also race with other threads' getenv. What was read is kept for the next
// reading of the same setting.
class Variables {
 public:
  std::optional<base::Secret> take(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    if (char* text = std::getenv(name.c_str()); text != nullptr && *text != '\0') {
      taken_[name] = base::Secret(text);
      explicit_bzero(text, taken_[name].reveal().size());
    }
    const auto found = taken_.find(name);
    if (found == taken_.end()) return std::nullopt;
    return found->second.copy();
  }

 private:
  std::mutex mutex_;
  std::map<std::string, base::Secret> taken_;
};

// Anything else behind env: may be the secret itself.
bool names_a_variable(std::string_view name) {
  constexpr std::string_view digits = "0123456789";
  constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz0123456789";
  return !name.empty() && digits.find(name.front()) == std::string_view::npos &&
         name.find_first_not_of(allowed) == std::string_view::npos;
}

SecretResult from_variable(const std::string& name) {
  static Variables variables;
  if (!names_a_variable(name)) return wrong_form();
  if (auto secret = variables.take(name)) return *std::move(secret);
  if (std::getenv(name.c_str()) != nullptr) return is_empty("环境变量 " + name + " ", "The variable " + name);
  return fault("settings.secret_read", "没有环境变量 " + name + "；请在启动网关之前设置它。",
               "There is no variable " + name + " in the environment; set it before the gateway is started.");
}

}  // namespace

SecretResult read_secret(const std::string& reference, const std::filesystem::path& folder) {
  const auto colon = reference.find(':');
  const std::string scheme = reference.substr(0, colon);
  const std::string name = colon == std::string::npos ? "" : reference.substr(colon + 1);
  if (scheme == "file") return from_file(name, folder);
  if (scheme == "env") return from_variable(name);
  if (scheme == "credential") return from_credential(name);
  return wrong_form();
}

}  // namespace config
