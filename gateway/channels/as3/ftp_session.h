// One login at an FTP server (RFC 959; TLS by RFC 4217) through libcurl, kept from one call to the next. Passive;
// certificates and host names are held to. Calls block, at most as long as the port's timeout, one at a time; they end
// early once `is_stopped`. Folders are the server's paths, names plain ones in them.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "gateway/channels/as3/listing.h"

namespace gateway::channels::as3 {

inline constexpr std::size_t most_listing_bytes = std::size_t{4} << 20;
inline constexpr std::size_t most_listed = 10000;  // files of one listing

struct Listing {
  std::vector<Listed> files;
  bool is_cut = false;  // there are more of them
};

// unknown: it may have its new name or not.
enum class Renamed { yes, no, unknown };

struct Renaming {
  Renamed renamed = Renamed::no;
  base::Faults faults;  // why it is not a plain yes
};

// Faults of every call: as3.unreachable, as3.login, as3.tls, as3.folder (not there, or not for this user), as3.refused
// (another no of the server's); those of reading the password. All but as3.file leave a login that is not used again.
class FtpSession {
 public:
  FtpSession(const config::Port& port, const std::atomic<bool>& is_stopped);
  ~FtpSession();
  FtpSession(const FtpSession&) = delete;
  FtpSession& operator=(const FtpSession&) = delete;

  // Also as3.listing.
  base::Result<Listing> list(const std::string& folder);

  // Also as3.file (not there, or not for this user), as3.too_large.
  base::Result<std::string> download(const std::string& folder, const std::string& name, std::size_t most_bytes);

  base::Done upload(const std::string& folder, const std::string& name, std::string_view bytes);

  // Where a file has the name already, it is the server's matter whether that one is replaced. The name may lie in a
  // folder below.
  Renaming rename(const std::string& folder, const std::string& from, const std::string& to);

  base::Done remove(const std::string& folder, const std::string& name);

  base::Done make_folder(const std::string& folder, const std::string& name);  // one that is there is as good

 private:
  struct Handle;

  base::Done begin(const std::string& folder, const std::string& name);
  base::Done perform();
  base::Done command(const std::string& folder, const std::vector<std::string>& commands);

  const config::Port& port_;
  std::unique_ptr<Handle> handle_;
};

}  // namespace gateway::channels::as3
