#include "config/toml_file.h"

#include <fstream>

namespace config {

base::Result<toml::table> read_toml(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!std::filesystem::is_regular_file(file) || !in) {
    return base::Fault{"settings.file",
                       file.string(),
                       "无法读取配置文件 " + file.string() + "；请检查路径和权限。",
                       "The settings file " + file.string() + " cannot be read; check its path and its permissions.",
                       {}};
  }
  try {
    return toml::parse(in, file.string());
  } catch (const toml::parse_error& error) {
    const std::string what(error.description());
    base::Fault fault{"settings.syntax",
                      "",
                      "配置文件不是有效的 TOML：" + what + "。",
                      "The settings file is not valid TOML: " + what + ".",
                      {}};
    fault.line = static_cast<int>(error.source().begin.line);
    return fault;
  }
}

}  // namespace config
