#include "gateway/channels/directory/look.h"

#include <set>

#include "gateway/channels/directory/files.h"

namespace gateway::channels::directory {

namespace {

Sighting seen(const std::string& folder) {
  const auto trouble = trouble_of(folder);
  if (!trouble) return {Sight::there, "目录 " + folder, "folder " + folder, "可读写", "it can be read and written"};
  const auto english = trouble->find(" / the folder ");
  return {Sight::missing, "目录 " + folder, "folder " + folder, trouble->substr(0, english),
          trouble->substr(english + std::string_view(" / ").size())};
}

}  // namespace

View look_at(const config::Port& port, const std::vector<std::string>& dxp_ids) {
  std::set<std::string> folders;  // several DXPIDs may share them
  for (const std::string& dxp_id : dxp_ids) {
    folders.insert(config::named_for(port.folders.out.string(), dxp_id));
    folders.insert(config::named_for(port.folders.in.string(), dxp_id));
  }
  View view;
  for (const std::string& folder : folders) view.sightings.push_back(seen(folder));
  view.sightings.push_back({Sight::hidden, "客户端", "client", "目录后面的客户端是否登录、是否在收发，从这里看不到",
                            "whether the client behind the folders is logged in and works cannot be seen from here"});
  return view;
}

}  // namespace gateway::channels::directory
