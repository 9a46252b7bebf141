// What a test reads of an answer: its fault codes, or "good"; and all its words.
#pragma once

#include <gtest/gtest.h>
#include <string>

#include "base/result.h"

namespace tests {

template <class T>
std::string code_of(const base::Result<T>& result) {
  if (result) return "good";
  std::string all;
  for (const auto& fault : result.faults()) {
    EXPECT_FALSE(fault.zh.empty() || fault.en.empty());
    all += (all.empty() ? "" : " ") + fault.code;
  }
  return all;
}

template <class T>
std::string words_of(const base::Result<T>& result) {
  std::string all;
  if (result) return all;
  for (const auto& fault : result.faults()) all += fault.zh + "\n" + fault.en + "\n";
  return all;
}

}  // namespace tests
