// Entries of an AMQP table (AMQP 0-9-1 §4.2.5.5), which the library has no public way to make. What they are made of
// outlives them.
#pragma once

#include <amqp.h>
#include <cstdint>
#include <string>

namespace gateway::channels::amqp {

amqp_table_entry_t text_entry(const char* name, const std::string& value);
amqp_table_entry_t number_entry(const char* name, std::int64_t value);
amqp_table_entry_t yes_entry(const char* name);
amqp_table_entry_t table_entry(const char* name, const amqp_table_t& value);

}  // namespace gateway::channels::amqp
