// What a test asks the simulator to do beside the usual: words joined by '+', told after the last tilde of a document's
// number or in a scenario file. A word that is none is kept as unknown, for the log. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tools::platform {

// To the line by which a message comes: the broker has it and its confirm is lost; or it is cut before that.
enum class LineHarm { none, confirm_lost, dropped };

struct Triggers {
  std::optional<std::string> code;  // the final status, or all statuses, for the first guid of the key only
  std::string text;                 // returnInfo of that status; empty: the usual
  bool silent = false;              // taken, but never answered
  bool no_notices = false;          // no tax sheet, no result of a summary
  bool twice = false;               // every receipt twice
  bool backwards = false;           // the receipts come in the opposite order
  bool foreign = false;             // a receipt of another's document comes beside
  bool garbled = false;             // a record that cannot be read comes beside
  bool half_written = false;        // its files are written in two halves, the second one later
  bool lost_ack = false;            // the first delivery of the message is taken, its answer lost
  LineHarm line = LineHarm::none;   // by a front before a broker, for the first delivery of the message
  bool mdn_wrong = false;           // likewise, and its receipt over AS2 or AS3 has the digest of other bytes
  bool mdn_late = false;            // likewise, and its receipt over AS2 or AS3 comes late
  std::string reply;                // a code of table 7-1 that turns the first delivery away; empty: none
  unsigned refusals = 0;            // so many deliveries of the message are answered 500
  std::chrono::seconds late{0};     // every receipt so much later
  std::vector<std::string> unknown;
};

inline constexpr unsigned most_refusals = 1000;
inline constexpr std::chrono::seconds most_lateness{86400};

Triggers read_triggers(std::string_view words);        // "late5+twice"
Triggers triggers_of_number(std::string_view number);  // "A1~late5+twice"; none without a tilde

}  // namespace tools::platform
