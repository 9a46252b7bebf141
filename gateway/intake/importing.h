// POST /v1/imports: documents that another system sent, so that their receipts, changes and cancellations go on here.
// All or nothing, or with ?partial=true what is good; with ?dry_run=true nothing is written. Every check is made anew
// when a document has moved on meanwhile. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gateway/http/router.h"
#include "gateway/intake/import_placing.h"
#include "gateway/intake/import_reading.h"
#include "gateway/intake/intake.h"

namespace gateway::intake {

class Importing {
 public:
  explicit Importing(Parts parts)
      : parts_(std::move(parts)), reader_(parts_.settings, parts_.catalog), placing_(parts_.settings, parts_.catalog) {}

  boost::asio::awaitable<http::Response> import(http::Request request) const;

 private:
  enum class Extent { all_or_nothing, what_is_good };
  enum class Purpose { write, look };
  struct Terms {
    http::Caller caller;
    Extent extent = Extent::all_or_nothing;
    Purpose purpose = Purpose::write;
  };

  static base::Result<Terms> read_terms(const http::Request& request);
  boost::asio::awaitable<std::optional<http::Response>> attempt(const Terms& terms, ImportRows rows) const;
  std::vector<KnownOfImport> look(const http::Caller& caller, const ImportRows& rows) const;
  void look_for_guid(const ImportRow& row, KnownOfImport& known) const;
  void place(const Terms& terms, ImportRows& rows, const std::vector<KnownOfImport>& known) const;
  bool keep(ImportRows& rows) const;

  Parts parts_;
  ImportReader reader_;
  ImportPlacing placing_;
};

}  // namespace gateway::intake
