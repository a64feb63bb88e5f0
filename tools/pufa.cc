// The pufa command: words in, one function called. Each subcommand lives in tools/commands.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <system_error>

#include "tools/words/chinese.h"
#include "tools/words/manner.h"
#include "tools/words/words.h"

namespace {

using tools::Words;

// A value that was given but is empty is a slip (an unset variable of a script), never "none".
void refuse_empty_words(const CLI::App& app) {
  for (auto* option : app.get_options())
    for (auto& word : option->results())
      if (word.empty()) throw CLI::ValidationError(option->get_name(), "is empty");
  for (auto* sub : app.get_subcommands()) refuse_empty_words(*sub);
}

const auto kAll = [](const CLI::App*) { return true; };

// The first word that stands where a command must and names none; empty: there is no such word.
std::string unknown_command(const CLI::App& top, const std::vector<std::string>& words) {
  const CLI::App* at = &top;
  for (auto& word : words) {
    const auto subs = at->get_subcommands(kAll);
    if (subs.empty() || word.empty() || word[0] == '-') return {};
    const auto found = std::find_if(subs.begin(), subs.end(), [&](auto* s) { return s->check_name(word); });
    if (found == subs.end()) return word;
    at = *found;
  }
  return {};
}

// An option without its value is told by the library in words of its own.
std::string in_plain_words(const CLI::ParseError& e) {
  const std::string what = e.what();
  const auto colon = what.find(": 1 required ");
  return colon == what.npos ? what : what.substr(0, colon) + ": its value is missing";
}

int refuse_words(const CLI::App& top, const CLI::ParseError& e, Words& w, const std::vector<std::string>& words) {
  tools::take_manner(w.app, w.lang, words);
  const auto unknown = unknown_command(top, words);
  const auto what = unknown.empty() ? in_plain_words(e) : "there is no command " + unknown;
  return tools::fail(w.app, {"usage", "", what + "; see pufa --help"});
}

// What --help and --version print.
int print_words(CLI::App& top, const CLI::ParseError& e, Words& w, const std::vector<std::string>& words) {
  tools::take_manner(w.app, w.lang, words);
  if (w.app.zh) tools::speak_chinese(top);
  if (w.app.json && e.get_name() == "CallForVersion") std::cout << ledger::OrderedJson{{"program", "pufa"}, {"version", PUFA_VERSION}}.dump() << "\n";
  else top.exit(e, std::cout, std::cerr);
  return tools::flushed(w.app, tools::kGood);
}

void add_commands(CLI::App& top, Words& w) {
  for (auto* add : {tools::add_ledger, tools::add_backup, tools::add_assess, tools::add_evidence, tools::add_trial, tools::add_views,
                    tools::add_witness})
    add(top, w);
}

int run(Words& w) {
  w.app.zh = tools::wants_chinese(w.lang);
  w.app.color = ::isatty(STDOUT_FILENO) != 0;
  w.app.progress = ::isatty(STDERR_FILENO) != 0;
  tools::end_when_memory_ends(w.app);
  try {
    return tools::flushed(w.app, w.run(w.app));
  } catch (const std::system_error& e) {
    return tools::fail(w.app, {"storage", "", "the system refused: " + e.code().message()});
  } catch (const std::exception&) {
    return tools::fail(w.app, {"storage-damaged", "", "something stored or handed in cannot be read as what it should be: run pufa verify"});
  }
}

}  // namespace

int main(int argc, char** argv) {
  Words w;
  CLI::App top{"Pufa Ledger (普法账本): the audit ledger of a district's law-publicity duty system"};
  top.require_subcommand(1);
  top.set_version_flag("--version", "pufa " PUFA_VERSION);
  add_commands(top, w);
  try {
    top.parse(argc, argv);
    refuse_empty_words(top);
  } catch (const CLI::ParseError& e) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    return e.get_exit_code() == 0 ? print_words(top, e, w, words) : refuse_words(top, e, w, words);
  }
  return run(w);
}
