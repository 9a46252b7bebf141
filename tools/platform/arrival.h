// One delivery, and what inspecting the message in it found. Plain data.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fault.h"
#include "codecs/ceb/message.h"
#include "tools/platform/occasion.h"

namespace tools::platform {

// How a message came, which is how it is answered. All but the first are the data exchange platform's.
enum class Way { hainan, folders, amqp, amqp1, as2, as3 };

struct Delivery {
  Way way = Way::hainan;
  std::string bytes;  // hainan: the signed XML; all others: a DxpMsg
  std::string from;   // whose queue or folder it came by; empty: not known
};

struct SignatureVerdict {
  bool valid = false;
  std::string dialect, reason;
  std::string code{};     // of the fault behind the reason
  std::string company{};  // whose certificate it is, as far as that says so
};

struct Arrival {
  base::Time at;
  Way way = Way::hainan;
  std::string guid, type, dxp_id, cop_code;  // "" where they cannot be read
  std::vector<codecs::ceb::Element> documents;
  base::Faults faults;                // why the message is not taken at all: its form or its schema
  SignatureVerdict signature;         // judged only where there are no faults
  std::vector<std::string> contents;  // for each document what the rules say against it, "" for nothing
  std::string enterprise;             // what is wrong with the transmitting enterprise, "" for nothing
  std::string kind;                   // of the transmitting enterprise, where it may not send this type; "" for nothing
  std::string card;                   // whose certificate it is, where it is another company's; "" for nothing
  // What the schema has against the message or a document of it, and E-Port has a code for.
  std::optional<Occasion> lack{};
  std::set<std::size_t> without_rows{};  // documents
};

}  // namespace tools::platform
