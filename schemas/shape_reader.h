// Reads shapes from a customs XSD. The subset that the customs schemas use: include, global and local elements, named
// and inline types, sequence, restriction of simple types, simple content, attributes and their groups, ref, any,
// annotation. Anything else that would change a shape is a fault (xsd.*) with file and line.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/libxml.h"
#include "schemas/shape.h"

namespace schemas {

inline constexpr std::string_view ceb_namespace = "http://www.chinaport.gov.cn/ceb";
inline constexpr std::string_view dxp_namespace = "http://www.chinaport.gov.cn/dxp";
inline constexpr std::string_view dsig_namespace = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view xsd_namespace = "http://www.w3.org/2001/XMLSchema";

class ShapeReader {
 public:
  static base::Result<ShapeReader> open(const std::filesystem::path& file);
  // The shape of a global element; the clauses are left empty.
  base::Result<Node> read(std::string_view element) const;

 private:
  std::filesystem::path file_;
  std::vector<DocPtr> docs_;  // the file and what it includes
};

// Reads an XML file of ours without reaching outside; faults xsd.file, xsd.syntax.
base::Result<DocPtr> read_xml_file(const std::filesystem::path& file);

}  // namespace schemas
