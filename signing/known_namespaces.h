// Namespace declarations that software adds to a root, or drops, after signing; and lists of declarations compared.
// Pure.
#pragma once

#include <span>
#include <vector>

#include "signing/cause.h"
#include "signing/dialect.h"

namespace signing {

// ceb, xsi, ds, dxp, xsd.
std::span<const NamespaceDeclaration> known_namespaces();

// `declared` with `one` taken out where it is there, put in where it is not.
std::vector<NamespaceDeclaration> toggled(std::vector<NamespaceDeclaration> declared, const NamespaceDeclaration& one);

// `declared` without what is none of the above: without all of it, and where there are several, without each alone, of
// the first eight. Empty where there is none.
std::vector<std::vector<NamespaceDeclaration>> without_foreign(const std::vector<NamespaceDeclaration>& declared);

bool same_namespaces(std::span<const NamespaceDeclaration> a, std::span<const NamespaceDeclaration> b);

// What `wanted` has beside `found` and lacks of it, in words.
CauseDetail difference(std::span<const NamespaceDeclaration> found, std::span<const NamespaceDeclaration> wanted);

}  // namespace signing
