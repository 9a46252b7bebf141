// The settings of the gateways that a run starts beside the simulator, and the keys of its enterprises. Throws where a
// file cannot be written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/jointtest/plan.h"

namespace tools::jointtest {

// Once for a run: keys/CODE.key.pem and CODE.cert.pem of each enterprise, and keys/root.pem that the simulator trusts.
void make_keys(const Plan& plan, const std::filesystem::path& keys);

// [[port]] by which the gateway reaches the simulator.
std::string port_settings(const SimulatorTerms& terms, const std::string& simulator_url);
// The settings of a gateway with that port, in whose folder's neighbour keys/ the keys are.
std::string gateway_settings(const Plan& plan, const std::string& port, const std::string& token_sha256);

std::vector<std::string> simulator_arguments(const Plan& plan, const std::filesystem::path& folder,
                                             std::chrono::seconds ahead);

void write_private(const std::filesystem::path& file, const std::string& text);

}  // namespace tools::jointtest
