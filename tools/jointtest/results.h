// What a run of a joint-test plan found, as its report, JUnit file and evidence tell it. Values only; times are UTC.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace tools::jointtest {

enum class Verdict { passed, failed, skipped, open };  // open: the run has not come to it

struct StepResult {
  std::size_t line = 0;  // in its scenario file, from 1
  std::string text;      // as it stands there
  Verdict verdict = Verdict::open;
  std::string zh, en;  // why it failed (what was expected, what was found) or was skipped
  std::optional<base::Time> began, ended;
};

struct ReceiptResult {
  base::Time at;             // when the gateway had it
  std::string type, status;  // CEB312Message, 120; DxpRep, 1001
  std::string text;          // returnInfo
  std::string bytes;         // as it came
};

struct MessageResult {
  std::string document_id;      // the gateway's
  std::string type, key, guid;  // CEB311Message, the business key, the document's guid
  int version = 1;
  std::string state, stage, outcome;
  std::optional<base::Time> accepted, sent, settled;
  std::string bytes;  // the signed message as sent; empty if none was
  bool signature_valid = false;
  std::string signature_zh, signature_en;  // dialect and verdict in words
  std::vector<ReceiptResult> receipts;
};

struct CaseResult {
  std::string name;  // the scenario file's stem: "bonded-import-1210"
  std::string zh, en;
  std::vector<std::string> types;  // of the messages it tries: rows of the report's matrix
  Verdict verdict = Verdict::open;
  std::vector<StepResult> steps;
  std::vector<MessageResult> messages;
};

struct RunResult {
  std::string plan_zh, plan_en;
  std::string against;  // "simulator" or "platform"
  struct Enterprise {
    std::string code, name, credit_code, dxp_id, certificate;  // certificate: serial number and end
    std::vector<std::string> ports;                            // "hainan https://… (hainan-http)"
  };
  std::vector<Enterprise> enterprises;
  std::vector<std::string> versions;  // "cebgate 0.…", "schemas 202205", "knowledge 2026-…"
  std::optional<base::Time> began, ended;
  std::vector<CaseResult> cases;
};

}  // namespace tools::jointtest
