#include "tools/public/mirror.h"

#include <filesystem>

#include "ledger/merkle/follow.h"
#include "tools/cli/app.h"

namespace tools {
namespace {

using ledger::Checkpoint;
using ledger::Result;
using ledger::Status;
using ledger::TileFile;

struct SignedHead {
  std::string note;
  Checkpoint head;
};

Result<SignedHead> trusted(const ledger::Policy& policy, std::string note) {
  auto t = ledger::check_note(policy, note);
  if (!t && t.error().code == "note-unverified") return ledger::refuse("checkpoint-unsigned", "the log's checkpoint: " + t.error().message);
  if (!t) return ledger::refuse("checkpoint-malformed", "the log's checkpoint: " + t.error().message);
  if (!t->quorum) return ledger::refuse("quorum-missing", "the log's checkpoint lacks the cosignatures that the policy's quorum asks for");
  return SignedHead{std::move(note), std::move(t->checkpoint)};
}

// That of the log's key, which signs notes and hashes trees in one suite.
const ledger::Suite& suite_of(const ledger::Policy& policy, const std::string& origin) {
  for (auto& v : policy.logs)
    if (v.name() == origin) return v.suite();
  return ledger::intl();
}

std::string over(const Checkpoint& c) { return "the checkpoint over " + std::to_string(c.size) + " records"; }

class Mirror {
 public:
  Mirror(LogSource& source, std::string path, const ledger::Policy& policy, bool whole) : source_(source), path_(std::move(path)), policy_(policy), whole_(whole) {}

  Result<Mirrored> run() {
    served_ = LEDGER_TRY(trusted(policy_, LEDGER_TRY(source_.checkpoint())));
    folder_ = LEDGER_TRY(ledger::in_file(path_, PublishedFolder::open(path_)));
    LEDGER_CHECK(ledger::in_file(path_, load_own()));
    if (own_.head.origin != served_.head.origin) return ledger::refuse("log-foreign", "the mirror is of " + own_.head.origin + ", the log is " + served_.head.origin);
    LEDGER_CHECK(check_history());
    Mirrored out{served_.head, own_.head.size};
    const bool nothing_new = !own_.note.empty() && own_.head.size == served_.head.size;
    if (nothing_new && !whole_) return out;
    LEDGER_CHECK(ledger::follow(suite(), whole_ ? nothing().head : own_.head, served_.head, {kept_, theirs_}, stage_));
    if (nothing_new && folder_->files() == 0) return out;
    LEDGER_CHECK(ledger::in_file(path_, folder_->commit(served_.note, own_.head.size, served_.head.size)));
    out.files = folder_->files() + 1, out.bytes = folder_->bytes() + served_.note.size();
    return out;
  }

 private:
  const ledger::Suite& suite() const { return suite_of(policy_, served_.head.origin); }

  SignedHead nothing() const { return {"", {served_.head.origin, 0, ledger::empty_root(suite())}}; }

  Status load_own() {
    own_ = nothing();
    auto note = LEDGER_TRY(folder_->checkpoint());
    if (!note) return {};
    auto own = trusted(policy_, *note);
    if (!own) return ledger::refuse("copy-damaged", path_ + "/checkpoint is not one that the policy trusts: " + own.error().message);
    own_ = std::move(*own);
    return {};
  }

  // That the two checkpoints are of one history, and the served one no earlier.
  Status check_history() {
    const bool back = served_.head.size < own_.head.size;
    const bool one = LEDGER_TRY(back ? ledger::extends(suite(), served_.head, own_.head, kept_) : ledger::extends(suite(), own_.head, served_.head, theirs_));
    if (!one) return keep_fork();
    if (!back) return {};
    return ledger::refuse("log-rolled-back", "the log serves " + over(served_.head) + ", the mirror has " + std::to_string(own_.head.size) + " records of the same history; nothing was changed");
  }

  Status keep_fork() {
    std::string stem;
    for (int n = 1; stem.empty() || std::filesystem::exists(path_ + "/" + stem + ".served"); ++n) {
      stem = "fork-" + std::to_string(served_.head.size) + "-" + std::to_string(n);
      if (known_fork(stem)) return forked(stem);
    }
    LEDGER_CHECK(folder_->keep(stem + ".mirrored", own_.note));
    LEDGER_CHECK(folder_->keep(stem + ".served", served_.note));
    return forked(stem);
  }
  bool known_fork(const std::string& stem) const {
    auto mirrored = read_file(path_ + "/" + stem + ".mirrored"), served = read_file(path_ + "/" + stem + ".served");
    return mirrored && served && *mirrored == own_.note && *served == served_.note;
  }
  Status forked(const std::string& stem) const {
    return ledger::refuse("log-forked", "the log signed two histories: " + over(served_.head) + " does not go with the mirrored one over " +
                                            std::to_string(own_.head.size) + "; both are kept as proof: " + path_ + "/" + stem + ".mirrored and .served");
  }

  LogSource& source_;
  std::string path_;
  const ledger::Policy& policy_;
  const bool whole_;
  std::unique_ptr<PublishedFolder> folder_;
  SignedHead served_, own_;
  ledger::TileFileReader kept_ = [this](const TileFile& f) { return ledger::in_file(path_, folder_->read(f)); };
  ledger::TileFileReader theirs_ = [this](const TileFile& f) { return source_.read(f); };
  ledger::FileSink stage_ = [this](const TileFile& f, ledger::BytesView bytes) { return whole_ ? folder_->mend(f, bytes) : folder_->stage(f, bytes); };
};

}  // namespace

Result<Mirrored> mirror(LogSource& source, const std::string& folder, const ledger::Policy& policy, bool whole) { return Mirror(source, folder, policy, whole).run(); }

}  // namespace tools
