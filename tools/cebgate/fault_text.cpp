#include "tools/cebgate/fault_text.h"

namespace tools::cebgate {

std::string fault_line(std::string_view file, const base::Fault& fault, Language language) {
  std::string line(file);
  if (fault.line > 0) line += ":" + std::to_string(fault.line);
  if (!line.empty()) line += ": ";
  line += fault.severity == base::Severity::error ? "error: " : "warning: ";
  if (fault.line == 0 && !fault.path.empty() && fault.path != file) line += fault.path + ": ";
  line += say(language, fault.zh, fault.en);
  if (!fault.code.empty()) line += " [" + fault.code + "]";
  if (!fault.source.empty()) line += " (" + fault.source + ")";
  return printable(line);
}

void print_faults(std::ostream& out, std::string_view file, const base::Faults& faults, Language language) {
  for (const base::Fault& fault : faults) out << fault_line(file, fault, language) << "\n";
}

std::string printable(std::string_view text) {
  std::string safe(text);
  for (char& c : safe) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return safe;
}

}  // namespace tools::cebgate
