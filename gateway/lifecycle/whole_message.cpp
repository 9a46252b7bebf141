#include "gateway/lifecycle/whole_message.h"

namespace gateway::lifecycle {

bool refuses_message(std::string_view status) { return status == refused_by_eport || status == refused_by_exchange; }

bool goes_alone(const InRefusedMessage& place) { return place.documents > 1 && place.refused_together == 0; }

}  // namespace gateway::lifecycle
