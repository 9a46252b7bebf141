// What a client says that it takes (RFC 9110 §12.5.3), and what it has already (§13.1.2). Pure.
#pragma once

#include <string_view>

namespace gateway::http {

bool accepts_gzip(std::string_view accept_encoding);
// `tag` is one of ours, quoted, and bears a digest; weak ones are as good.
bool names_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace gateway::http
