#include "tests/support/postgres_server.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace tests {

namespace {

const std::string programs = "/usr/lib/postgresql/15/bin/";  // Debian 12

bool is_root() { return geteuid() == 0; }

std::string as_its_user(const std::string& command) {
  return is_root() ? "setpriv --reuid=postgres --regid=postgres --clear-groups -- sh -c '" + command + "'" : command;
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
  have_it_watched();
  if (is_root()) run("chown postgres " + name);
  run(as_its_user("cd / && " + programs + "initdb -D " + name + "/data -U cebgate --auth=trust -E UTF8 --locale=C"));
  start();
}

// A shell of its own session, which a killed test does not take along: it waits for the other end of a pipe to close.
void PostgresServer::have_it_watched() {
  std::array<int, 2> pipe{};
  if (pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe to PostgreSQL's watcher");
  const std::string folder = folder_.string();
  std::string shell = "/bin/sh", option = "-c";
  std::string script = "cat; " +
                       as_its_user("cd / && " + programs + "pg_ctl -D " + folder + "/data -m immediate stop") +
                       "; rm -rf " + folder;
  const std::array<char*, 4> command{shell.data(), option.data(), script.data(), nullptr};
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, pipe[0], 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  const int failed = posix_spawn(&watcher_, shell.c_str(), &files, &attributes, command.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  close(pipe[0]);
  lifeline_ = pipe[1];
  if (failed != 0) throw std::runtime_error("PostgreSQL's watcher cannot be started");
}

PostgresServer::~PostgresServer() {
  close(lifeline_);
  waitpid(watcher_, nullptr, 0);
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
  if (is_root()) run("chown postgres " + folder.string());
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
