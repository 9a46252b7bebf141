// AS2 messages and receipts between their own form and that of HTTP. Pure.
#pragma once

#include <string>

#include "codecs/as2/header_fields.h"
#include "config/settings.h"
#include "gateway/http/client.h"

namespace gateway::channels::as2 {

codecs::as2::Headers fields_of(const http::Headers& headers);
http::Headers headers_of(const codecs::as2::Headers& fields);

// A POST with the port's trust and identity.
http::Call post(const config::Port& port, const std::string& url, const codecs::as2::Headers& fields, std::string body);

// Where receipts may go: to the addresses agreed on, and to the server that the port itself sends to. Nothing that a
// message asks for may lead us elsewhere.
bool may_be_sent_to(const config::Port& port, const std::string& url);

}  // namespace gateway::channels::as2
