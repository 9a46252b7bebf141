// The persons who may sign in, their sessions, one-time codes, and how often a sign-in was tried in vain. Of a
// session's id and of a code only the SHA-256 is kept, in hexadecimal; of a password its hash.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "gateway/ledger/audit_records.h"

namespace gateway::ledger {

enum class UserState { active, disabled };

struct User {
  std::string name, role;                // role: a word of the settings
  std::vector<std::string> enterprises;  // their codes, or "*" for all
  std::string password_hash;             // empty: a one-time code alone lets in
  UserState state = UserState::active;
  base::Time created_at;
  std::optional<base::Time> last_signed_in_at = std::nullopt;
};

enum class SignedInBy { password, token, code };
std::string_view word(SignedInBy means);

struct KeptSession {
  std::string digest;  // of its id
  std::string name;    // of the user, or of the client whose token it was
  SignedInBy by = SignedInBy::password;
  std::string token_sha256;  // of that client; empty: a user's
  base::Time signed_in_at, last_seen_at;
  std::string address, agent;  // where from, with what browser
};

struct SignedIn {
  KeptSession session;
  std::optional<User> user;  // absent: a client
};

// What has been unused for `idle`, or is older than `whole`, has ended.
struct SessionTimes {
  std::chrono::milliseconds idle, whole;
  bool has_ended(const KeptSession& session, base::Time now) const {
    return session.last_seen_at + idle <= now || session.signed_in_at + whole <= now;
  }
};

// What is tried in vain closes for a while: a name, an address.
struct Door {
  std::string subject;
  std::function<std::chrono::milliseconds(std::int64_t tries)> pause;  // after so many in a row
};

class AccountsBook {
 public:
  virtual ~AccountsBook() = default;

  static constexpr std::size_t most_users = 1000;
  static constexpr std::size_t most_sessions = 50;  // of one name; the one unused for longest goes
  static constexpr std::size_t most_doors = 10000;  // likewise
  static constexpr std::chrono::hours tries_are_kept_for{24};

  // What changes is recorded with its act, in one transaction.
  enum class Added { added, known, full };
  virtual Added add_user(const User& user, const Act& act) = 0;
  virtual std::optional<User> user(const std::string& name) = 0;
  virtual std::vector<User> users() = 0;  // by name
  virtual std::size_t count_users() = 0;
  // Ends the codes of the name and every session but `kept`, which counts from then on as one by password.
  virtual bool set_password(const std::string& name, const std::string& hash, const std::string& kept,
                            const Act& act) = 0;
  // The same password hashed anew, unless it was changed meanwhile.
  virtual void renew_hash(const std::string& name, const std::string& from, const std::string& to) = 0;
  // Disabled: ends sessions and codes.
  virtual bool set_user_state(const std::string& name, UserState state, const Act& act) = 0;

  // In the place of the one before. False: there is no such user, or it is disabled.
  virtual bool keep_code(const std::string& name, const std::string& digest, base::Time ends_at, const Act& act) = 0;
  virtual std::optional<std::string> take_code(const std::string& digest, base::Time now) = 0;  // whose it was; once

  // Forgets those that have ended. False: the user was disabled meanwhile.
  virtual bool begin_session(const KeptSession& session, const SessionTimes& times, const Act& act) = 0;
  virtual std::optional<SignedIn> signed_in(const std::string& digest) = 0;  // not of who is disabled
  virtual void see_session(const std::string& digest, base::Time now) = 0;
  virtual bool end_session(const std::string& digest) = 0;
  virtual std::size_t end_sessions(const std::string& name) = 0;
  virtual std::vector<KeptSession> sessions(const std::optional<std::string>& name) = 0;  // newest first

  // Counts a try at each door before it is known how it ends, so that several at once count too. The moment from which
  // it may be tried again where one of them is closed: then nothing is counted.
  virtual std::optional<base::Time> begin_try(std::span<const Door> doors, base::Time now) = 0;
  virtual void forget_tries(std::span<const Door> doors) = 0;
};

}  // namespace gateway::ledger
