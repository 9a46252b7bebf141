#include "signing/gmt/name_choice.h"

#include <algorithm>

#include "signing/gmt/device_faults.h"

namespace signing::gmt {

namespace {

struct Words {
  std::string zh, en, parameter;
};

Words words_of(Listed kind) {
  switch (kind) {
    case Listed::device:
      return {"设备", "device", "device"};
    case Listed::application:
      return {"应用", "application", "application"};
    case Listed::container:
      return {"容器", "container", "container"};
  }
  return {};
}

std::string joined(const std::vector<std::string>& names, const std::string& between) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : between) + name;
  return text;
}

base::Fault missing(Listed kind, std::string zh, std::string en) {
  return kind == Listed::device ? absent_fault(std::move(zh), std::move(en)) : form_fault(std::move(zh), std::move(en));
}

}  // namespace

std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  for (;;) {
    const std::string_view name = list.substr(0, list.find('\0'));
    if (name.empty()) return names;
    names.emplace_back(name);
    list.remove_prefix(std::min(list.size(), name.size() + 1));
  }
}

base::Result<std::string> choose(Listed kind, const std::string& key, const std::string& wanted,
                                 const std::vector<std::string>& there) {
  const Words words = words_of(kind);
  if (there.empty()) {
    return missing(
        kind, "密钥 " + key + "：没有找到" + words.zh + "；请插好已发行证书的智能密码钥匙",
        "the key " + key + ": no " + words.en + " is there; plug in the smart key that holds the certificate");
  }
  if (!wanted.empty()) {
    if (std::find(there.begin(), there.end(), wanted) != there.end()) return wanted;
    return missing(
        kind, "密钥 " + key + "：没有名为“" + wanted + "”的" + words.zh + "；现有：" + joined(there, "、"),
        "the key " + key + ": no " + words.en + " is named " + wanted + "; there are: " + joined(there, ", "));
  }
  if (there.size() == 1) return there.front();
  return form_fault(
      "密钥 " + key + "：有多个" + words.zh + "，请用参数 " + words.parameter + " 指明一个：" + joined(there, "、"),
      "the key " + key + ": there are several " + words.en + "s; name one with the parameter " + words.parameter +
          ": " + joined(there, ", "));
}

}  // namespace signing::gmt
