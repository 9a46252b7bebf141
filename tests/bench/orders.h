// Orders that the measurements work on, with all that works on them.
#pragma once

#include <memory>
#include <string>

#include "schemas/judge.h"
#include "signing/key.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace tests::bench {

// Orders of one message, as XML and signed, the first as JSON too.
struct Orders {
  explicit Orders(std::size_t count);
  std::string write(std::size_t count) const;

  ScratchDirectory folder;
  schemas::Catalog catalog;
  schemas::Judge judge;
  TestIdentity identity;
  std::shared_ptr<const signing::Key> key;
  std::string json, xml, signed_xml;
};

const Orders& order();
const Orders& hundred_orders();

}  // namespace tests::bench
