// cebgate user: who may sign in to the console, on the ledger itself; a gateway may run meanwhile.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <pwd.h>
#include <string>
#include <unistd.h>
#include <vector>

#include "base/core_dumps.h"
#include "base/digest.h"
#include "config/settings.h"
#include "gateway/accounts/password_hash.h"
#include "gateway/accounts/rules.h"
#include "gateway/accounts/secret_words.h"
#include "gateway/ledger/kinds/open_ledger.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/password_entry.h"
#include "tools/cebgate/program.h"
#include "tools/cebgate/table.h"

namespace tools::cebgate {

namespace {

namespace json = boost::json;
namespace accounts = gateway::accounts;
namespace ledger = gateway::ledger;

constexpr std::chrono::minutes code_is_good_for{15};

struct UserOptions {
  std::string settings, name, role = "viewer", password_file;
  std::vector<std::string> enterprises;
  bool wants_code = false;
  Format format = Format::text;
};

struct Site {
  const config::Settings& settings;
  ledger::Ledger& ledger;
  const UserOptions& options;
  Language language;
  base::Time now;
};

base::Fault user_fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

Exit tell(const Site& site, const base::Faults& faults) {
  print_faults(std::cerr, site.options.name, faults, site.language);
  return Exit::fault;
}

Exit tell_unknown(const Site& site) {
  return tell(site, {user_fault("user.unknown", "没有这个用户，或已停用；cebgate user list 列出所有用户。",
                                "There is no such user, or it is disabled; cebgate user list names them all.")});
}

// Who did it, as this machine knows that person.
ledger::Act act_of(const Site& site, const std::string& what) {
  const passwd* const person = ::getpwuid(::geteuid());
  const std::string who = person == nullptr ? std::to_string(::geteuid()) : person->pw_name;
  return {.at = site.now,
          .by = "system:" + who,
          .kind = ledger::ActKind::user,
          .subject = "users/" + site.options.name,
          .reason = what};
}

base::Faults judge_new_user(const Site& site) {
  const UserOptions& options = site.options;
  base::Faults faults = accounts::judge_user_name(options.name);
  for (const config::Client& client : site.settings.clients) {
    if (client.name != options.name) continue;
    faults.push_back(user_fault("user.client", "设置中已有同名的 [[client]]；请另取名字。",
                                "A [[client]] of the settings has this name; take another."));
  }
  if (!config::read_role(options.role)) {
    faults.push_back(user_fault("user.role", "角色只能是 viewer、submitter、operator、approver 或 admin。",
                                "The role has to be viewer, submitter, operator, approver or admin."));
  }
  for (const std::string& code : options.enterprises) {
    if (code == "*" || site.settings.enterprise(code) != nullptr) continue;
    faults.push_back(user_fault("user.enterprise", "设置中没有代码为 “" + code + "” 的企业；\"*\" 表示全部。",
                                "The settings have no enterprise \"" + code + "\"; \"*\" stands for all."));
  }
  return faults;
}

// Nothing where the gateway takes a free port: only it knows which.
std::optional<std::string> link_of(const config::Server& server, const std::string& code) {
  if (server.port == 0) return std::nullopt;
  const std::string scheme = server.certificate ? "https://" : "http://";
  const std::string host = server.host.find(':') == std::string::npos ? server.host : "[" + server.host + "]";
  return scheme + host + ":" + std::to_string(server.port) + "/console/#code=" + code;
}

Exit give_code(const Site& site) {
  const std::string code = accounts::new_secret_word();
  const base::Time end = site.now + code_is_good_for;
  if (!site.ledger.keep_code(site.options.name, base::sha256_hex(code), end, act_of(site, "one-time code"))) {
    return tell_unknown(site);
  }
  const auto link = link_of(site.settings.server, code);
  if (site.options.format == Format::json) {
    const json::object told{{"name", site.options.name},
                            {"code", code},
                            {"link", link ? json::value(*link) : json::value(nullptr)},
                            {"ends_at", base::rfc3339(end)}};
    std::cout << json::serialize(told) << "\n";
    return Exit::good;
  }
  std::cout << say(site.language, "一次性登录码（只能用一次，有效至 ", "one-time code (good once, until ")
            << base::rfc3339(end) << say(site.language, "）：", "): ") << code << "\n";
  if (link) std::cout << say(site.language, "登录链接：", "sign in at: ") << *link << "\n";
  return Exit::good;
}

void say_done(const Site& site, std::string_view zh, std::string_view en) {
  if (site.options.format == Format::json) {
    std::cout << json::serialize(json::object{{"name", site.options.name}}) << "\n";
  } else {
    std::cout << site.options.name << ": " << say(site.language, zh, en) << "\n";
  }
}

// Nothing: it has been told why.
std::optional<std::string> hash_of_new_password(const Site& site) {
  const auto password = enter_password(site.options.password_file, site.language);
  const base::Faults faults =
      password ? accounts::judge_password(site.options.name, password->reveal(), "") : password.faults();
  if (faults.empty()) return accounts::hash_password(password->reveal());
  tell(site, faults);
  return std::nullopt;
}

Exit add(const Site& site) {
  const base::Faults faults = judge_new_user(site);
  if (!faults.empty()) return tell(site, faults);
  ledger::User user{.name = site.options.name,
                    .role = site.options.role,
                    .enterprises = site.options.enterprises,
                    .password_hash = {},
                    .created_at = site.now};
  if (!site.options.wants_code) {
    auto hash = hash_of_new_password(site);
    if (!hash) return Exit::fault;
    user.password_hash = std::move(*hash);
  }
  switch (site.ledger.add_user(user, act_of(site, "added, " + site.options.role))) {
    case ledger::Ledger::Added::known:
      return tell(site, {user_fault("user.known", "已有同名用户；修改密码用 cebgate user passwd。",
                                    "There is a user of this name; cebgate user passwd changes the password.")});
    case ledger::Ledger::Added::full:
      return tell(site, {user_fault("user.too_many", "用户已达上限 1,000 个。", "There are 1,000 users, the limit.")});
    case ledger::Ledger::Added::added:
      break;
  }
  if (site.options.wants_code) return give_code(site);
  say_done(site, "已添加", "added");
  return Exit::good;
}

Exit change_password(const Site& site) {
  if (site.options.wants_code) return give_code(site);
  if (!site.ledger.user(site.options.name)) return tell_unknown(site);
  const auto hash = hash_of_new_password(site);
  if (!hash) return Exit::fault;
  if (!site.ledger.set_password(site.options.name, *hash, {}, act_of(site, "password"))) return tell_unknown(site);
  say_done(site, "密码已修改，其登录均已结束", "the password is changed, and its sessions have ended");
  return Exit::good;
}

Exit disable(const Site& site) {
  if (!site.ledger.set_user_state(site.options.name, ledger::UserState::disabled, act_of(site, "disabled"))) {
    return tell_unknown(site);
  }
  say_done(site, "已停用，其登录均已结束", "disabled, and its sessions have ended");
  return Exit::good;
}

Exit enable(const Site& site) {
  if (!site.ledger.set_user_state(site.options.name, ledger::UserState::active, act_of(site, "enabled"))) {
    return tell_unknown(site);
  }
  say_done(site, "已启用", "enabled");
  return Exit::good;
}

std::string codes_of(const std::vector<std::string>& codes) {
  std::string line;
  for (const std::string& code : codes) line += (line.empty() ? "" : ", ") + code;
  return line;
}

std::string time_or_never(const std::optional<base::Time>& time) { return time ? base::rfc3339(*time) : "-"; }

Exit list(const Site& site) {
  json::array users;
  Table table({say(site.language, "用户", "name"), say(site.language, "角色", "role"),
               say(site.language, "企业", "enterprises"), say(site.language, "状态", "state"),
               say(site.language, "最近登录", "last signed in")});
  for (const ledger::User& user : site.ledger.users()) {
    const bool is_active = user.state == ledger::UserState::active;
    json::array enterprises;
    for (const std::string& code : user.enterprises) enterprises.emplace_back(code);
    json::value last;
    if (user.last_signed_in_at) last = json::string(base::rfc3339(*user.last_signed_in_at));
    users.push_back(json::object{{"name", user.name},
                                 {"role", user.role},
                                 {"enterprises", std::move(enterprises)},
                                 {"disabled", !is_active},
                                 {"created_at", base::rfc3339(user.created_at)},
                                 {"last_signed_in_at", std::move(last)}});
    table.add({printable(user.name), user.role, codes_of(user.enterprises),
               is_active ? say(site.language, "启用", "active") : say(site.language, "停用", "disabled"),
               time_or_never(user.last_signed_in_at)});
  }
  if (site.options.format == Format::json) {
    std::cout << json::serialize(json::object{{"users", std::move(users)}}) << "\n";
  } else {
    table.print(std::cout);
  }
  return Exit::good;
}

using Work = Exit (*)(const Site&);

Exit run(Work work, const UserOptions& options, Language language) {
  base::forbid_core_dumps();
  const auto settings = config::read_settings(options.settings);
  if (!settings) {
    print_faults(std::cerr, options.settings, settings.faults(), language);
    return Exit::unusable;
  }
  const auto ledger = ledger::kinds::open_beside_gateways(settings->ledger.url);
  return work({*settings, *ledger, options, language, base::SystemClock().now()});
}

class UserCommands {
 public:
  UserCommands(Program& program, CLI::App& parent) : program_(program), parent_(parent) {}

  CLI::App& add(const std::string& name, std::string_view zh, std::string_view en, Work work) {
    CLI::App& command = *parent_.add_subcommand(name, program_.say(zh, en));
    command.add_option("--config", options_->settings, program_.say("设置文件（TOML）", "the settings (TOML)"))
        ->required()
        ->type_name("FILE");
    program_.add_format(command, options_->format);
    works_.emplace_back(&command, work);
    return command;
  }
  CLI::App& add_named(const std::string& name, std::string_view zh, std::string_view en, Work work) {
    CLI::App& command = add(name, zh, en, work);
    program_.argument(command, "NAME", options_->name, program_.say("用户名", "the user's name"))->required();
    return command;
  }
  void take_password(CLI::App& command) {
    command
        .add_option("--password-file", options_->password_file,
                    program_.say("密码所在文件（默认在终端输入，或读标准输入）",
                                 "file with the password (default: typed, or standard input)"))
        ->type_name("FILE");
    command.add_flag("--one-time", options_->wants_code,
                     program_.say("不设密码，打印 15 分钟内可用一次的登录码",
                                  "no password: print a code that signs in once within 15 minutes"));
  }
  UserOptions& options() { return *options_; }

  Exit run_chosen() const {
    for (const auto& [command, work] : works_) {
      if (command->parsed()) return run(work, *options_, program_.language());
    }
    return Exit::unusable;
  }

 private:
  Program& program_;
  CLI::App& parent_;
  std::shared_ptr<UserOptions> options_ = std::make_shared<UserOptions>();
  std::vector<std::pair<const CLI::App*, Work>> works_;
};

}  // namespace

void add_user(Program& program) {
  CLI::App& command = program.command(
      "user", "控制台的用户：添加（add）、改密码（passwd）、停用（disable）、启用（enable）、列出（list）",
      "who may sign in to the console: add, passwd, disable, enable, list");
  command.require_subcommand(1);
  const auto commands = std::make_shared<UserCommands>(program, command);
  CLI::App& adds = commands->add_named("add", "添加用户", "add a user", &add);
  adds.add_option("--role", commands->options().role,
                  program.say("角色：viewer（默认）、submitter、operator、approver、admin",
                              "role: viewer (default), submitter, operator, approver, admin"))
      ->type_name("ROLE");
  adds.add_option(
          "--enterprise", commands->options().enterprises,
          program.say("可见的企业代码，可多次；\"*\" 表示全部", "code of an enterprise, repeatable; \"*\": all"))
      ->type_name("CODE");
  commands->take_password(adds);
  commands->take_password(commands->add_named("passwd", "修改密码，或签发一次性登录码",
                                              "change the password, or give a one-time code", &change_password));
  commands->add_named("disable", "停用用户并结束其所有登录", "disable a user and end every session of it", &disable);
  commands->add_named("enable", "重新启用用户", "enable a user again", &enable);
  commands->add("list", "列出用户", "list the users", &list);
  program.does(command, [commands] { return commands->run_chosen(); });
}

}  // namespace tools::cebgate
