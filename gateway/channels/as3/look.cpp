#include "gateway/channels/as3/look.h"

#include <atomic>
#include <set>

#include "gateway/channels/agreements/look.h"
#include "gateway/channels/as3/ftp_session.h"

namespace gateway::channels::as3 {

namespace {

std::set<std::string> folders_of(const std::string& written, const std::vector<std::string>& dxp_ids) {
  std::set<std::string> folders;  // several DXPIDs may share them
  for (const std::string& dxp_id : dxp_ids) folders.insert(config::named_for(written, dxp_id));
  return folders;
}

// What the server says of a folder, it says to those whom it has let in.
bool is_of_the_folder(const base::Fault& fault) {
  return fault.code == "as3.folder" || fault.code == "as3.file" || fault.code == "as3.listing" ||
         fault.code == "as3.refused";
}

class Looking {
 public:
  explicit Looking(const config::Port& port)
      : login_{Sight::there, "登录 " + port.url, "login at " + port.url, "用户 " + port.user + " 可以登录",
               "user " + port.user + " is let in"},
        session_(port, is_stopped_) {}

  // False: nobody answers, so there is no use in asking on.
  bool ask(const std::string& folder) {
    Sighting seen{Sight::there, "目录 " + folder, "folder " + folder, "可以列出", "it can be listed"};
    const auto listing = session_.list(folder);
    if (!listing) {
      const base::Fault& fault = listing.faults().front();
      Sighting& concerned = has_login_ || is_of_the_folder(fault) ? seen : login_;
      concerned.sight = Sight::missing;
      concerned.zh = fault.zh;
      concerned.en = fault.en;
      if (!has_login_ && !is_of_the_folder(fault)) return false;
    }
    has_login_ = true;
    folders_.push_back(std::move(seen));
    return listing || is_of_the_folder(listing.faults().front());
  }

  void add_to(View& view) && {
    view.sightings.push_back(std::move(login_));
    for (Sighting& folder : folders_) view.sightings.push_back(std::move(folder));
    if (!has_login_) return;
    view.sightings.push_back({Sight::hidden, "放置文件和伙伴", "putting files, and the partner",
                              "能否在目录中放置、移走文件，伙伴是否取走并答以回执，不发送报文就看不到",
                              "whether files may be put and moved there, and the partner takes and answers them, only "
                              "shows when a message is sent"});
  }

 private:
  const std::atomic<bool> is_stopped_{false};
  Sighting login_;
  bool has_login_ = false;
  std::vector<Sighting> folders_;
  FtpSession session_;
};

}  // namespace

View look_at(const config::Port& port, const std::vector<std::string>& dxp_ids) {
  View view{agreements::look_at(port.agreement), {}};
  std::set<std::string> folders = folders_of(port.ftp.in, dxp_ids);
  folders.merge(folders_of(port.ftp.out, dxp_ids));
  Looking looking(port);
  for (const std::string& folder : folders) {
    if (!looking.ask(folder)) break;
  }
  std::move(looking).add_to(view);
  return view;
}

}  // namespace gateway::channels::as3
