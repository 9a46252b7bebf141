#include "tools/cebgate/doctor/codes.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tools::cebgate::doctor {

namespace {

constexpr std::string_view credit_characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // without I, O, S, V, Z
constexpr std::size_t credit_size = 18, organisation_begin = 8, organisation_size = 9;
constexpr std::size_t customs_size = 10, district_size = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital_or_digit(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); }

// GB 32100-2015: the weight of place i is 3^(i-1) mod 31.
char credit_check(std::string_view code) {
  const unsigned base = credit_characters.size();
  unsigned sum = 0, weight = 1;
  for (const char c : code.substr(0, credit_size - 1)) {
    sum += static_cast<unsigned>(credit_characters.find(c)) * weight;
    weight = weight * 3 % base;
  }
  return credit_characters[(base - sum % base) % base];
}

// GB 11714-1997: letters count from A = 10; 10 is written X, 11 is written 0.
char organisation_check(std::string_view code) {
  constexpr std::array<unsigned, organisation_size - 1> weights{3, 7, 9, 10, 5, 8, 4, 2};
  unsigned sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += static_cast<unsigned>(is_digit(code[i]) ? code[i] - '0' : code[i] - 'A' + 10) * weights[i];
  }
  const unsigned check = 11 - sum % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check % 11);
}

Words against_licence() {
  return {"请对照营业执照改正设置中的 credit_code 或 code",
          "correct `credit_code` or `code` in the settings by the business licence"};
}

Words against_registration() {
  return {"请对照海关注册登记信息改正设置中的 code", "correct `code` in the settings by the customs registration"};
}

}  // namespace

Finding judged_credit_code(const Words& subject, std::string_view code) {
  const std::string size = std::to_string(code.size());
  if (code.size() != credit_size) {
    return {Verdict::fail,
            subject,
            {"应为 18 位，实为 " + size + " 位", "it has " + size + " characters, not 18"},
            against_licence()};
  }
  const auto strange = code.find_first_not_of(credit_characters);
  if (strange != std::string_view::npos) {
    const std::string place = std::to_string(strange + 1);
    return {Verdict::fail,
            subject,
            {"第 " + place + " 位不是代码字符（数字和大写字母，不含 I、O、S、V、Z）",
             "character " + place + " is none that such a code has: digits and capitals without I, O, S, V, Z"},
            against_licence()};
  }
  if (!std::ranges::all_of(code.substr(2, 6), is_digit)) {
    return {Verdict::fail,
            subject,
            {"第 3 至 8 位应为行政区划代码的六位数字", "characters 3 to 8 must be the six digits of a district"},
            against_licence()};
  }
  if (code.back() != credit_check(code)) {
    const std::string is(1, code.back()), must(1, credit_check(code));
    return {Verdict::fail,
            subject,
            {"校验码不符：前 17 位的校验码为 " + must + "，写的是 " + is,
             "its check digit is " + is + ", but " + must + " follows from the 17 characters before it"},
            against_licence()};
  }
  const auto organisation = code.substr(organisation_begin, organisation_size);
  if (organisation.back() != organisation_check(organisation)) {
    return {Verdict::warning,
            subject,
            {"第 18 位校验码相符，但第 17 位（组织机构代码的校验码）不符",
             "its last check digit is right, but that of the organisation's code in it, character 17, is not"},
            against_licence()};
  }
  return {Verdict::pass, subject, {"格式和校验码正确", "form and check digits are right"}};
}

Finding judged_customs_code(const Words& subject, std::string_view code, const schemas::CodeTable* districts) {
  const std::string size = std::to_string(code.size());
  if (code.size() != customs_size) {
    return {Verdict::fail,
            subject,
            {"应为 10 位，实为 " + size + " 位", "it has " + size + " characters, not 10"},
            against_registration()};
  }
  const bool is_of_form = std::ranges::all_of(code.substr(0, district_size), is_digit) &&
                          std::ranges::all_of(code.substr(district_size), is_capital_or_digit);
  if (!is_of_form) {
    return {Verdict::fail,
            subject,
            {"应为四位数字后接六位数字或大写字母", "it must be four digits and six more digits or capitals"},
            against_registration()};
  }
  const std::string district(code.substr(0, district_size));
  const bool is_known = districts == nullptr || std::ranges::any_of(districts->codes, [&](const schemas::Code& one) {
                          return one.code.starts_with(district);
                        });
  if (!is_known) {
    return {Verdict::warning,
            subject,
            {"格式正确；前四位 " + district + " 不在 " + districts->as_of + " 的国内地区代码表中",
             "its form is right; its first four digits, " + district +
                 ", are not in the table of domestic districts of " + districts->as_of},
            against_registration()};
  }
  return {Verdict::pass, subject, {"格式正确；该编码没有校验位", "its form is right; it has no check digit"}};
}

}  // namespace tools::cebgate::doctor
