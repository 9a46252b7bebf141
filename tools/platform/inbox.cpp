#include "tools/platform/inbox.h"

namespace tools::platform {
namespace {

base::Fault full_fault() {
  return {"platform.full",
          "",
          "模拟平台已满，请另用状态文件重新启动",
          "the simulator is full; start it again with another state file",
          "",
          0};
}

}  // namespace

Inbox::Inbox(const Inspection& inspection, Customs& customs, const base::Clock& clock, std::size_t most_messages)
    : inspection_(inspection),
      customs_(customs),
      desk_(inspection, customs),
      clock_(clock),
      most_messages_(most_messages) {}

base::Done Inbox::keep_in(const std::filesystem::path& file) {
  auto journal = Journal::open(file, [this](const Delivery& delivery, base::Time at) { judge(delivery, at); });
  if (!journal) return journal.faults();
  journal_.emplace(std::move(*journal));
  return base::Nothing{};
}

base::Result<Reception> Inbox::take(const Delivery& delivery) {
  if (customs_.received().size() >= most_messages_) return full_fault();
  const base::Time now = clock_.now();
  if (journal_) {
    if (const base::Done kept = journal_->append(delivery, now); !kept) return kept.faults();
  }
  return judge(delivery, now);
}

Reception Inbox::judge(const Delivery& delivery, base::Time at) {
  if (delivery.way != Way::hainan) return desk_.take(delivery, at);
  return customs_.take(inspection_.inspect(delivery.bytes, at));
}

}  // namespace tools::platform
