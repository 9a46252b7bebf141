#include "gateway/intake/openapi_proof.h"

namespace gateway::intake {
namespace {

constexpr std::string_view about_evidence =
    "requests, signed bytes, deliveries, receipts and the chain of what happened, of all versions; personal data in "
    "full. `cebgate evidence --check FILE` checks it without the gateway";

}  // namespace

std::vector<CallForm> proof_calls() {
  return {{"get",
           "/v1/documents/{id}/evidence",
           "getEvidence",
           "viewer",
           "单证的证据",
           "The evidence of one document, as a zip",
           {"id"},
           "",
           {{"200", "application/zip", ""}},
           {"400", "401", "404", "422", "503"},
           about_evidence},
          {"get",
           "/v1/documents/{id}/verification",
           "verifyKept",
           "viewer",
           "对单证已保存的报文验签",
           "Judge the signature of the message that is kept of a document",
           {"id", "version"},
           "",
           {{"200", as_json, "Verification"}},
           {"400", "401", "404", "503"}}};
}

}  // namespace gateway::intake
