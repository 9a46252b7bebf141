// A stand-in for the E-Port's UKey client: a WebSocket server on 127.0.0.1 and a port of its own, with a card that
// signs for real, one signature at a time. It can misbehave as the real one does. Throws where it cannot listen. Every
// call is safe from every thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/support/test_keys.h"
#include "tests/support/ukey_card.h"

namespace tests {

struct UkeyBehaviour {
  enum class Answers {
    normal,
    never,        // takes the request and stays silent
    held,         // keeps the answer back until release(), which sends it over the newest connection
    dropped,      // closes the connection instead
    among_noise,  // after broken JSON, answers to others, the same id under another method, a greeting
  };
  Answers answers = Answers::normal;
  std::chrono::milliseconds signature_time{240};
  UkeyValueForm value_form = UkeyValueForm::raw;
  std::size_t answer_bytes = 0;                                 // an answer is padded with blanks to this size
  std::optional<std::string> certificate{}, number{}, value{};  // given instead of the card's own
  std::vector<std::string> refusal{};                           // in place of a signature
  std::set<int> refused{};  // the requests that get the refusal, counted from 1 as counts() does; empty: all
};

class UkeyServer {
 public:
  explicit UkeyServer(const TestIdentity& identity, std::string pin = "88888888", int pin_tries = 5);
  ~UkeyServer();
  UkeyServer(const UkeyServer&) = delete;
  UkeyServer& operator=(const UkeyServer&) = delete;

  std::string uri() const;  // ukey+ws://127.0.0.1:PORT
  const std::string& pin() const;

  void behave(UkeyBehaviour behaviour);
  void break_reader(UkeyReader how, int code = 50070);
  void change_card(const TestIdentity& identity);
  void release();
  void send_to_all(const std::string& text);

  // The client program ends, with all its connections; and starts again on the same port, the card as it was.
  void stop();
  void start();

  struct Counts {
    int connections = 0;                    // ever taken
    int requests = 0, signatures = 0;       // asked for; given
    int wrong_pins = 0;                     // tries that cost the card one
    int resets = 0;                         // SpcInitEnvEx
    int at_once = 0;                        // most requests that had no answer yet at one time
    std::vector<std::string> signed_texts;  // in the order they came
    std::vector<std::int64_t> ids;
  };
  Counts counts() const;
  bool locked() const;

 private:
  struct State;
  class Program;
  std::unique_ptr<State> state_;
  std::unique_ptr<Program> program_;
};

}  // namespace tests
