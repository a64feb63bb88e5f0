// A witness as a process of its own.
#pragma once

#include <csignal>
#include <unistd.h>

#include "ledger/text/json.h"
#include "tests/support/command.h"

namespace command {

// pufa witness on a free port; ended with its owner.
class Service {
 public:
  Service(const std::string& folder, const std::string& name, const std::string& log) {
    int out[2];
    REQUIRE(::pipe(out) == 0);
    const auto key = folder + "/" + name + ".pem", state = folder + "/" + name + ".state";
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(out[1], STDOUT_FILENO);
      ::execl(build::pufa, build::pufa, "witness", "--state", state.c_str(), "--key", key.c_str(), "--name", name.c_str(), "--log", log.c_str(), "--listen",
              "127.0.0.1:0", "--json", nullptr);
      ::_exit(127);
    }
    ::close(out[1]);
    std::string line;
    for (char c; ::read(out[0], &c, 1) == 1 && c != '\n';) line += c;
    ::close(out[0]);
    auto said = ledger::parse_json(line);
    REQUIRE(said);
    vkey = (*said)["vkey"], url = "http://" + (*said)["listening"].get<std::string>(), cosigned = (*said)["cosigned"];
  }
  ~Service() { end(SIGTERM); }
  // The exit status, or 128 and the signal.
  int end(int signal) {
    if (pid_ < 0) return -1;
    ::kill(pid_, signal);
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  std::string vkey, url;
  ledger::Json cosigned;

 private:
  pid_t pid_ = -1;
};

}  // namespace command
