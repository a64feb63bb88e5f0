#include "tools/public/source.h"

#include "tools/cli/app.h"
#include "tools/public/folder.h"

namespace tools {
namespace {

class FolderSource final : public LogSource {
 public:
  explicit FolderSource(std::string path) : path_(std::move(path)) {}
  ledger::Result<std::string> checkpoint() override { return reachable(read_file(path_ + "/checkpoint")); }
  ledger::Result<ledger::Bytes> read(const ledger::TileFile& f) override { return reachable(read_published(path_, f)); }

 private:
  static ledger::Result<std::string> reachable(ledger::Result<std::string> r) {
    if (!r && r.error().code == "file") return ledger::refuse("log-unreachable", r.error().message);
    return r;
  }
  std::string path_;
};

}  // namespace

ledger::Result<std::unique_ptr<LogSource>> open_source(const std::string& place) {
  if (place.starts_with("http://") || place.starts_with("https://")) return open_http_source(place);
  if (place.find("://") != std::string::npos) return ledger::refuse("usage", "a log is read from a folder or an http or https address, not from " + place);
  return std::make_unique<FolderSource>(place);
}

}  // namespace tools
