#include "gateway/archive/index.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/digest.h"

namespace gateway::archive {

namespace json = boost::json;

namespace {

base::Fault bad_line(const std::string& how) {
  return {"archive.damaged",
          "",
          "归档文件中的一行不可用：" + how + "。",
          "A line of the archive file cannot be used: " + how + ".",
          {}};
}

base::Fault bad_index() {
  return {"archive.index",
          "",
          "索引不完整或被更改；请从备份恢复索引文件。",
          "The index is not whole, or was changed; restore it from a backup.",
          {}};
}

void put_place(json::object& told, const ledger::FramePlace& place) {
  told["offset"] = place.offset;
  told["length"] = place.length;
  told["digest"] = place.digest;
}

json::array guids_of(const json::array& versions) {
  json::array guids;
  for (const json::value& version : versions) guids.push_back(version.at("guid"));
  return guids;
}

// Each once, whichever version has it.
json::array numbers_of(const json::array& versions) {
  json::array all;
  for (const json::value& version : versions) {
    for (const json::value& number : version.at("numbers").as_array()) {
      bool is_known = false;
      for (const json::value& known : all) is_known = is_known || known == number;
      if (!is_known) all.push_back(number);
    }
  }
  return all;
}

json::object about_document(const json::object& line) {
  const json::array& versions = line.at("versions").as_array();
  const json::object& newest = versions.at(versions.size() - 1).as_object();
  json::object told{{"kind", "document"}, {"id", line.at("id")}};
  for (const char* const name : {"key", "type", "number", "enterprise", "version", "state", "stage", "outcome"}) {
    told[name] = newest.at(name);
  }
  told["changed_at"] = base::rfc3339(base::Time(base::Time::duration(line.at("changed_at").to_number<std::int64_t>())));
  told["guids"] = guids_of(versions);
  told["numbers"] = numbers_of(versions);
  told["mark"] = line.at("mark");
  return told;
}

json::object about_message(const json::object& line) {
  return {{"kind", "message"}, {"guid", line.at("guid")}, {"type", line.at("type")}};
}

Entry read_entry(json::object told) {
  Entry entry;
  entry.kind = told.at("kind").as_string() == "message" ? Entry::Kind::message : Entry::Kind::document;
  const bool is_document = entry.kind == Entry::Kind::document;
  entry.name = told.at(is_document ? "id" : "guid").as_string();
  if (is_document) entry.mark = told.at("mark").as_string();
  entry.place = {told.at("offset").to_number<std::int64_t>(), told.at("length").to_number<std::int64_t>(),
                 std::string(told.at("digest").as_string())};
  entry.told = json::value(std::move(told));
  return entry;
}

void read_head(const json::value& head, Index& index) {
  index.file_digest = head.at("digest").as_string();
  index.file_bytes = head.at("bytes").to_number<std::int64_t>();
  const auto written_at = base::read_rfc3339(head.at("written_at").as_string());
  const auto newest_change = base::read_rfc3339(head.at("newest_change").as_string());
  index.written_at = written_at.value();
  index.newest_change = newest_change.value();
}

// The last line: it tells every changed byte of those before it.
std::string end_of(std::string_view text) {
  return json::serialize(json::object{{"kind", "end"}, {"digest", base::sha256_hex(text)}}) + "\n";
}

}  // namespace

base::Result<Entry> entry_of(std::string_view line, ledger::FramePlace place) {
  try {
    const json::value value = json::parse(line);
    const json::object& object = value.as_object();
    const bool is_message = object.at("kind").as_string() == "message";
    json::object told = is_message ? about_message(object) : about_document(object);
    put_place(told, place);
    return read_entry(std::move(told));
  } catch (const std::exception& error) {
    return bad_line(error.what());
  }
}

std::string written(const Index& index) {
  std::size_t documents = 0;
  for (const Entry& entry : index.entries) documents += entry.kind == Entry::Kind::document ? 1 : 0;
  const json::object head{{"kind", "file"},
                          {"bytes", index.file_bytes},
                          {"digest", index.file_digest},
                          {"written_at", base::rfc3339(index.written_at)},
                          {"newest_change", base::rfc3339(index.newest_change)},
                          {"documents", documents},
                          {"messages", index.entries.size() - documents}};
  std::string text = json::serialize(head) + "\n";
  for (const Entry& entry : index.entries) text += json::serialize(entry.told) + "\n";
  return text + end_of(text);
}

base::Result<Index> read_index(std::string_view text) {
  const std::size_t end_length = end_of("").size();
  const std::string_view before = text.substr(0, text.size() - std::min(text.size(), end_length));
  if (text.substr(before.size()) != end_of(before)) return bad_index();
  text = before;
  Index index;
  std::size_t line = 0;
  try {
    while (!text.empty()) {
      const auto end = text.find('\n');
      if (end == std::string_view::npos) return bad_index();
      const json::value value = json::parse(text.substr(0, end));
      ++line;
      if (line == 1) {
        read_head(value, index);
      } else {
        index.entries.push_back(read_entry(value.as_object()));
      }
      text.remove_prefix(end + 1);
    }
  } catch (const std::exception&) {
    return bad_index();
  }
  if (line == 0) return bad_index();
  return index;
}

}  // namespace gateway::archive
