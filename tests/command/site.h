// A small demonstration ledger made by the pufa command alone, and what a refused command must look like.
#pragma once

#include <map>

#include "ledger/store/store.h"
#include "ledger/text/json.h"
#include "tests/support/command.h"

namespace command {

using ledger::Json;

inline constexpr char kCourt[] = "11420114TA0000016W";
inline constexpr char kOrigin[] = "demo.test/log";
inline constexpr char kFounded[] = "2025-01-02T00:00:00Z";
inline constexpr char kNow[] = "2025-01-04T00:00:00Z";

using Contents = std::map<std::pair<int, ledger::Bytes>, ledger::Bytes>;

// Every shelf's keys and values.
Contents contents(const ledger::Store&);
Contents contents(const std::string& dir);

Json training(const std::string& title = "民法典学习");
Json complaint();

// Keys registrar, unit (may file for the court), desk, bare (enrolled without a role) and stranger.
class Site {
 public:
  explicit Site(const std::string& suite = "intl");

  std::string file(const std::string& name, std::string_view bytes);
  std::string key(const std::string& name) const { return folder / (name + ".pem"); }
  Ran submit(const std::string& key, const std::string& file, std::vector<std::string> more = {}, const std::string& environment = "LC_ALL=C");
  // What the command printed.
  std::string admit(const std::string& key, const std::string& lines, std::vector<std::string> more = {});
  // So many trainings in one submission, each with a title of its own; its receipt.
  Json add(int events, const std::string& title = "学习");
  Contents contents() const { return command::contents(dir); }
  // The ledger as it is now; `back` makes it the ledger's present again: the way to a rollback or a fork.
  void save(const std::string& name) const { fs::copy(dir, folder / name, fs::copy_options::recursive); }
  void back(const std::string& name) const { fs::remove_all(dir), fs::copy(folder / name, dir, fs::copy_options::recursive); }

  Folder folder;
  std::string dir = folder / "L";
  std::string vkey;   // as init printed it

 private:
  void make(const std::string& suite);
  void keep(const fs::path&);
  std::vector<std::string> enrolment(const std::string& key, const Json& data, const char* role, const std::string& scope);

  int count_ = 0;
};

}  // namespace command
