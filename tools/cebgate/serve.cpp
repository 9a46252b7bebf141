// cebgate serve and cebgate check-config: the gateway itself, and its settings read without starting anything.
#include <boost/json/parse.hpp>
#include <iostream>
#include <memory>

#include "base/core_dumps.h"
#include "config/settings.h"
#include "gateway/app/app.h"
#include "gateway/archive/care.h"
#include "gateway/http/message.h"
#include "signing/keys/file_key.h"
#include "tools/cebgate/commands.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/program.h"

namespace tools::cebgate {

namespace {

struct ServeOptions {
  std::string settings, schemas;
  Format format = Format::text;
};

// Key files that others can read: the gateway's own and every enterprise's.
base::Faults careless_keys(const config::Settings& settings) {
  base::Faults faults;
  for (const config::Enterprise& enterprise : settings.enterprises) {
    for (const config::SigningKey& key : enterprise.keys) {
      const base::Faults found = signing::keys::key_file_care(key.uri);
      faults.insert(faults.end(), found.begin(), found.end());
    }
  }
  if (settings.server.key) {
    const base::Faults found = signing::keys::key_file_care(settings.server.key->string());
    faults.insert(faults.end(), found.begin(), found.end());
  }
  return faults;
}

Exit serve(const ServeOptions& options, Language language) {
  base::forbid_core_dumps();
  auto settings = config::read_settings(options.settings);
  if (!settings) {
    print_faults(std::cerr, options.settings, settings.faults(), language);
    return Exit::unusable;
  }
  const base::Faults careless = careless_keys(*settings);
  if (base::has_error(careless)) {
    print_faults(std::cerr, options.settings, careless, language);
    return Exit::unusable;
  }
  if (!options.schemas.empty()) settings->schemas.directory = options.schemas;
  const auto served = gateway::app::serve(*settings);
  if (!served) print_faults(std::cerr, options.settings, served.faults(), language);
  return served ? Exit::good : Exit::unusable;
}

bool is_unreadable(const base::Faults& faults) { return faults.front().code == "settings.file"; }

// What a gateway says as it goes is said here before it starts.
base::Faults checked(const config::Settings& settings) {
  base::Faults faults = careless_keys(settings);
  if (!settings.archive) return faults;
  for (base::Fault& fault : gateway::archive::care(*settings.archive)) faults.push_back(std::move(fault));
  return faults;
}

Exit check_config(const ServeOptions& options, Language language) {
  const auto settings = config::read_settings(options.settings);
  const base::Faults faults = settings ? checked(*settings) : settings.faults();
  if (options.format == Format::json) {
    boost::json::object object;
    object["file"] = options.settings;
    object["valid"] = !base::has_error(faults);
    object["faults"] = boost::json::parse(gateway::http::faults_json(faults));
    std::cout << pretty(object);
  } else {
    print_faults(std::cout, options.settings, faults, language);
    if (!base::has_error(faults))
      std::cout << options.settings << ": " << say(language, "设置无误", "the settings are good") << "\n";
  }
  if (!settings && is_unreadable(settings.faults())) return Exit::unusable;
  return base::has_error(faults) ? Exit::fault : Exit::good;
}

void add_config_option(const Program& program, CLI::App& command, ServeOptions& options) {
  command.add_option("--config", options.settings, program.say("设置文件（TOML）", "the settings (TOML)"))
      ->required()
      ->type_name("FILE");
}

}  // namespace

void add_serve(Program& program) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App& command = program.command("serve", "运行网关", "run the gateway");
  add_config_option(program, command, *options);
  command
      .add_option("--schemas", options->schemas,
                  program.say("海关数据目录（默认按设置）", "folder of the customs data (default: by the settings)"))
      ->type_name("DIR");
  program.does(command, [options, language = program.language()] { return serve(*options, language); });
}

void add_check_config(Program& program) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App& command = program.command("check-config", "检查设置文件，逐行列出错误，不启动任何服务",
                                      "check the settings, name every fault with its line, start nothing");
  add_config_option(program, command, *options);
  program.add_format(command, options->format);
  program.does(command, [options, language = program.language()] { return check_config(*options, language); });
}

}  // namespace tools::cebgate
