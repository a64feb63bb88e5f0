// A published log over HTTP: one kept connection, one file after the other.
#include "tools/public/http_reason.h"
#include "tools/public/http_watch.h"
#include "tools/public/source.h"

namespace tools {
namespace {

constexpr int kTimeoutSeconds = 20;
constexpr auto kFileWholeMax = std::chrono::seconds(60);   // of at most 17 MiB, however slowly it drips
constexpr std::size_t kCheckpointBytesMax = 64 * 1024;

class HttpSource final : public LogSource {
 public:
  HttpSource(const std::string& host, std::string prefix) : host_(host), prefix_(std::move(prefix)), client_(host) {
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);
    client_.set_connection_timeout(kTimeoutSeconds);
    client_.set_read_timeout(kTimeoutSeconds);
    client_.set_follow_location(true);
  }

  ledger::Result<std::string> checkpoint() override {
    auto body = LEDGER_TRY(get("/checkpoint", kCheckpointBytesMax));
    if (!body) return unreachable("/checkpoint", "is missing there");
    return std::move(*body);
  }

  ledger::Result<ledger::Bytes> read(const ledger::TileFile& f) override {
    if (auto body = LEDGER_TRY(get("/" + f.path(), ledger::kBundleBytesMax))) return std::move(*body);
    if (f.width == 0) return unreachable("/" + f.path(), "is missing there");
    auto full = LEDGER_TRY(get("/" + f.full().path(), ledger::kBundleBytesMax));
    if (!full) return unreachable("/" + f.path(), "is missing there, and so is the full one");
    return ledger::cut(f, *full);
  }

 private:
  tl::unexpected<ledger::Error> unreachable(const std::string& path, const std::string& why) const {
    return ledger::refuse("log-unreachable", host_ + prefix_ + path + " " + why);
  }

  // Nothing: the server says that there is no such file.
  ledger::Result<std::optional<std::string>> get(const std::string& path, std::size_t bytes_max) {
    std::string body;
    auto take = [&](const char* data, std::size_t n) { return body.size() + n <= bytes_max && (body.append(data, n), true); };
    Watch watch(client_, kFileWholeMax);
    auto answer = client_.Get(prefix_ + path, take);
    if (!answer && answer.error() == httplib::Error::Canceled) return unreachable(path, "is longer than such a file can be");
    if (!answer) return unreachable(path, std::string("cannot be read: ") + reason_of(answer.error()));
    if (answer->status == 404 || answer->status == 410) return std::optional<std::string>();
    if (answer->status != 200) return unreachable(path, "cannot be read: the server answers " + std::to_string(answer->status));
    return std::optional(std::move(body));
  }

  std::string host_, prefix_;
  httplib::Client client_;
};

}  // namespace

ledger::Result<std::unique_ptr<LogSource>> open_http_source(const std::string& url) {
  const auto host_at = url.find("://") + 3, path_at = std::min(url.find('/', host_at), url.size());
  std::string prefix = url.substr(path_at);
  while (prefix.ends_with('/')) prefix.pop_back();
  if (path_at == host_at || url.find_first_of("?#@ ") != std::string::npos) return ledger::refuse("usage", url + " is no address of a log: http://HOST[:PORT]/PREFIX");
  auto source = std::make_unique<HttpSource>(url.substr(0, path_at), prefix);
  return source;
}

}  // namespace tools
