#include "tests/support/postgres_server.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <unistd.h>

namespace tests {

namespace {

const std::string programs = "/usr/lib/postgresql/15/bin/";  // Debian 12

bool runs_as_root() { return geteuid() == 0; }

std::string as_its_user(const std::string& command) {
  return runs_as_root() ? "setpriv --reuid=postgres --regid=postgres --clear-groups -- sh -c '" + command + "'"
                        : command;
}

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen((command + " 2>&1").c_str(), "r"), pclose);
  std::string text;
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) text += buffer.data();
  return text;
}

}  // namespace

PostgresServer* PostgresServer::of_this_program() {
  if (access((programs + "postgres").c_str(), X_OK) != 0) return nullptr;
  static const std::unique_ptr<PostgresServer> server(new PostgresServer);
  return server.get();
}

PostgresServer::PostgresServer() {
  std::string name = "/tmp/cebgate-postgres-XXXXXX";  // short: a socket's path has at most 107 bytes
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder for PostgreSQL");
  folder_ = name;
  lifeline_.emplace(as_its_user("cd / && " + programs + "pg_ctl -D " + name + "/data -m immediate stop") + "; rm -rf " +
                    name);
  if (runs_as_root()) run("chown postgres " + name);
  run(as_its_user("cd / && " + programs + "initdb -D " + name + "/data -U cebgate --auth=trust -E UTF8 --locale=C"));
  start();
}

void PostgresServer::run(const std::string& command) const {
  const std::string log = folder_.string() + ".log";
  if (std::system((command + " > " + log + " 2>&1").c_str()) != 0) {
    throw std::runtime_error(command + ": " + output_of("cat " + log));
  }
  std::filesystem::remove(log);
}

// Without fsync: what is tested is our program's end, not the server's.
void PostgresServer::start() const {
  const std::string folder = folder_.string();
  run(as_its_user("cd / && " + programs + "pg_ctl -D " + folder + "/data -w -l " + folder +
                  "/log -o \"-c listen_addresses= -c unix_socket_directories=" + folder +
                  " -c fsync=off -c max_connections=200\" start"));
}

void PostgresServer::stop_at_once() const {
  run(as_its_user("cd / && " + programs + "pg_ctl -D " + folder_.string() + "/data -w -m immediate stop"));
}

std::string PostgresServer::new_database() { return made_database(""); }

std::string PostgresServer::new_database_in(const std::filesystem::path& folder) {
  const std::string name = "space" + std::to_string(databases_ + 1);
  if (runs_as_root()) run("chown postgres " + folder.string());
  const std::string said = run_sql(own_database(), "CREATE TABLESPACE " + name + " LOCATION '" + folder.string() + "'");
  if (!said.empty()) throw std::runtime_error(said);
  return made_database(" TABLESPACE " + name);
}

void PostgresServer::drop_database_in_folder(const std::string& address) const {
  const std::size_t start = address.rfind("/ledger") + std::string_view("/ledger").size();
  const std::string number = address.substr(start, address.find('?') - start);
  for (const std::string& sql : {"DROP DATABASE ledger" + number + " WITH (FORCE)", "DROP TABLESPACE space" + number,
                                 std::string("CHECKPOINT")}) {
    const std::string said = run_sql(own_database(), sql);
    if (!said.empty()) throw std::runtime_error(said);
  }
}

std::string PostgresServer::own_database() const { return "postgresql://cebgate@/postgres?host=" + folder_.string(); }

std::string PostgresServer::made_database(const std::string& options) {
  const std::string name = "ledger" + std::to_string(++databases_);
  const std::string folder = folder_.string();
  const std::string said =
      output_of(programs + "psql -h " + folder + " -U cebgate -d postgres -v ON_ERROR_STOP=1 -qc \"CREATE DATABASE " +
                name + options + "\"");
  if (!said.empty()) throw std::runtime_error(said);
  return "postgresql://cebgate@/" + name + "?host=" + folder;
}

std::string PostgresServer::run_sql(const std::string& address, const std::string& sql) const {
  return output_of(programs + "psql -v ON_ERROR_STOP=1 -qAt '" + address + "' -c \"" + sql + "\"");
}

}  // namespace tests
