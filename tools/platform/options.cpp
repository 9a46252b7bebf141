#include "tools/platform/options.h"

#include <charconv>

#include "base/log.h"
#include "tools/platform/settable_clock.h"

namespace tools::platform {

namespace {

constexpr std::size_t body_limit_bytes = std::size_t{32} << 20;  // 100 inventories of 99 rows in Base64

void add_as2_options(CLI::App& app, As2Terms& as2) {
  auto* listen = app.add_option("--as2", as2.listen, "HOST:PORT where messages over AS2 are taken, at /as2");
  const auto add = [&](const char* name, auto& into, const char* about_it) {
    return app.add_option(name, into, about_it)->needs(listen);
  };
  add("--as2-id", as2.id, "the platform's own AS2 id")->capture_default_str();
  add("--as2-partner-id", as2.partner_id, "an enterprise's AS2 id; {dxp_id} is its DXPID")->capture_default_str();
  listen->needs(add("--as2-key", as2.key, "the platform's key (RSA, PEM)"));
  listen->needs(add("--as2-certificate", as2.certificate, "its certificate"));
  listen->needs(add("--as2-partner-certificate", as2.partner_certificate, "the enterprises' certificate"));
  listen->needs(add("--as2-partner-url", as2.partner_url, "where answers go; {dxp_id} may stand in it"));
  add("--as2-lateness", as2.lateness_seconds, "seconds by which mdn-late is late")->check(CLI::Range(0.0, 3600.0));
}

void add_as3_options(CLI::App& app, As3Terms& as3) {
  config::Port& port = as3.port;
  auto* url = app.add_option("--as3", port.url,
                             "ftp(s)://HOST:PORT of an FTP server that the enterprises of --enterprise send by");
  const auto add = [&](const char* name, auto& into, const char* about_it) {
    return app.add_option(name, into, about_it)->needs(url);
  };
  add("--as3-user", port.user, "its user")->capture_default_str();
  url->needs(add("--as3-password", port.password, "env:NAME, or file:PATH with an absolute path"));
  add("--as3-ca", port.tls.ca, "who issued its certificate, if not one of the system's");
  app.add_flag_callback(
         "--as3-plain", [&port] { port.ftp.tls = config::FtpTls::none; }, "FTP in the clear")
      ->needs(url);
  add("--as3-messages", port.ftp.in, "the folder of an enterprise's messages")->capture_default_str();
  add("--as3-answers", port.ftp.out, "the folder of an enterprise's answers")->capture_default_str();
  add("--as3-id", port.agreement.own_id, "the platform's own AS3 id")->capture_default_str();
  add("--as3-partner-id", port.agreement.partner_id, "an enterprise's AS3 id")->capture_default_str();
  url->needs(add("--as3-key", port.agreement.key, "the platform's key (RSA, PEM)"));
  url->needs(add("--as3-certificate", port.agreement.certificate, "its certificate"));
  url->needs(add("--as3-partner-certificate", port.agreement.encrypt_for, "the enterprises' certificate"));
  add("--as3-lateness", as3.lateness_seconds, "seconds by which mdn-late is late")->check(CLI::Range(0.0, 3600.0));
}

}  // namespace

const char* const about =
    R"(海关公共服务平台模拟器。The platform simulator: takes signed CEB messages over the Hainan HTTP
interface, and over the data exchange platform by folders, queues, AS2 or AS3, checks them for real and answers like
customs.

Triggers stand after a tilde in a document's number (A1~late5+twice) or in a scenario file, whose lines are
KEY-PATTERN<tab>TRIGGERS, with * and ? in the pattern (CEB311Message/4601960001/SLOW-*<tab>late5+twice), and where
the triggers name a CODE, behind another tab the text that it is answered with:
  CODE       this final status, for the first guid of the key     silent     no receipt
  CODE,CODE  these statuses; CODE@N comes N seconds after the one before   no-notices  no tax sheet, no CEB792
  lateN      every receipt N seconds later                        twice      every receipt twice
  backwards  receipts in the opposite order                       foreign    another document's receipt beside
  lost-ack   take the first delivery, drop the connection         garbled    an unreadable record beside
  http500    refuse the first delivery; http500xN the first N    half-written  files in two halves
  mdn-wrong  over AS2, AS3: the first receipt has another's digest    mdn-late   over AS2, AS3: it comes late
  reply3001  over the data exchange platform: this code of table 7-1 in place of the first delivery
and by --amqp-front, for the first delivery:
  confirm-lost  the broker has it, its confirm is lost            dropped    the connection, before it is taken)";

// Of an FTP server: folders and names as they are where nothing else is said.
As3Terms platforms_end() {
  As3Terms terms;
  terms.port.user = "anonymous";
  terms.port.ftp.in = "{dxp_id}/out";
  terms.port.ftp.out = "{dxp_id}/in";
  terms.port.agreement.own_id = "CUSTOMS";
  terms.port.agreement.partner_id = "{dxp_id}";
  return terms;
}

void add_options(CLI::App& app, Options& options) {
  app.add_option("--listen", options.listen, "HOST:PORT; port 0 takes a free one")->capture_default_str();
  app.add_option("--trust", options.trust,
                 "CA certificates (PEM) that signatures must lead to; may be repeated; without it any chain");
  app.add_option("--enterprise", options.enterprises,
                 "CODE:DXPID that may transmit; may be repeated; without it anybody");
  app.add_option(
      "--role", options.roles,
      "CODE:ROLE of an enterprise of --enterprise (ecommerce, platform, payment, logistics, agent, operator); "
      "may be repeated; without it any type may come from it");
  app.add_option("--company", options.companies,
                 "CODE:NAME of the company whose certificates sign for an enterprise of --enterprise; without it any");
  app.add_option("--seed", options.seed,
                 "makes numbers and guids, and pauses between half the pace and one and a half, the same in every run");
  app.add_option("--single-limit", options.single_limit, "yuan of one inventory of a buyer; 0: none")
      ->check(CLI::Range(0.0, 1e9));
  app.add_option("--annual-limit", options.annual_limit, "yuan of all inventories of a buyer in a year; 0: none")
      ->check(CLI::Range(0.0, 1e9));
  app.add_flag("--known-inventories", options.known_inventories,
               "refuses cancellations and refunds of inventories that were not taken here");
  app.add_flag("--codes", options.codes, "prints the codes that it answers, and why not the others; serves nothing");
  app.add_option("--scenario", options.scenario, "triggers by key pattern");
  app.add_option("--state", options.state, "keeps what arrived in this file across a restart");
  app.add_option("--directory", options.directory,
                 "serves the folders DXPID/out and DXPID/in below this one as a client of the data exchange platform");
  app.add_option("--amqp", options.broker.url,
                 "amqp(s)://HOST:PORT/VHOST of a broker whose queues the enterprises of --enterprise send by");
  app.add_option("--amqp1", options.amqp1_url, "likewise, spoken to over AMQP 1.0; queues are addresses then")
      ->excludes("--amqp");
  app.add_option("--amqp-front", options.front,
                 "HOST:PORT to stand at before that broker (without TLS); gateways connect to it");
  app.add_option("--amqp-user", options.broker.user, "its user; over AMQP 0-9-1 guest if not given");
  app.add_option("--amqp-password", options.broker.password, "env:NAME, or file:PATH with an absolute path");
  app.add_option("--amqp-messages", options.queues.messages, "the queue of an enterprise's messages")
      ->capture_default_str();
  app.add_option("--amqp-answers", options.queues.answers, "the queue of an enterprise's answers")
      ->capture_default_str();
  add_as2_options(app, options.as2);
  add_as3_options(app, options.as3);
  app.add_option("--pace", options.pace_seconds, "seconds between receipts")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
  app.add_option("--clock-ahead", options.clock_ahead_seconds, "seconds by which its clock is ahead from the start")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{furthest_ahead.count()}));
  app.add_option("--schemas", options.schemas, "the folder of customs data, if not the one beside the program");
}

gateway::http::ServerOptions listener(const std::string& option, const std::string& listen) {
  const auto colon = listen.rfind(':');
  gateway::http::ServerOptions options;
  options.host = listen.substr(0, colon);
  const std::string port = colon == std::string::npos ? "" : listen.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
  if (options.host.empty() || port.empty() || error != std::errc() || end != port.data() + port.size()) {
    throw Refusal{option + " 应为 HOST:PORT\n" + option + " must be HOST:PORT, not \"" + listen + "\"\n"};
  }
  if (options.host.starts_with('[') && options.host.ends_with(']'))
    options.host = options.host.substr(1, options.host.size() - 2);
  options.body_limit_bytes = body_limit_bytes;
  options.on_error = [](const std::string& text) { base::log(base::LogLevel::error, "platform", text); };
  return options;
}

namespace {

// "4601960001:ecommerce" into its two parts.
std::pair<std::string, std::string> parted(const std::string& option, const std::string& what, const std::string& one) {
  const auto colon = one.find(':');
  if (colon == 0 || colon == std::string::npos || colon + 1 == one.size()) {
    throw Refusal{option + " 应为 CODE:" + what + "\n" + option + " must be CODE:" + what + ", not \"" + one + "\"\n"};
  }
  return {one.substr(0, colon), one.substr(colon + 1)};
}

Enterprise& enterprise_of(Enterprises& all, const std::string& option, const std::string& code) {
  const auto found = all.find(code);
  if (found != all.end()) return found->second;
  throw Refusal{option + " 的企业 " + code + " 未用 --enterprise 给出\n" + option + ": enterprise " + code +
                " is not given by --enterprise\n"};
}

}  // namespace

Enterprises enterprises(const Options& options) {
  Enterprises all;
  for (const std::string& one : options.enterprises) {
    const auto [code, dxp_id] = parted("--enterprise", "DXPID", one);
    all[code].dxp_ids.insert(dxp_id);
  }
  for (const std::string& one : options.roles) {
    const auto [code, role] = parted("--role", "ROLE", one);
    enterprise_of(all, "--role", code).roles.insert(role);
  }
  for (const std::string& one : options.companies) {
    const auto [code, name] = parted("--company", "NAME", one);
    enterprise_of(all, "--company", code).company = name;
  }
  return all;
}

std::vector<std::string> dxp_ids_in(const std::vector<std::string>& given) {
  std::vector<std::string> all;
  for (const std::string& one : given) all.push_back(parted("--enterprise", "DXPID", one).second);
  return all;
}

}  // namespace tools::platform
