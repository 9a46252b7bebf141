// The receipt listings of the Hainan platform: text in the form of a printed Java list of maps, whose values may hold
// commas, brackets, equals signs and line breaks. A record ends at "}" before ", {" or "]"; a field starts only at
// ", NAME=" where NAME is known for that listing and not yet seen in the record. A printed "null" is no value. Pure.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace codecs::hainan {

// One listing: where it is fetched, what its records are, and what its names mean: wire name -> our name, which is a
// CEB element name (orderNo, returnStatus, preNo, createTime …) or guid, customsGuid, receivedAt (epoch ms), returnedAt
// (epoch ms), dxpId; or "" for what means nothing to us.
struct ListingForm {
  std::string path;          // "/ceb312msg"
  std::string receipt_type;  // "CEB312Message"
  std::map<std::string, std::string, std::less<>> meaning;
};

// Of every receipt that answers a declaration, those that have been seen first: ceb312msg, ceb412msg, ceb512msg,
// ceb622msg.
std::span<const ListingForm> standard_listings();

// The raw records, each from "{" to "}", in their order. "}, {" ends a record only where NAME= of any NAME follows,
// "}]" only at the end of the text. Faults: listing.form, of a text that is cut off with the number of whole records
// before.
base::Result<std::vector<std::string>> split_listing(const ListingForm& form, std::string_view text);

// Our name -> value; a first field whose NAME is not known is passed over. Faults: listing.record.
base::Result<std::map<std::string, std::string>> read_record(const ListingForm& form, std::string_view record);

// The value of the field with that meaning, which lives as long as the record; nothing where read_record has none.
std::optional<std::string_view> value_in(const ListingForm& form, std::string_view record, std::string_view meaning);

// What the platform prints; `fields` by our names, a wire name without a meaning gets the value 1. For the simulator.
std::string write_record(const ListingForm& form, const std::map<std::string, std::string>& fields);
std::string write_listing(std::span<const std::string> records);

}  // namespace codecs::hainan
