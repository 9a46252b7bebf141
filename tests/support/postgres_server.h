// A PostgreSQL server of the test's own, in a scratch folder, reached by a socket in it and by no network; as the user
// postgres where the test runs as root, which the server refuses. One serves all tests of a program and goes with it.
#pragma once

#include <filesystem>
#include <string>

namespace tests {

class PostgresServer {
 public:
  // Nothing where the server is not installed; started with the first call. Throws if it does not start.
  static PostgresServer* of_this_program();

  std::string new_database();  // its address
  // As `psql` does it; gives what it printed.
  std::string run_sql(const std::string& address, const std::string& sql) const;
  void stop_at_once() const;  // as if its machine had lost power
  void start() const;
  ~PostgresServer();

 private:
  PostgresServer();
  void run(const std::string& command) const;

  std::filesystem::path folder_;
  int databases_ = 0;
};

}  // namespace tests
