// The JSON texts that go to the UKey client and come from it: {"_method","_id","args"}, and {"_id","_method","_status",
// "_args":{"Result","Data","Error"}}. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"

namespace signing::ukey {

struct Argument {
  std::string_view name, value;  // value: UTF-8
};

// A secret, since an argument may be the PIN: no second copy of it is made.
base::Secret request_text(std::int64_t id, std::string_view method, std::span<const Argument> arguments);

struct Answer {
  enum class Verdict { done, refused };
  std::int64_t id = 0;
  std::string method;  // empty where the client left it out
  Verdict verdict = Verdict::refused;
  std::vector<std::string> data, errors;
};

// Nothing for a text that is not JSON or has no _id.
std::optional<Answer> read_answer(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace signing::ukey
