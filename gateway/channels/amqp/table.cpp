#include "gateway/channels/amqp/table.h"

#include "gateway/channels/amqp/words.h"

namespace gateway::channels::amqp {

namespace {

amqp_table_entry_t entry(const char* name, amqp_field_value_kind_t kind) {
  amqp_table_entry_t made{};
  made.key = amqp_cstring_bytes(name);
  made.value.kind = static_cast<std::uint8_t>(kind);
  return made;
}

}  // namespace

amqp_table_entry_t text_entry(const char* name, const std::string& value) {
  auto made = entry(name, AMQP_FIELD_KIND_UTF8);
  made.value.value.bytes = bytes(value);
  return made;
}

amqp_table_entry_t number_entry(const char* name, std::int64_t value) {
  auto made = entry(name, AMQP_FIELD_KIND_I64);
  made.value.value.i64 = value;
  return made;
}

amqp_table_entry_t yes_entry(const char* name) {
  auto made = entry(name, AMQP_FIELD_KIND_BOOLEAN);
  made.value.value.boolean = 1;
  return made;
}

amqp_table_entry_t table_entry(const char* name, const amqp_table_t& value) {
  auto made = entry(name, AMQP_FIELD_KIND_TABLE);
  made.value.value.table = value;
  return made;
}

}  // namespace gateway::channels::amqp
