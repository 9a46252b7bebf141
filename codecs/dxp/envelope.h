// The envelopes of the data exchange platform as values (报文规范 202205 §4, §5; DxpRep stands in the terminal XSD
// only): a business message with who sends it to whom, the route it takes, the platform's own reply. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace codecs::dxp {

inline constexpr std::size_t most_receivers = 5;
inline constexpr std::size_t most_keys = 5;
inline constexpr std::size_t most_responses = 1000;  // the XSD sets no limit to these two
inline constexpr std::size_t most_results = 1000;
inline constexpr std::size_t most_data_bytes = std::size_t{16} << 20;  // of the message inside

// TransInfo and OriHead.
struct Head {
  std::string message_id;  // CopMsgId, the sender's own
  std::string sender;      // DXPID
  std::vector<std::string> receivers;
  std::optional<base::Time> created;  // CreatTime; without an offset it is China time
  std::string message_type;           // "CEB311Message", or whatever the two have agreed on

  bool operator==(const Head&) const = default;
};

struct BusinessKey {
  std::string name;  // may be empty
  std::string value;

  bool operator==(const BusinessKey&) const = default;
};

// AddInfo; each part may be absent.
struct Additions {
  std::optional<std::string> file_name, card;  // card: IcCard
  std::vector<BusinessKey> keys;
  std::optional<std::string> text_encoding;  // IsText/@Encode; present: Data is text in that encoding
  std::optional<std::string> map_id;         // the text of RecMapId

  bool operator==(const Additions&) const = default;
};

// DxpMsg.
struct Envelope {
  std::string id;  // @Id, for a signature to refer to; may be empty
  Head head;
  std::string data;  // decoded
  std::optional<Additions> additions;
  bool is_signed = false;

  bool operator==(const Envelope&) const = default;
};

// SvNo: set by the platform's nodes.
struct Route {
  std::string message_id;           // MsgId, the platform's own
  std::optional<std::string> part;  // SubMsgId, of a message that was split by receivers
  std::optional<base::Time> sent;
  std::string end_node, start_node;

  bool operator==(const Route&) const = default;
};

// DxpMsgSv.
struct RoutedEnvelope {
  std::string id;
  Route route;
  Envelope envelope;
  bool is_signed = false;

  bool operator==(const RoutedEnvelope&) const = default;
};

struct ReceiverResult {
  std::string receiver, code;
  std::optional<std::string> info, note;

  bool operator==(const ReceiverResult&) const = default;
};

struct Response {
  std::optional<std::string> node;  // where the trouble arose
  std::string code;
  std::optional<std::string> info, note;
  std::vector<ReceiverResult> results;
  std::string notice_date;  // NoticeTime: 2026-01-31
  Head answered;            // OriHead

  bool operator==(const Response&) const = default;
};

// DxpRep: what became of messages on their way.
struct Reply {
  std::string receiver;             // RecevierId
  std::optional<std::string> node;  // AdNodeId, which the receiver belongs to
  std::vector<Response> responses;
  bool is_signed = false;

  bool operator==(const Reply&) const = default;
};

using Content = std::variant<Envelope, RoutedEnvelope, Reply>;

// Elements in whatever order they stand; says nothing about validity, which is the judge's: what is absent is empty.
// The text must already have been read by base::XmlDocument (hardening). Faults, every one: xml.syntax, dxp.root,
// dxp.missing (Data or the DxpMsg inside), dxp.repeated, dxp.too_many, dxp.base64, dxp.size.
base::Result<Content> read(std::string_view xml);

// The text, with its elements in the schema's order. What is_signed says is not written: a signature is made over the
// text. Times are China time without an offset; a head without one gets the epoch, which no sender means.
std::string write(const Content& content);

}  // namespace codecs::dxp
