// A notice as it goes over the wire, and what an answer to it says. Pure. Standard Webhooks 1.0.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/http/client.h"
#include "gateway/ledger/records.h"
#include "gateway/notify/signing_secret.h"

namespace gateway::notify {

// {"type":"document.changed","timestamp":…,"data":{…}}, data as an entry of /v1/changes: the same at every attempt.
std::string body_of(const ledger::Notice& notice);

// Without a deadline.
http::Call webhook(const config::Notifying& target, const SigningSecret& secret, const ledger::Notice& notice,
                   base::Time now);

// The status, where there was an answer; and the whole in a few words, without what the answer's text holds.
std::optional<unsigned> status_of(const http::Exchange& exchange);
std::string in_words(const http::Exchange& exchange);

}  // namespace gateway::notify
