#include "tools/cli/app.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <new>
#include <set>

#include "ledger/text/encoding.h"
#include "tools/cli/codes.h"

namespace tools {
namespace {

// Asks on the terminal without echo.
std::string ask(const char* prompt) {
  termios old{};
  ::tcgetattr(STDIN_FILENO, &old);
  termios quiet = old;
  quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  std::cerr << prompt << std::flush;
  std::string line;
  std::getline(std::cin, line);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
  std::cerr << "\n";
  return line;
}

// The N of a message that begins with "Line N", as those of schemes and policies do; 0: none.
std::size_t line_of(std::string_view message) {
  if (message.substr(0, 5) != "Line " && message.substr(0, 5) != "line ") return 0;
  std::size_t n = 0;
  std::from_chars(message.data() + 5, message.data() + message.size(), n);
  return n;
}

// {"error":{"code","message"[,"file"][,"line"][,"field"]}}; a name that is not UTF-8 is shown with U+FFFD.
std::string error_json(const ledger::Error& e) {
  ledger::OrderedJson j{{"code", e.code}, {"message", e.message}};
  if (!e.file.empty()) j["file"] = e.file;
  if (const auto line = line_of(e.message); line != 0) j["line"] = line;
  if (!e.field.empty()) j["field"] = e.field;
  return ledger::OrderedJson{{"error", j}}.dump(-1, ' ', false, ledger::OrderedJson::error_handler_t::replace);
}

constexpr std::size_t kShownBytesMax = 2'000;   // of what came from outside, in one line

// What a terminal can be shown: no control characters, which names and texts from outside may hold, and not all of a long text.
std::string shown(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kShownBytesMax)) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
    else out += "\\x" + ledger::hex({&c, 1});
  }
  if (text.size() <= kShownBytesMax) return out;
  while (!out.empty() && (out.back() & 0xC0) == 0x80) out.pop_back();
  return out + "…";
}

std::string error_line(const App& app, const ledger::Error& e) {
  std::string line;
  if (!e.file.empty()) line += e.file + ": ";
  if (!e.field.empty()) line += e.field + ": ";
  return std::string(app.program) + ": " + shown(line + explain_code(app, e)) + " [" + e.code + "]";
}

}  // namespace

bool wants_chinese(const std::string& flag) {
  if (!flag.empty()) return flag == "zh";
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* v = std::getenv(name); v != nullptr && *v != '\0') return std::string_view(v).substr(0, 2) == "zh";
  return false;
}

Exit exit_of(std::string_view code) {
  static const std::set<std::string_view> kFailures{
      "not-a-ledger", "ledger-exists", "folder-not-empty", "ledger-locked", "storage", "storage-full", "storage-damaged", "checkpoint-mismatch",
      "checkpoint-beyond", "clock-behind", "vault-damaged", "vault-missing", "note-unverified", "file-write",
      "log-unreachable", "copy-damaged", "folder-busy", "record-too-long", "listen",
      "backup-not-writable", "not-a-backup"};
  static const std::set<std::string_view> kDifferences{"log-foreign", "log-forked", "log-rolled-back", "log-damaged", "checkpoint-unsigned", "quorum-missing"};
  static const std::set<std::string_view> kUsageCodes{"usage", "operator-key-missing", "operator-key-wrong", "as-of-malformed",
                                                      "as-of-beyond", "key-file", "file", "file-too-large", "at-not-allowed"};
  if (kFailures.count(code)) return kFailed;
  if (kDifferences.count(code)) return kDifferent;
  return kUsageCodes.count(code) ? kUsage : kRefused;
}

std::string explain_code(const App& app, const ledger::Error& e) {
  if (!app.zh) return e.message;
  const char* text = chinese_of(e.code);
  return text == nullptr ? e.message : std::string(text) + "(" + e.message + ")";
}

int fail(const App& app, ledger::Error e, const std::string& file) {
  if (e.file.empty()) e.file = file;
  if (app.json) std::cout << error_json(e) << "\n";
  else std::cerr << error_line(app, e) << "\n";
  return exit_of(e.code);
}

namespace {

std::string out_of_memory;   // what is said then: nothing can be put together any more

void end_for_memory() {
  (void)!::write(STDOUT_FILENO + (out_of_memory[0] != '{'), out_of_memory.data(), out_of_memory.size());
  ::_exit(kFailed);
}

}  // namespace

void end_when_memory_ends(const App& app) {
  const ledger::Error e{"storage", "", app.t("内存不足,已停止;重试前请确认上次结果", "there is not enough memory")};
  out_of_memory = (app.json ? error_json(e) : std::string(app.program) + ": " + e.message + " [storage]") + "\n";
  std::set_new_handler(end_for_memory);
}

int flushed(const App& app, int status) {
  std::cout.flush();
  if (std::cout.good()) return status;
  App text = app;
  text.json = false;   // standard output takes no more
  return fail(text, {"file-write", "", "the output could not be written: the disk is full or the pipe is closed"});
}

ledger::OrderedJson to_json(const FileRefusal& r) {
  ledger::OrderedJson j;
  if (!r.file.empty()) j["file"] = r.file;
  if (r.line != 0) j["line"] = r.line;
  if (!r.event.empty()) j["event"] = r.event;
  if (!r.type.empty()) j["type"] = r.type;
  j["code"] = r.error.code;
  if (!r.error.field.empty()) j["field"] = r.error.field;
  j["message"] = r.error.message;
  return j;
}

std::string to_line(const App& app, const FileRefusal& r) {
  std::string line = r.file;
  if (r.line != 0) line += ":" + std::to_string(r.line);
  if (!r.type.empty()) line += ": " + r.type;
  if (!r.error.field.empty()) line += ": " + r.error.field;
  return shown(line + ": " + explain_code(app, r.error)) + " [" + r.error.code + "]";
}

namespace {

constexpr int kWriterWaitMs = 2'000;

// Of a pipe opened without waiting: whether somebody writes to it, or comes to do so soon. Takes a byte that comes just then.
bool await_writer(int fd, std::string& bytes) {
  pollfd p{fd, POLLIN, 0};
  if (::poll(&p, 1, kWriterWaitMs) > 0) return true;
  char first;
  const ssize_t n = ::read(fd, &first, 1);   // none yet, but there is a writer: it would have to wait
  if (n == 1) bytes += first;
  return n != 0;
}

}  // namespace

ledger::Result<std::string> read_file(const std::string& path) {
  struct stat st {};
  // Not waiting for a pipe's other end: one that nobody writes to is empty.
  const int fd = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return ledger::refuse("file", path + " cannot be read: " + std::strerror(errno));
  std::string bytes;
  const bool known = ::fstat(fd, &st) == 0;
  if (known && S_ISDIR(st.st_mode)) {
    ::close(fd);
    return ledger::refuse("file", path + " is a folder, not a file");
  }
  if (known && S_ISFIFO(st.st_mode) && path != "-" && !await_writer(fd, bytes)) {
    ::close(fd);
    return ledger::refuse("file", path + " is a pipe that nobody writes to");
  }
  if (path != "-") ::fcntl(fd, F_SETFL, 0);
  char block[1 << 16];
  for (ssize_t n; (n = ::read(fd, block, sizeof block)) != 0;) {
    if (n < 0) {
      const int why = errno;
      ::close(fd);
      return ledger::refuse("file", path + " cannot be read: " + std::strerror(why));
    }
    bytes.append(block, static_cast<std::size_t>(n));
    if (bytes.size() > kFileBytesMax) break;
  }
  ::close(fd);
  if (bytes.size() > kFileBytesMax) return ledger::refuse("file-too-large", path + " is over 512 MiB, which no input is");
  return bytes;
}

ledger::Status write_file(const std::string& path, std::string_view bytes, int mode, bool sync) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, static_cast<mode_t>(mode));
  auto failed = [&] { return ledger::refuse("file-write", path + " cannot be written: " + std::strerror(errno)); };
  if (fd < 0) return failed();
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t n = ::write(fd, bytes.data() + at, bytes.size() - at);
    if (n < 0) {
      auto e = failed();
      ::close(fd);
      return e;
    }
    at += static_cast<std::size_t>(n);
  }
  const bool synced = !sync || ::fsync(fd) == 0;
  if (::close(fd) != 0 || !synced) return failed();
  return {};
}

ledger::Status replace_file(const std::string& path, std::string_view bytes, int mode) {
  const std::string part = path + ".part", folder = std::filesystem::path(path).parent_path().string();
  if (auto written = write_file(part, bytes, mode, true); !written) return ::unlink(part.c_str()), written;
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool replaced = fd >= 0 && std::rename(part.c_str(), path.c_str()) == 0 && ::fsync(fd) == 0;
  const int why = errno;
  if (fd >= 0) ::close(fd);
  if (!replaced) return ledger::refuse("file-write", path + " cannot be replaced: " + std::strerror(why));
  return {};
}

std::optional<ledger::Id> id_of(std::string word) {
  for (auto& c : word)
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  return ledger::parse_id(word);
}

ledger::Result<std::string> passphrase(const std::string& file) {
  if (!file.empty()) {
    auto text = LEDGER_TRY(read_file(file));
    text.resize(std::min(text.size(), text.find_first_of("\r\n")));
    if (text.empty()) return ledger::refuse("usage", "the first line of " + file + " is empty: it must hold the pass phrase");
    return text;
  }
  const char* v = std::getenv("PUFA_PASSPHRASE");
  return std::string(v == nullptr ? "" : v);
}

ledger::Result<ledger::LoadedKey> load_key(const std::string& path, const std::string& passphrase_file) {
  auto pem = read_file(path);
  if (!pem) return ledger::refuse("key-file", pem.error().message);
  auto pass = LEDGER_TRY(passphrase(passphrase_file));
  if (pass.empty() && pem->find("ENCRYPTED") != std::string::npos && ::isatty(STDIN_FILENO))
    pass = ask(("pass phrase of " + path + ": ").c_str());
  auto key = ledger::parse_private_pem(*pem, pass);
  ledger::cleanse(pass);
  ledger::cleanse(*pem);
  if (!key) return ledger::refuse("key-file", path + ": " + key.error().message);
  return key;
}

}  // namespace tools
