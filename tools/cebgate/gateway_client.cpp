#include "tools/cebgate/gateway_client.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

std::string without_trailing(std::string text, std::string_view characters) {
  text.erase(text.find_last_not_of(characters) + 1);
  return text;
}

base::Fault fault_of(const boost::json::value& object) {
  base::Fault fault;
  fault.code = text_of(object, "code");
  fault.path = text_of(object, "path");
  fault.zh = text_of(object, "zh");
  fault.en = text_of(object, "en");
  fault.source = text_of(object, "source");
  fault.line = std::atoi(text_of(object, "line").c_str());
  if (text_of(object, "severity") == "warning") fault.severity = base::Severity::warning;
  return fault;
}

// What a person can do about a status that the input has no part in.
std::string advice_for(unsigned status, Language language) {
  if (status == 401) {
    return say(language, "令牌缺失或无效：请用 --token-file FILE 或环境变量 CEBGATE_TOKEN",
               "the token is missing or wrong: use --token-file FILE or CEBGATE_TOKEN");
  }
  if (status == 403) return say(language, "此令牌无权执行该操作", "the token's role does not allow this");
  if (status == 503)
    return say(language, "网关积压过多，请稍后再试", "too much is waiting in the gateway, try again later");
  return "";
}

Exit exit_of(unsigned status) {
  const bool input_is_at_fault = status >= 400 && status < 500 && status != 401 && status != 403 && status != 429;
  return input_is_at_fault ? Exit::fault : Exit::unusable;
}

void tell_problem(const gateway::http::Response& response, std::string_view subject, Language language,
                  const Place& place) {
  const boost::json::value problem = read_answer(response.body);
  const std::string title = text_of(problem, "title"), detail = text_of(problem, "detail");
  std::cerr << printable(subject) << (subject.empty() ? "" : ": ")
            << say(language, "网关拒绝", "refused by the gateway") << " (HTTP " << response.status << ")";
  if (!title.empty()) std::cerr << ": " << printable(title);
  if (!detail.empty()) std::cerr << ": " << printable(detail);
  std::cerr << "\n";
  const std::string advice = advice_for(response.status, language);
  if (!advice.empty()) std::cerr << advice << "\n";
  base::Faults faults = faults_of(problem, "faults");
  if (place) std::ranges::transform(faults, faults.begin(), place);
  print_faults(std::cerr, subject, faults, language);
}

}  // namespace

void add_gateway_options(const Program& program, CLI::App& command, GatewayChoice& choice) {
  command
      .add_option("--url", choice.url,
                  program.say("网关地址（默认 http://127.0.0.1:8080）", "the gateway (default http://127.0.0.1:8080)"))
      ->type_name("URL");
  command
      .add_option("--token-file", choice.token_file,
                  program.say("存放令牌的文件（默认取环境变量 CEBGATE_TOKEN）",
                              "file that holds the token (default: CEBGATE_TOKEN)"))
      ->type_name("FILE");
  command
      .add_option("--ca", choice.trust,
                  program.say("HTTPS 信任的 CA 文件（默认用系统的）", "CA file for HTTPS (default: the system's)"))
      ->type_name("CA.pem");
}

std::optional<GatewayClient> GatewayClient::open(const GatewayChoice& choice, Language language) {
  GatewayChoice chosen = choice;
  chosen.url = without_trailing(chosen.url, "/");
  if (choice.token_file.empty()) {
    const char* token = std::getenv("CEBGATE_TOKEN");
    return GatewayClient(std::move(chosen), base::Secret(token == nullptr ? "" : token));
  }
  auto text = read_file(choice.token_file);
  if (!text) {
    print_faults(std::cerr, choice.token_file, text.faults(), language);
    return std::nullopt;
  }
  return GatewayClient(std::move(chosen), base::Secret(without_trailing(*std::move(text), " \t\r\n")));
}

gateway::http::Exchange GatewayClient::get(const std::string& target) const {
  gateway::http::Call call;
  call.url = choice_.url + target;
  return this->call(std::move(call));
}

gateway::http::Exchange GatewayClient::post(const std::string& target, std::string content_type,
                                            std::string body) const {
  gateway::http::Call call;
  call.method = "POST";
  call.url = choice_.url + target;
  call.headers.set("Content-Type", std::move(content_type));
  call.body = std::move(body);
  call.timeout = std::chrono::minutes(2);  // a slice of 1,000 documents is judged before the answer
  return this->call(std::move(call));
}

gateway::http::Exchange GatewayClient::call(gateway::http::Call call) const {
  if (!token_.empty()) call.headers.set("Authorization", "Bearer " + std::string(token_.reveal()));
  if (!choice_.trust.empty()) call.trust = choice_.trust;
  boost::asio::io_context io(1);
  gateway::http::Exchange exchange;
  std::exception_ptr error;
  boost::asio::co_spawn(io, gateway::http::send(std::move(call)),
                        [&exchange, &error](std::exception_ptr thrown, gateway::http::Exchange got) {
                          error = thrown;
                          exchange = std::move(got);
                        });
  io.run();
  if (error) std::rethrow_exception(error);
  return exchange;
}

bool succeeded(const gateway::http::Exchange& exchange) {
  return exchange.reach == gateway::http::Reach::answered && exchange.response.status >= 200 &&
         exchange.response.status < 300;
}

Exit tell_failure(const gateway::http::Exchange& exchange, std::string_view subject, Format format, Language language,
                  const Place& place) {
  if (exchange.reach != gateway::http::Reach::answered) {
    std::cerr << say(language, "网关没有应答：", "the gateway does not answer: ") << printable(exchange.detail) << "\n";
    return Exit::unusable;
  }
  if (format == Format::json) {
    std::cerr << exchange.response.body << "\n";
  } else {
    tell_problem(exchange.response, subject, language, place);
  }
  return exit_of(exchange.response.status);
}

base::Faults faults_of(const boost::json::value& object, std::string_view member) {
  base::Faults faults;
  for (const boost::json::value& fault : array_of(object, member)) faults.push_back(fault_of(fault));
  return faults;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF", plain = "-._~";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                          (byte >= 'a' && byte <= 'z') || plain.find(c) != std::string_view::npos;
    if (is_plain) {
      encoded += c;
    } else {
      encoded += {'%', digits[byte >> 4], digits[byte & 0x0F]};
    }
  }
  return encoded;
}

}  // namespace tools::cebgate
