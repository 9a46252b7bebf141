// CEB XML text and message values, driven by the catalog's shapes. Pure; safe from every thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "codecs/ceb/message.h"
#include "schemas/catalog.h"

namespace codecs::ceb {

// One unsigned message, UTF-8 with declaration, root with xmlns:ceb and xmlns:xsi, indented, fields in schema order,
// unknown elements after the known ones of their parent. An empty guid or version is left out. Throws
// std::invalid_argument for a name or character that XML cannot carry; no reader of this folder lets one through.
std::string write_xml(const schemas::MessageType& type, const Message& message);

// Elements in whatever order they stand; says nothing about validity, which is the judge's. The text must already have
// been read by base::XmlDocument (hardening). Faults: xml.syntax, xml.root (not a message of the catalog).
base::Result<Message> read_xml(const schemas::Catalog& catalog, std::string_view xml);
// The same, as a message of this type, whatever the name of the root.
base::Result<Message> read_xml(const schemas::MessageType& type, std::string_view xml);

}  // namespace codecs::ceb
