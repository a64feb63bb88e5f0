// A ledger on a file system that fails, and what its clerk knows: what was acknowledged, what was not.
#pragma once

#include "tests/crash/faulty_files.h"
#include "tests/refusals/refusals.h"
#include "tests/support/command.h"

namespace crash {

// What became of a submission, as its clerk knows. An unknown one is sent again at the next opening.
enum class Fate { unsent, acknowledged, unknown };
struct Sent {
  ledger::Submission submission;
  std::vector<ledger::Id> ids;
  Fate fate = Fate::unsent;
  std::uint64_t first = 0;                 // of an acknowledged one
};

// Signed submissions of one to three events, made once: signing is not what these tests are about.
class Clerk {
 public:
  explicit Clerk(std::size_t submissions);
  const std::vector<Sent>& work() const { return work_; }
  const std::string& start() const { return start_; }   // folder of the ledger before any of them, whose next tile is nearly full
  std::uint64_t start_size() const { return start_size_; }
  const ledger::Suite& suite() const { return world_.suite; }
  ledger::Instant now() const { return world_.now; }

 private:
  refusals::World world_;
  command::Folder folder_;
  std::string start_ = folder_ / "start";
  std::uint64_t start_size_ = 0;
  std::vector<Sent> work_;
};

// The clerk's ledger as it lies in that folder.
ledger::Result<std::unique_ptr<ledger::Ledger>> open_ledger(const Clerk&, const std::string& dir, rocksdb::Env*);

class Office {
 public:
  explicit Office(const Clerk&);
  FaultyFiles& files() { return *files_; }

  // Opens the ledger, sends again what is unknown, then so many new submissions; closes. False: it did not get so far.
  bool day(std::size_t submissions);
  // Another process does the clerk's work: any of it may be there, even before anything is acknowledged.
  void hand_over();
  // It acknowledged this piece.
  void acknowledge(std::size_t index, std::uint64_t first);
  // Reopens on a sound disk: nothing found by verification, every acknowledged event there exactly once at its
  // position, nothing unacknowledged half there.
  void check();
  std::string dir() const { return folder_ / "L"; }

 private:
  bool send(ledger::Ledger&, Sent&);

  const Clerk& clerk_;
  command::Folder folder_;
  std::shared_ptr<FaultyFiles> files_;
  std::unique_ptr<rocksdb::Env> env_;
  std::vector<Sent> sent_;
};

}  // namespace crash
