#include "tools/witness/http.h"

#include <pthread.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <thread>

#include "tools/public/http_reason.h"
#include "tools/public/http_watch.h"

namespace tools {
namespace {

using std::chrono::steady_clock;

// A stalled client holds one thread for at most this long a read or write; sound requests take milliseconds.
constexpr time_t kServeSeconds = 3;
constexpr std::size_t kServeThreads = 256;       // mostly to hold stalled clients: requests wait for one disk, at the state
constexpr std::size_t kRequestsAConnectionMax = 100;
// Of an asked witness: it may be far away and syncs a disk, but must not hold up the others' answers.
constexpr time_t kConnectSeconds = 5;
constexpr time_t kAnswerSeconds = 10;
constexpr auto kAnswerWholeMax = std::chrono::seconds(20);   // however slowly it drips
constexpr std::size_t kAnswerBytesMax = 16 * 1024;           // a few signature lines

struct Address {
  std::string host;
  int port = 0;
};

ledger::Result<Address> parse_address(const std::string& text) {
  const auto colon = text.rfind(':');
  Address a{text.substr(0, colon == std::string::npos ? 0 : colon), 0};
  const char* const end = text.data() + text.size();
  if (a.host.size() > 2 && a.host.front() == '[' && a.host.back() == ']') a.host = a.host.substr(1, a.host.size() - 2);
  const auto parsed = a.host.empty() ? std::from_chars_result{end, std::errc::invalid_argument} : std::from_chars(text.data() + colon + 1, end, a.port);
  if (parsed.ec != std::errc() || parsed.ptr != end || a.port < 0 || a.port > 65535)
    return ledger::refuse("usage", "--listen takes HOST:PORT, as 127.0.0.1:8080, not " + text);
  return a;
}

// Reads the body itself: the library bounds only what a Content-Length announces.
void answer(Witness& witness, const httplib::ContentReader& read, httplib::Response& response) {
  std::string body;
  const bool whole = read([&](const char* data, std::size_t n) {
    if (body.size() + n > kWitnessRequestBytesMax) return false;
    body.append(data, n);
    return true;
  });
  const WitnessAnswer a = whole ? witness.add_checkpoint(body) : WitnessAnswer{413, "text/plain; charset=utf-8", "the request is too large or broken off\n"};
  response.status = a.status;
  response.set_content(a.body, a.type);
}

// So that a port just left can be had again, but none that another program listens at, as the library would have it.
void take_alone(socket_t s) {
  const int on = 1;
  ::setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

void configure(httplib::Server& server, Witness& witness) {
  server.set_socket_options(take_alone);
  server.set_payload_max_length(kWitnessRequestBytesMax);
  server.set_read_timeout(kServeSeconds);
  server.set_write_timeout(kServeSeconds);
  server.set_keep_alive_timeout(kServeSeconds);
  server.set_keep_alive_max_count(kRequestsAConnectionMax);
  server.new_task_queue = [] { return new httplib::ThreadPool(kServeThreads); };
  server.Post("/add-checkpoint", [&witness](const httplib::Request&, httplib::Response& response, const httplib::ContentReader& read) {
    answer(witness, read, response);
  });
}

// Until a signal to end comes; the signals are blocked everywhere else.
class Stopper {
 public:
  explicit Stopper(httplib::Server& server) {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::thread([this, &server] {
      int signal = 0;
      sigwait(&signals_, &signal);
      while (!ended_ && !server.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));   // it cannot be stopped before
      server.stop();
    });
  }
  ~Stopper() {
    ended_ = true;
    // The server ended by itself; harmless if it was a signal. The thread waits for it: nothing is terminated.
    pthread_kill(thread_.native_handle(), SIGTERM);   // NOLINT(bugprone-bad-signal-to-kill-thread)
    thread_.join();
  }

 private:
  sigset_t signals_{};
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

// scheme://host[:port] and the path after it, without a slash at the end.
ledger::Result<std::pair<std::string, std::string>> split_url(const std::string& url) {
  const auto host = url.find("://");
  const auto scheme = url.substr(0, host == std::string::npos ? 0 : host);
  if (scheme != "http" && scheme != "https") return ledger::refuse("witness-unreachable", "its URL must begin with http:// or https://: " + url);
  const auto path = std::min(url.find('/', host + 3), url.size());
  std::string prefix = url.substr(path);
  while (!prefix.empty() && prefix.back() == '/') prefix.pop_back();
  return std::pair{url.substr(0, path), prefix};
}

// What comes is kept within bounds of size and time.
struct Bounded {
  std::string bytes;
  steady_clock::time_point deadline = steady_clock::now() + kAnswerWholeMax;
  bool take(const char* data, std::size_t n) {
    if (bytes.size() + n > kAnswerBytesMax || steady_clock::now() > deadline) return false;
    bytes.append(data, n);
    return true;
  }
};

ledger::Result<WitnessAnswer> post(const std::string& server, const std::string& path, const std::string& body) {
  httplib::Client client(server);
  if (!client.is_valid()) return ledger::refuse("witness-unreachable", "its URL is not one that can be asked: " + server);
  client.set_connection_timeout(kConnectSeconds);
  client.set_read_timeout(kAnswerSeconds);
  client.set_write_timeout(kAnswerSeconds);
  Bounded received;
  httplib::Request request;
  request.method = "POST", request.path = path, request.body = body;
  request.headers = {{"Content-Type", "text/plain; charset=utf-8"}};
  request.content_receiver = [&](const char* data, std::size_t n, std::uint64_t, std::uint64_t) { return received.take(data, n); };
  Watch watch(client, kAnswerWholeMax);
  const auto result = client.send(request);
  if (!result) return ledger::refuse("witness-unreachable", server + " gives no answer: " + reason_of(result.error()));
  return WitnessAnswer{result->status, result->get_header_value("Content-Type"), received.bytes};
}

}  // namespace

ledger::Status serve_witness(Witness& witness, const std::string& address, const std::function<void(int port)>& ready) {
  const auto at = LEDGER_TRY(parse_address(address));
  httplib::Server server;
  configure(server, witness);
  const int port = at.port == 0 ? server.bind_to_any_port(at.host) : server.bind_to_port(at.host, at.port) ? at.port : -1;
  if (port < 0) return ledger::refuse("listen", "cannot listen at " + address + ": it is taken or not of this machine");
  Stopper stopper(server);
  ready(port);
  if (!server.listen_after_bind()) return ledger::refuse("listen", "listening at " + address + " broke off");
  return {};
}

ledger::Result<WitnessAnswer> ask_witness(const std::string& url, const std::string& body) {
  const auto [server, prefix] = LEDGER_TRY(split_url(url));
  try {
    return post(server, prefix + "/add-checkpoint", body);
  } catch (const std::exception& e) {   // of the library, for a URL that it cannot read
    return ledger::refuse("witness-unreachable", url + " cannot be asked: " + e.what());
  }
}

}  // namespace tools
