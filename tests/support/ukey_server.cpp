#include "tests/support/ukey_server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <boost/json.hpp>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

namespace tests {

namespace asio = boost::asio;
namespace json = boost::json;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using Answers = UkeyBehaviour::Answers;
using std::chrono::steady_clock;

namespace {

constexpr const char* sign_method = "cus-sec_SpcSignDataAsPEM";
constexpr const char* greeting =
    R"({"_id":0,"_method":"open","_status":"00","_args":{"Result":true,"Data":[],"Error":[]}})";

json::array array_of(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

std::string answer_text(const json::value& id, const std::string& method, const UkeyCardAnswer& answer) {
  return json::serialize(json::object{
      {"_id", id},
      {"_method", method},
      {"_status", "00"},
      {"_args", {{"Result", answer.done}, {"Data", array_of(answer.data)}, {"Error", array_of(answer.errors)}}}});
}

// One WebSocket connection; what is to be sent waits its turn.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(tcp::socket socket) : stream_(std::move(socket)) {
    ErrorCode unimportant;
    stream_.next_layer().set_option(tcp::no_delay(true), unimportant);
    stream_.text(true);
  }

  auto& stream() { return stream_; }

  void send(std::string text) {
    outgoing_.push_back(std::move(text));
    if (outgoing_.size() == 1) asio::co_spawn(stream_.get_executor(), send_all(), asio::detached);
  }

  void drop() {
    ErrorCode unimportant;
    stream_.next_layer().close(unimportant);
  }

 private:
  asio::awaitable<void> send_all() {
    const auto self = shared_from_this();
    while (!outgoing_.empty()) {
      ErrorCode error;
      co_await stream_.async_write(asio::buffer(outgoing_.front()), asio::redirect_error(asio::use_awaitable, error));
      outgoing_.pop_front();
      if (error) outgoing_.clear();
    }
  }

  boost::beast::websocket::stream<tcp::socket> stream_;
  std::deque<std::string> outgoing_;
};

}  // namespace

// What outlives a restart of the program.
struct UkeyServer::State {
  State(const TestIdentity& identity, std::string the_pin, int tries)
      : pin(std::move(the_pin)), pin_tries(tries), card(std::make_unique<UkeyCard>(identity, pin, tries)) {}

  mutable std::mutex mutex;
  const std::string pin;
  const int pin_tries;
  std::unique_ptr<UkeyCard> card;
  UkeyBehaviour behaviour;
  Counts counts;
  int unanswered = 0;
  unsigned short port = 0;
};

class UkeyServer::Program {
 public:
  explicit Program(State& state) : state_(state), acceptor_(io_) {
    const tcp::endpoint here(asio::ip::address_v4::loopback(), state.port);
    acceptor_.open(here.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind(here);
    acceptor_.listen();
    state.port = acceptor_.local_endpoint().port();
    asio::co_spawn(io_, accept(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }

  ~Program() {
    asio::post(io_, [this] {
      closing_ = true;
      ErrorCode unimportant;
      acceptor_.close(unimportant);
      for (const auto& connection : connections_) connection->drop();
      for (auto* timer : timers_) timer->cancel();
    });
    thread_.join();
  }

  void release() {
    asio::post(io_, [this] {
      for (auto& text : held_) {
        if (newest_) newest_->send(std::move(text));
      }
      held_.clear();
    });
  }

  void send_to_all(const std::string& text) {
    asio::post(io_, [this, text] {
      for (const auto& connection : connections_) connection->send(text);
    });
  }

 private:
  using Shared = std::shared_ptr<Connection>;

  asio::awaitable<void> accept() {
    while (!closing_) {
      tcp::socket socket(io_);
      ErrorCode error;
      co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
      if (!error) asio::co_spawn(io_, serve(std::make_shared<Connection>(std::move(socket))), asio::detached);
    }
  }

  asio::awaitable<void> serve(Shared connection) {
    connections_.insert(connection);
    {
      const std::scoped_lock lock(state_.mutex);
      ++state_.counts.connections;
    }
    ErrorCode error;
    co_await connection->stream().async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      connection->send(greeting);
      newest_ = connection;
    }
    boost::beast::flat_buffer buffer;
    while (!error && !closing_) {
      co_await connection->stream().async_read(buffer, asio::redirect_error(asio::use_awaitable, error));
      if (!error)
        asio::co_spawn(io_, answer(connection, boost::beast::buffers_to_string(buffer.data())), asio::detached);
      buffer.consume(buffer.size());
    }
    connections_.erase(connection);
    if (newest_ == connection) newest_.reset();
  }

  asio::awaitable<void> answer(Shared connection, std::string text) {
    ErrorCode error;
    const auto request = json::parse(text, error);
    if (error) co_return;
    const std::string method(request.at("_method").as_string());
    note_request(request);
    if (method == sign_method) co_await wait_for_the_card();
    if (closing_) co_return;
    const std::scoped_lock lock(state_.mutex);
    --state_.unanswered;
    const auto& behaviour = state_.behaviour;
    if (behaviour.answers == Answers::never) co_return;
    if (behaviour.answers == Answers::dropped) {
      connection->drop();
      co_return;
    }
    auto made = answer_text(request.at("_id"), method, ask_card(method, request.at("args").as_object()));
    if (made.size() < behaviour.answer_bytes) made.resize(behaviour.answer_bytes, ' ');
    if (behaviour.answers == Answers::among_noise) send_noise(*connection, request.at("_id"), method);
    if (behaviour.answers == Answers::held) {
      held_.push_back(std::move(made));
    } else {
      connection->send(std::move(made));
    }
  }

  void note_request(const json::value& request) {
    const std::scoped_lock lock(state_.mutex);
    auto& counts = state_.counts;
    counts.ids.push_back(request.at("_id").as_int64());
    counts.at_once = std::max(counts.at_once, ++state_.unanswered);
    if (request.at("_method") != sign_method) return;
    ++counts.requests;
    counts.signed_texts.emplace_back(request.at("args").at("inData").as_string());
  }

  // One signature at a time, whoever asks.
  asio::awaitable<void> wait_for_the_card() {
    const auto now = steady_clock::now();
    {
      const std::scoped_lock lock(state_.mutex);
      card_free_ = std::max(now, card_free_) + state_.behaviour.signature_time;
    }
    asio::steady_timer timer(io_, card_free_);
    timers_.insert(&timer);
    ErrorCode woken;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    timers_.erase(&timer);
  }

  UkeyCardAnswer ask_card(const std::string& method, const json::object& arguments) {
    auto& card = *state_.card;
    if (method == sign_method) return sign(arguments);
    if (method == "cus-sec_SpcGetSignCertAsPEM") return certificate();
    if (method == "cus-sec_SpcGetValidTimeFromCert") return card.valid_time();
    if (method == "cus-sec_SpcClearEnv") {
      card.clear_env();
    } else if (method == "cus-sec_SpcInitEnvEx") {
      card.init_env();
      ++state_.counts.resets;
    } else {
      return {false, {}, {"找不到方法 " + method, "Err:Base50001"}};
    }
    return {true, {}, {}};
  }

  UkeyCardAnswer certificate() const {
    auto answer = state_.card->certificate();
    if (answer.done && state_.behaviour.certificate) answer.data = {*state_.behaviour.certificate};
    return answer;
  }

  UkeyCardAnswer sign(const json::object& arguments) {
    const auto& behaviour = state_.behaviour;
    const bool is_meant = behaviour.refused.empty() || behaviour.refused.contains(state_.counts.requests);
    if (!behaviour.refusal.empty() && is_meant) return {false, {}, behaviour.refusal};
    const std::string pin(arguments.contains("passwd") ? arguments.at("passwd").as_string() : "");
    const bool was_locked = state_.card->locked();
    auto answer = state_.card->sign(std::string(arguments.at("inData").as_string()), pin, behaviour.value_form);
    if (pin != state_.pin && state_.card->reader == UkeyReader::works && !was_locked) ++state_.counts.wrong_pins;
    if (!answer.done) return answer;
    ++state_.counts.signatures;
    if (behaviour.value) answer.data[0] = *behaviour.value;
    if (behaviour.number) answer.data[1] = *behaviour.number;
    return answer;
  }

  static void send_noise(Connection& connection, const json::value& id, const std::string& method) {
    const UkeyCardAnswer bogus{true, {"bm9uc2Vuc2U=", "0"}, {}};
    for (const char* text : {"", "{", "]", "BLOCKTXT", "[1,2]", "{\"_id\":null}", "{\"Result\":true}", "7"}) {
      connection.send(text);
    }
    connection.send(greeting);
    connection.send(answer_text(id.as_int64() - 1, method, bogus));
    connection.send(answer_text(id.as_int64() + 1, method, bogus));
    connection.send(answer_text(id, "update", bogus));
  }

  State& state_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  std::set<Shared> connections_;
  std::set<asio::steady_timer*> timers_;
  Shared newest_;
  std::vector<std::string> held_;
  steady_clock::time_point card_free_{};
  bool closing_ = false;
  std::thread thread_;
};

UkeyServer::UkeyServer(const TestIdentity& identity, std::string pin, int pin_tries)
    : state_(std::make_unique<State>(identity, std::move(pin), pin_tries)) {
  start();
}

UkeyServer::~UkeyServer() = default;

void UkeyServer::start() { program_ = std::make_unique<Program>(*state_); }
void UkeyServer::stop() {
  program_.reset();
  const std::scoped_lock lock(state_->mutex);
  state_->unanswered = 0;
}

std::string UkeyServer::uri() const { return "ukey+ws://127.0.0.1:" + std::to_string(state_->port); }
const std::string& UkeyServer::pin() const { return state_->pin; }

void UkeyServer::behave(UkeyBehaviour behaviour) {
  const std::scoped_lock lock(state_->mutex);
  state_->behaviour = std::move(behaviour);
}

void UkeyServer::break_reader(UkeyReader how, int code) {
  const std::scoped_lock lock(state_->mutex);
  state_->card->reader = how;
  state_->card->reader_code = code;
}

void UkeyServer::change_card(const TestIdentity& identity) {
  const std::scoped_lock lock(state_->mutex);
  state_->card = std::make_unique<UkeyCard>(identity, state_->pin, state_->pin_tries);
}

void UkeyServer::release() { program_->release(); }
void UkeyServer::send_to_all(const std::string& text) { program_->send_to_all(text); }

UkeyServer::Counts UkeyServer::counts() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->counts;
}

bool UkeyServer::locked() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->card->locked();
}

}  // namespace tests
