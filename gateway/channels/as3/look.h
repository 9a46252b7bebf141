// What can be seen of an FTP server and of what is agreed on over it: the agreement's files, login, and the folders by
// being listed. No file is read, put, renamed or removed.
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/view.h"

namespace gateway::channels::as3 {

// With one login. Blocks, no longer than the port's timeout for each folder.
View look_at(const config::Port& port, const std::vector<std::string>& dxp_ids);

}  // namespace gateway::channels::as3
