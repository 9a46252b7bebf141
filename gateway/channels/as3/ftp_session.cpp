#include "gateway/channels/as3/ftp_session.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <curl/curl.h>
#include <mutex>
#include <new>
#include <utility>

#include "base/secret.h"
#include "config/secret_reading.h"
#include "gateway/channels/as3/ftp_words.h"

namespace gateway::channels::as3 {

namespace {

constexpr std::chrono::milliseconds longest_connecting{10000};
constexpr std::size_t most_said = 300;  // bytes of a server's words

struct List {
  List() = default;
  List(const List&) = delete;
  List& operator=(const List&) = delete;
  ~List() { curl_slist_free_all(first); }
  void add(const std::string& text) {
    curl_slist* longer = curl_slist_append(first, text.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    first = longer;
  }
  curl_slist* first = nullptr;
};

void set_up_library() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

// Every byte but those that mean themselves; a path from the server's root begins with %2F (RFC 1738 §3.2.2).
std::string in_url(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF", plain = "-._~/";
  std::string text;
  for (const char c : path) {
    const bool is_plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || plain.find(c) != plain.npos;
    if (is_plain && !(text.empty() && c == '/')) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text.append("%").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
  }
  return text;
}

}  // namespace

// What libcurl calls back with.
struct FtpSession::Handle {
  explicit Handle(const std::atomic<bool>& stopped)
      : is_stopped(stopped), curl(curl_easy_init()), connections(curl_multi_init()) {
    if (curl == nullptr || connections == nullptr) throw std::bad_alloc();
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    curl_easy_cleanup(curl);
    curl_multi_cleanup(connections);
  }
  CURLcode run();

  static std::size_t take(char* bytes, std::size_t, std::size_t size, void* to) {
    auto& handle = *static_cast<Handle*>(to);
    const std::size_t room = handle.most_bytes - handle.received.size();
    handle.received.append(bytes, std::min(room, size));
    handle.is_over = handle.is_over || size > room;
    return size > room ? 0 : size;
  }
  static std::size_t give(char* room, std::size_t, std::size_t size, void* from) {
    auto& handle = *static_cast<Handle*>(from);
    const std::size_t count = std::min(size, handle.to_send.size());
    std::memcpy(room, handle.to_send.data(), count);
    handle.to_send.remove_prefix(count);
    return count;
  }
  static std::size_t hear(char* line, std::size_t, std::size_t size, void* to) {
    static_cast<Handle*>(to)->said.assign(line, std::min(size, most_said));
    return size;
  }
  static int watch(CURL*, curl_infotype kind, char* text, std::size_t size, void* to) {
    if (kind == CURLINFO_HEADER_OUT && std::string_view(text, size).starts_with("RNTO ")) {
      static_cast<Handle*>(to)->has_left_for_its_name = true;
    }
    return 0;
  }
  static int go_on(void* from, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Handle*>(from)->is_stopped ? 1 : 0;
  }

  const std::atomic<bool>& is_stopped;
  CURL* curl;
  CURLM* connections;  // kept from call to call
  std::string received;
  std::size_t most_bytes = 0;
  bool is_over = false;  // more came than that
  std::string_view to_send;
  std::string said;  // the server's last line
  bool has_left_for_its_name = false;
  std::array<char, CURL_ERROR_SIZE> error{};
  Tls tls = Tls::resumed;
};

// Looks again after a while, whatever is awaited: libcurl 7.88 does not watch the control connection while it opens an
// encrypted data connection, and curl_easy_perform() then looks once a second.
CURLcode FtpSession::Handle::run() {
  constexpr int longest_poll_ms = 5;
  if (curl_multi_add_handle(connections, curl) != CURLM_OK) throw std::bad_alloc();
  int running = 1;
  CURLMcode state = CURLM_OK;
  while (state == CURLM_OK && running > 0) {
    state = curl_multi_perform(connections, &running);
    if (state == CURLM_OK && running > 0) state = curl_multi_poll(connections, nullptr, 0, longest_poll_ms, nullptr);
  }
  CURLcode result = CURLE_RECV_ERROR;
  int left = 0;
  for (const CURLMsg* message = nullptr; (message = curl_multi_info_read(connections, &left)) != nullptr;) {
    if (message->msg == CURLMSG_DONE) result = message->data.result;
  }
  curl_multi_remove_handle(connections, curl);
  return result;
}

FtpSession::FtpSession(const config::Port& port, const std::atomic<bool>& is_stopped) : port_(port) {
  set_up_library();
  handle_ = std::make_unique<Handle>(is_stopped);
}

FtpSession::~FtpSession() = default;

// All options anew; the connection stays.
base::Done FtpSession::begin(const std::string& folder, const std::string& name) {
  Handle& handle = *handle_;
  CURL* curl = handle.curl;
  curl_easy_reset(curl);
  handle.received.clear();
  handle.said.clear();
  handle.is_over = handle.has_left_for_its_name = false;
  handle.error.front() = '\0';
  auto password = config::read_secret(port_.password, {});
  if (!password) return password.faults();
  std::string text(password->reveal());
  curl_easy_setopt(curl, CURLOPT_PASSWORD, text.c_str());
  explicit_bzero(text.data(), text.size());
  curl_easy_setopt(curl, CURLOPT_USERNAME, port_.user.c_str());
  const std::string slash = port_.url.ends_with('/') ? "" : "/", end = folder.ends_with('/') ? "" : "/";
  const std::string url = port_.url + slash + in_url(folder) + end + in_url(name);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  set_connection_options(curl, port_, std::min(longest_connecting, port_.timeout));
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, handle.error.data());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Handle::take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &handle);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Handle::hear);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &handle);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);  // for watch(), which prints nothing
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, &Handle::watch);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &handle);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &Handle::go_on);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &handle);
  return base::Nothing{};
}

base::Done FtpSession::perform() {
  Handle& handle = *handle_;
  const bool has_tls = port_.ftp.tls == config::FtpTls::required;
  if (has_tls) set_tls(handle.curl, handle.tls);
  CURLcode code = handle.run();
  // No handshake with TLS 1.2: nothing has been said yet.
  if (code == CURLE_SSL_CONNECT_ERROR && has_tls && handle.tls == Tls::resumed) {
    set_tls(handle.curl, Tls::anew);
    code = handle.run();
    if (code != CURLE_SSL_CONNECT_ERROR) handle.tls = Tls::anew;
  }
  if (code == CURLE_OK) return base::Nothing{};
  const std::string library = handle_->error.front() != '\0' ? handle_->error.data() : curl_easy_strerror(code);
  return fault_of_call(port_.url, code, library, handle_->said);
}

base::Result<Listing> FtpSession::list(const std::string& folder) {
  if (auto begun = begin(folder, ""); !begun) return begun.faults();
  handle_->most_bytes = most_listing_bytes;
  const auto done = perform();
  if (!done && !handle_->is_over) return done.faults();
  std::string_view text = handle_->received;
  if (handle_->is_over) text = text.substr(0, text.rfind('\n') + 1);
  auto files = read_listing(text);
  if (!files) return files.faults();
  Listing listing{*std::move(files), handle_->is_over};
  if (listing.files.size() > most_listed) {
    listing.files.resize(most_listed);
    listing.is_cut = true;
  }
  return listing;
}

base::Result<std::string> FtpSession::download(const std::string& folder, const std::string& name,
                                               std::size_t most_bytes) {
  if (auto begun = begin(folder, name); !begun) return begun.faults();
  handle_->most_bytes = most_bytes;
  const auto done = perform();
  if (handle_->is_over) return too_large(name, most_bytes);
  if (!done) return done.faults();
  return std::exchange(handle_->received, {});
}

base::Done FtpSession::upload(const std::string& folder, const std::string& name, std::string_view bytes) {
  if (auto begun = begin(folder, name); !begun) return begun.faults();
  handle_->to_send = bytes;
  CURL* curl = handle_->curl;
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &Handle::give);
  curl_easy_setopt(curl, CURLOPT_READDATA, handle_.get());
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
  return perform();
}

// In the folder, without any transfer.
base::Done FtpSession::command(const std::string& folder, const std::vector<std::string>& commands) {
  if (auto begun = begin(folder, ""); !begun) return begun.faults();
  List list;
  for (const std::string& one : commands) list.add(one);
  curl_easy_setopt(handle_->curl, CURLOPT_NOBODY, 1L);
  curl_easy_setopt(handle_->curl, CURLOPT_POSTQUOTE, list.first);
  return perform();
}

// A server that ends the session (421) may have renamed it before.
Renaming FtpSession::rename(const std::string& folder, const std::string& from, const std::string& to) {
  const auto done = command(folder, {"RNFR " + from, "RNTO " + to});
  if (done) return {Renamed::yes, {}};
  const bool is_answered = is_refusal(handle_->said);
  const bool is_open = handle_->has_left_for_its_name && !is_answered;
  return {is_open ? Renamed::unknown : Renamed::no, done.faults()};
}

base::Done FtpSession::remove(const std::string& folder, const std::string& name) {
  return command(folder, {"DELE " + name});
}

base::Done FtpSession::make_folder(const std::string& folder, const std::string& name) {
  return command(folder, {"*MKD " + name});
}

}  // namespace gateway::channels::as3
