#include "tools/bench/options.h"

#include <map>

#include "tools/bench/mix.h"

namespace tools::bench {

namespace {

// A span of time with its unit, or a bare number of seconds.
CLI::AsNumberWithUnit spans() {
  return CLI::AsNumberWithUnit(std::map<std::string, double>{{"ms", 0.001}, {"s", 1}, {"m", 60}, {"h", 3600}},
                               CLI::AsNumberWithUnit::DEFAULT, "");
}

std::string mix_fault(const std::string& text) {
  return read_mix(text) ? "" : "TYPE=1..." + std::to_string(most_weight) + ",… (" + text + ")";
}

// Speaks to whoever reads the help.
class Words {
 public:
  explicit Words(cebgate::Language language) : language_(language) {}
  std::string operator()(std::string_view zh, std::string_view en) const { return cebgate::say(language_, zh, en); }

 private:
  cebgate::Language language_;
};

void add_place(CLI::App& app, Options& options, const Words& say) {
  app.add_option("--url", options.url, say("网关地址", "the gateway"))->capture_default_str()->type_name("URL");
  app.add_option(
         "--token-file", options.token_file,
         say("存放令牌的文件（默认取环境变量 CEBGATE_TOKEN）", "file that holds the token (default: CEBGATE_TOKEN)"))
      ->type_name("FILE");
  app.add_option("--ca", options.trust,
                 say("HTTPS 信任的 CA 文件（默认用系统的）", "CA file for HTTPS (default: the system's)"))
      ->type_name("CA.pem");
  app.add_option(
         "--enterprise", options.enterprises.shops,
         say("电商企业代码；可给多个，销售依次分给它们", "the shop's code; of several, sales go to them in turn"))
      ->required()
      ->delimiter(',')
      ->type_name("CODE");
  app.add_option("--payer", options.enterprises.payer,
                 say("支付企业代码（默认同电商企业）", "the payment enterprise's code (default: the shop's)"))
      ->type_name("CODE");
  app.add_option("--carrier", options.enterprises.carrier,
                 say("物流企业代码（默认同电商企业）", "the logistics enterprise's code (default: the shop's)"))
      ->type_name("CODE");
  app.add_option(
         "--pid", options.gateway,
         say("网关的进程号：从 /proc 读它的 CPU 与内存", "the gateway's process: its CPU and memory, from /proc"))
      ->check(CLI::PositiveNumber)
      ->type_name("PID");
}

void add_load(CLI::App& app, Options& options, const Words& say) {
  app.add_option(
         "--mix", options.mix,
         say("单证类型与份额：CEB311Message=7,CEB411Message=1；可用 "
             "311、411、511、621。清单放行需要份额不少于它的订单、"
             "支付单、运单",
             "types and shares: CEB311Message=7,CEB411Message=1; of 311, 411, 511, 621. An inventory is released "
             "where order, payment and waybill have no smaller shares"))
      ->check(mix_fault)
      ->capture_default_str()
      ->type_name("TYPE=N,…");
  app.add_option("--array", options.array, say("每次提交的单证数", "documents in a post"))
      ->check(CLI::Range(std::size_t{1}, most_in_a_post))
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--connections", options.connections, say("同时的连接数", "connections at the same time"))
      ->check(CLI::Range(std::size_t{1}, most_connections))
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--documents", options.documents, say("共提交多少份（默认 1000）", "how many in all (default 1000)"))
      ->check(CLI::Range(std::size_t{1}, most_documents))
      ->type_name("N");
  app.add_option("--duration", options.seconds,
                 say("提交多久，如 60s、5m（与 --documents 先到为准）",
                     "for how long, as 60s or 5m (or --documents, if sooner)"))
      ->transform(spans())
      ->check(CLI::Range(0.1, 86400.0))
      ->type_name("SPAN");
  app.add_option("--rate", options.rate,
                 say("每秒提交多少份（默认：得到应答就再提交）", "documents a second (default: again once answered)"))
      ->check(CLI::Range(0.1, 1e6))
      ->type_name("N");
}

void add_end(CLI::App& app, Options& options, const Words& say) {
  const std::map<std::string, Until> ends{{"accepted", Until::accepted}, {"settled", Until::settled}};
  app.add_option("--until", options.until,
                 say("accepted：只到受理；settled：到办结（默认）", "accepted, or settled as the feed tells (default)"))
      ->transform(CLI::CheckedTransformer(ends).description(""))
      ->type_name("accepted|settled");
  app.add_option("--settle-within", options.settle_within_seconds,
                 say("最后一次应答后等多久（默认 120s）", "how long after the last answer (default 120s)"))
      ->transform(spans())
      ->check(CLI::Range(0.1, 86400.0))
      ->type_name("SPAN");
  const std::map<std::string, Format> formats{{"text", Format::text}, {"json", Format::json}};
  app.add_option("--format", options.format, say("输出格式：text 或 json", "what is printed: text or json"))
      ->transform(CLI::CheckedTransformer(formats).description(""))
      ->type_name("text|json");
  app.add_option("--lang", options.lang,
                 say("界面语言：zh 或 en（默认看 LANG）", "language, zh or en (default: by LANG)"))
      ->type_name("zh|en");
}

}  // namespace

void add_options(CLI::App& app, Options& options, cebgate::Language language) {
  const Words say(language);
  app.description(
      say("负载发生器：像 ERP 一样向网关提交单证，读回状态，给出吞吐量与时延",
          "The load generator: posts documents to a gateway as an ERP does, reads their states back and tells "
          "throughput and latency"));
  app.footer(say("退出码：0 全部受理并办结；1 有单证被退、无应答或未按时办结；2 用法或环境有误",
                 "Exit status: 0 all were taken and settled; 1 some were refused, not answered or not settled in time; "
                 "2 usage or environment"));
  add_place(app, options, say);
  add_load(app, options, say);
  add_end(app, options, say);
}

}  // namespace tools::bench
