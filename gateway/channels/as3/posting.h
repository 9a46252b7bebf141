// One file on its way into a folder of the server: uploaded under a temporary name (NAME.N.tmp), then renamed, so that
// nobody takes a half. put() blocks; give_up() may come from another thread meanwhile.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "gateway/channels/as3/ftp_session.h"
#include "gateway/channels/channel.h"

namespace gateway::channels::as3 {

class Posting {
 public:
  // confirmed: it is there. unreachable: it is not, with the reason. unknown: the answer to the renaming was lost.
  Answer put(FtpSession& session, const std::string& folder, const std::string& name, std::string_view bytes);

  // Whether nobody will see it any more; otherwise somebody may.
  bool give_up();

 private:
  enum class Stage { uploading, renaming, given_up };
  bool goes_on();  // to the renaming

  std::atomic<Stage> stage_{Stage::uploading};
};

}  // namespace gateway::channels::as3
