// The process killed at random moments: among concurrent submitters, and the command itself, from files and from a
// pipe. PUFA_KILLS=N: so many times each, instead of 100 (under sanitizers 10).
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <set>
#include <thread>

#include "ledger/store/rocks.h"
#include "tests/command/site.h"
#include "tests/crash/office.h"

extern char** environ;

namespace {

using namespace crash;
using ledger::Json;

constexpr std::size_t kSubmitters = 8, kWork = 400;

const int kKills = build::sanitized ? 10 : 100;

int kills() {
  const char* text = std::getenv("PUFA_KILLS");
  return text ? std::atoi(text) : kKills;
}

// What a killed process acknowledged before: which submission, and its first position.
struct Ack {
  std::uint64_t index, first;
};

pid_t spawn(const std::vector<std::string>& words, const std::vector<std::string>& environment, posix_spawn_file_actions_t* actions = nullptr) {
  std::vector<char*> argv, env;
  for (auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
  for (char** e = environ; *e; ++e) env.push_back(*e);
  for (auto& e : environment) env.push_back(const_cast<char*>(e.c_str()));
  argv.push_back(nullptr), env.push_back(nullptr);
  pid_t pid = 0;
  REQUIRE(::posix_spawn(&pid, argv[0], actions, nullptr, argv.data(), env.data()) == 0);
  return pid;
}

// How long a process lives at most, in microseconds: tuned to the machine, so that about half of them get to
// acknowledge something before they are killed.
class Lifetime {
 public:
  std::uint64_t next(std::mt19937_64& random) const { return random() % longest_; }
  void learn(bool acknowledged) { longest_ = std::clamp<std::uint64_t>(acknowledged ? longest_ / 2 : longest_ * 2, 2'000, 2'000'000); }

 private:
  std::uint64_t longest_ = 50'000;
};

void kill_after(pid_t pid, std::uint64_t microseconds) {
  ::usleep(static_cast<useconds_t>(microseconds));
  ::kill(pid, SIGKILL);
  REQUIRE(::waitpid(pid, nullptr, 0) == pid);
}

std::string listed(const std::set<std::uint64_t>& all) {
  std::string out;
  for (auto i : all) out += " " + std::to_string(i);
  return out;
}

std::vector<Ack> read_acks(int fd) {
  std::vector<Ack> out;
  for (Ack a{}; ::read(fd, &a, sizeof a) == sizeof a;) out.push_back(a);
  return out;
}

}  // namespace

// The process that is killed: opens the ledger, says so, and lets many threads send what is not acknowledged yet.
TEST_CASE("the process that is killed", "[.killed]") {
  const int out = std::atoi(std::getenv("PUFA_KILLED_FD"));
  std::set<std::uint64_t> done;
  std::istringstream told(std::getenv("PUFA_KILLED_DONE"));
  for (std::uint64_t i; told >> i;) done.insert(i);
  const Clerk clerk(kWork);
  const Ack ready{UINT64_MAX, 0};
  REQUIRE(::write(out, &ready, sizeof ready) == sizeof ready);
  auto log = open_ledger(clerk, std::getenv("PUFA_KILLED_DIR"), rocksdb::Env::Default());
  REQUIRE(log);
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> all;
  for (std::size_t t = 0; t < kSubmitters; ++t)
    all.emplace_back([&] {
      for (std::size_t i; (i = next++) < kWork;) {
        if (done.count(i)) continue;
        const auto outcome = (*log)->submit(clerk.work()[i].submission, clerk.now());
        if (auto* receipt = std::get_if<ledger::Receipt>(&outcome)) {
          const Ack ack{i, receipt->first};
          if (::write(out, &ack, sizeof ack) != sizeof ack) std::abort();
        }
      }
    });
  for (auto& t : all) t.join();
}

TEST_CASE("a process killed among concurrent submitters keeps all that it acknowledged, and nothing twice") {
  const Clerk clerk(kWork);
  std::optional<Office> office;
  std::mt19937_64 random(1);
  std::set<std::uint64_t> done;
  std::size_t killed_at_work = 0;
  Lifetime life;
  for (int round = 0; round < kills(); ++round) {
    if (!office || done.size() == kWork) office.emplace(clerk).hand_over(), done.clear();
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], 99);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    const pid_t pid = spawn({"/proc/self/exe", "the process that is killed"}, {"PUFA_KILLED_FD=99", "PUFA_KILLED_DIR=" + office->dir(), "PUFA_KILLED_DONE=" + listed(done)}, &actions);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    Ack ready{};
    REQUIRE(::read(ends[0], &ready, sizeof ready) == sizeof ready);
    kill_after(pid, life.next(random));
    const auto acks = read_acks(ends[0]);
    ::close(ends[0]);
    killed_at_work += !acks.empty(), life.learn(!acks.empty());
    for (auto& a : acks) office->acknowledge(a.index, a.first), done.insert(a.index);
    office->check();
  }
  CHECK(killed_at_work > 0);
}

TEST_CASE("the command killed at any moment and run again enters each draft once") {
  command::Site site;
  std::mt19937_64 random(2);
  for (int round = 0; round < kills(); ++round) {
    const auto file = site.file("drafts.jsonl", command::training("第" + std::to_string(round) + "次").dump() + "\n");
    const bool piped = round % 2 == 1;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 0, file.c_str(), O_RDONLY, 0);
    for (int fd : {1, 2}) ::posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_WRONLY, 0);
    const std::vector<std::string> words{build::pufa, "submit", site.dir, "--key", site.key("unit"), "--at", command::kNow, piped ? "-" : file};
    const pid_t pid = spawn(words, {}, &actions);
    ::posix_spawn_file_actions_destroy(&actions);
    kill_after(pid, random() % 60'000);
    const auto again = piped ? command::pufa({"submit", site.dir, "--key", site.key("unit"), "--at", command::kNow, "-"}, "LC_ALL=C <" + command::quoted(file)) : site.submit("unit", file);
    INFO(round << " " << again.out << again.err);
    REQUIRE(again.status == 0);
  }
  std::map<std::string, int> titles;
  std::istringstream lines(command::pufa({"log", site.dir, "--type", "TrainingHeld", "--json"}).out);
  for (std::string line; std::getline(lines, line);) ++titles[Json::parse(line)["data"]["title"].get<std::string>()];
  CHECK(titles.size() == static_cast<std::size_t>(kills()));
  for (auto& [title, times] : titles) CHECK(times == 1);
  CHECK(command::pufa({"verify", site.dir}).status == 0);
}
