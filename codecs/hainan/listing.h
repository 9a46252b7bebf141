// The receipt listings of the Hainan platform: text in the form of a printed Java list of maps, whose values may hold
// commas, brackets, equals signs and line breaks. A record ends at "}" before ", {" or "]"; a field starts only at
// ", NAME=" where NAME is known for that listing and not yet seen in the record. Pure.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace codecs::hainan {

// One listing: where it is fetched, what its records are, and what its names mean.
struct ListingForm {
  std::string path;          // "/ceb312msg"
  std::string receipt_type;  // "CEB312Message"
  std::map<std::string, std::string>
      meaning;  // wire name -> our name: a CEB element name (orderNo, returnStatus, preNo …),
                // or guid, customsGuid, receivedAt (epoch ms), returnedAt (epoch ms), dxpId, or ""
};

std::span<const ListingForm> standard_listings();  // ceb312msg, ceb412msg, ceb512msg, ceb622msg

// The raw records, each from "{" to "}", in their order. Faults: listing.form.
base::Result<std::vector<std::string>> split_listing(const ListingForm& form, std::string_view text);

// Our name -> value. Faults: listing.record.
base::Result<std::map<std::string, std::string>> read_record(const ListingForm& form, std::string_view record);

// What the platform prints; `fields` by our names. For the simulator.
std::string write_record(const ListingForm& form, const std::map<std::string, std::string>& fields);
std::string write_listing(std::span<const std::string> records);

}  // namespace codecs::hainan
