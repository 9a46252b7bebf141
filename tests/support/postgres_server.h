// A PostgreSQL server of the test's own, in a scratch folder, reached by a socket in it and by no network; as the user
// postgres where the test runs as root, which the server refuses. One serves all tests of a program; it ends and its
// folder goes with the program, however that ends.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tests/support/lifeline.h"

namespace tests {

class PostgresServer {
 public:
  // Nothing where the server is not installed; started with the first call. Throws if it does not start.
  static PostgresServer* of_this_program();

  std::string new_database();  // its address
  // Likewise, with its tables and indexes in an empty folder that the server can reach.
  std::string new_database_in(const std::filesystem::path& folder);
  void drop_database_in_folder(const std::string& address) const;  // before the folder goes
  // As `psql` does it; gives what it printed.
  std::string run_sql(const std::string& address, const std::string& sql) const;
  void stop_at_once() const;  // as if its machine had lost power
  void start() const;

 private:
  PostgresServer();
  void run(const std::string& command) const;
  std::string own_database() const;
  std::string made_database(const std::string& options);

  std::filesystem::path folder_;
  std::optional<Lifeline> lifeline_;
  int databases_ = 0;
};

}  // namespace tests
