#include "codecs/ceb/shape_faults.h"

#include <utility>

namespace codecs::ceb {

namespace {

struct ShapeWords {
  const char *zh, *en;
};

ShapeWords words_of(JsonKind kind) {
  switch (kind) {
    case JsonKind::object:
      return {"对象", "an object"};
    case JsonKind::array:
      return {"数组", "an array"};
    case JsonKind::string:
      return {"字符串", "a string"};
    case JsonKind::number:
      return {"数字", "a number"};
    case JsonKind::boolean:
      return {"布尔值", "a boolean"};
    case JsonKind::null:
      break;
  }
  return {"null", "null"};
}

ShapeWords words_of(Allowed allowed) {
  switch (allowed) {
    case Allowed::container:
      return {"对象 {…}", "an object {…}"};
    case Allowed::list:
      return {"数组 […]，只有一项时也一样", "an array […], also for a single entry"};
    case Allowed::field:
      return {"字符串或数字", "a string or a number"};
    case Allowed::unknown_element:
      return {"字符串、数字、对象或由它们组成的数组", "a string, a number, an object, or an array of these"};
    case Allowed::xml_text:
      return {"含 XML 文本的字符串", "a string that holds XML text"};
    case Allowed::text:
      break;
  }
  return {"字符串", "a string"};
}

// What else to do where null or a boolean stands: the two ways of saying "nothing" are often mixed up.
ShapeWords advice_for(JsonKind found) {
  if (found == JsonKind::null)
    return {"；没有值就省去该名称，空元素写作 \"\"",
            "; leave the name out if there is no value, write \"\" for an empty element"};
  if (found == JsonKind::boolean)
    return {"；请写成报文规范规定的代码", "; write the code that the specification gives"};
  return {"", ""};
}

base::Fault fault(std::string code, std::string pointer, std::string zh, std::string en) {
  return {.code = std::move(code), .path = std::move(pointer), .zh = std::move(zh), .en = std::move(en), .source = {}};
}

// A name or number as it was posted, short enough to be read.
std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return "“" + std::string(text) + "”";
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return "“" + std::string(text.substr(0, end)) + "…”";
}

}  // namespace

base::Fault kind_fault(std::string pointer, std::string_view name, Allowed allowed, JsonKind found) {
  const ShapeWords wanted = words_of(allowed), got = words_of(found), advice = advice_for(found);
  return fault("json.shape", std::move(pointer), quoted(name) + "应为" + wanted.zh + "，收到的是" + got.zh + advice.zh,
               quoted(name) + " must be " + wanted.en + ", but is " + got.en + advice.en);
}

base::Fault twice_fault(std::string pointer, std::string_view name) {
  return fault("json.shape", std::move(pointer), quoted(name) + "在同一对象中出现多次；请只保留一个",
               quoted(name) + " comes more than once in one object; keep one");
}

base::Fault name_fault(std::string pointer, std::string_view name) {
  return fault("json.shape", std::move(pointer), quoted(name) + "不能作为元素名；请使用报文规范中的元素名，不带前缀",
               quoted(name) + " cannot be the name of an element; use the specification's names, without a prefix");
}

base::Fault number_fault(std::string pointer, std::string_view name) {
  return fault("json.number", std::move(pointer),
               quoted(name) + "的数字带有指数或超过 15 位有效数字，经其他程序可能已失真；请改用字符串发送",
               "the number of " + quoted(name) +
                   " has an exponent or more than 15 significant digits and may have been changed on its way; send it "
                   "as a string");
}

base::Fault character_fault(std::string pointer, std::string_view name, std::string_view character) {
  return fault(
      "json.character", std::move(pointer),
      quoted(name) + "含有 XML 1.0 不能携带的字符（" + std::string(character) + "）；请去掉该字符",
      quoted(name) + " holds a character that XML 1.0 cannot carry (" + std::string(character) + "); remove it");
}

base::Fault foreign_fault(std::string pointer, std::string_view error) {
  return fault("json.shape", std::move(pointer), "“Message”应为格式正确的 XML 文本：" + std::string(error),
               "“Message” must be well-formed XML text: " + std::string(error));
}

base::Fault unexpected_member_fault(std::string pointer, std::string_view name, std::string_view allowed_names) {
  return fault("json.shape", std::move(pointer), quoted(name) + "不属于报文；允许的名称：" + std::string(allowed_names),
               quoted(name) + " does not belong to a message; allowed are: " + std::string(allowed_names));
}

base::Fault type_fault(std::string pointer, std::string_view type) {
  return fault(
      "json.shape", std::move(pointer),
      type.empty() ? "缺少报文类型“type”，例如 CEB311Message" : quoted(type) + "不是已知的报文类型；应如 CEB311Message",
      type.empty() ? "“type”, the message type, is missing, for example CEB311Message"
                   : quoted(type) + " is not a known message type; it is written like CEB311Message");
}

void FaultList::add(base::Fault added) {
  if (faults_.size() < most_listed_faults) {
    faults_.push_back(std::move(added));
  } else if (faults_.size() == most_listed_faults) {
    faults_.push_back(fault("json.more", {}, "错误过多，其余未列出；请先改正以上各项",
                            "there are more faults than are listed; correct these first"));
  }
}

}  // namespace codecs::ceb
