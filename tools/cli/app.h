// What every command shares: language, output form, exit status, and how failures are said.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/admission.h"
#include "ledger/crypto/suite.h"
#include "ledger/log/ledger.h"
#include "ledger/text/json.h"

namespace tools {

enum Exit { kGood = 0, kDifferent = 1, kUsage = 2, kRefused = 3, kFailed = 4 };

struct App {
  bool zh = false;
  bool json = false;
  bool color = false;
  bool progress = false;                  // standard error is a terminal
  const char* program = "pufa";

  const char* t(const char* chinese, const char* english) const { return zh ? chinese : english; }
  std::string t(const std::string& chinese, const std::string& english) const { return zh ? chinese : english; }
};

// Language of the flag, else of LC_ALL, LC_MESSAGES, LANG.
bool wants_chinese(const std::string& flag);

// Exit status of a failure's code.
Exit exit_of(std::string_view code);

// Returns the exit status. `where`: the file or folder, if the error names none. One line on standard error: `pufa: where: field: what [code]`; with --json {"error":{…}} on standard output.
int fail(const App&, ledger::Error, const std::string& where = {});

// From now on a program that gets no more memory says so and ends, with nothing half done, as if it had been killed.
void end_when_memory_ends(const App&);

// The status of a program at its end: what was printed must have arrived, a full disk or a closed pipe is no success.
int flushed(const App&, int status);

// A refusal with its file and line.
struct FileRefusal {
  std::string file;
  std::size_t line = 0;                   // 0: the file as a whole
  std::string event, type;
  ledger::Error error;
};
ledger::OrderedJson to_json(const FileRefusal&);
std::string to_line(const App&, const FileRefusal&);

inline constexpr std::size_t kFileBytesMax = 512u << 20;   // of any input: 100,000 drafts take some 60 MB

// A whole file; a folder, a missing or unreadable one, a pipe that nobody comes to write to: `file` with the reason; a
// larger one: `file-too-large`.
ledger::Result<std::string> read_file(const std::string& path);
ledger::Status write_file(const std::string& path, std::string_view bytes, int mode = 0644, bool sync = false);
// The same whole or not at all, and durable: it takes the place of what is there once it is synced.
ledger::Status replace_file(const std::string& path, std::string_view bytes, int mode);

// The id that a word of the command line names, in either case.
std::optional<ledger::Id> id_of(std::string word);

// Pass phrase of a file's first line, of PUFA_PASSPHRASE, or empty.
ledger::Result<std::string> passphrase(const std::string& file);
// A key file; an encrypted one on a terminal asks for its pass phrase.
ledger::Result<ledger::LoadedKey> load_key(const std::string& path, const std::string& passphrase_file);

// The explanation of a refusal code in Chinese, or the English message where there is none.
std::string explain_code(const App&, const ledger::Error&);

}  // namespace tools
