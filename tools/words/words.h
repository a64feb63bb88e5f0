// The words of the command line: what each subcommand takes, and the function that it calls. One file a
// group of commands; nothing is done here but reading words.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "tools/cli/app.h"

namespace tools {

struct Words {
  App app;
  std::string lang;
  std::function<int(const App&)> run;
};

struct InitOptions;

void add_backup(CLI::App&, Words&);
void add_ledger(CLI::App&, Words&);
void add_assess(CLI::App&, Words&);
void add_evidence(CLI::App&, Words&);
void add_trial(CLI::App&, Words&);
void add_views(CLI::App&, Words&);
void add_witness(CLI::App&, Words&);

// Adds a subcommand with the flags that all have.
CLI::App* command(CLI::App& parent, Words&, const char* name, const char* about, const char* example);

// What a new ledger's genesis says.
void add_founding(CLI::App*, InitOptions*);

CLI::Range years();

}  // namespace tools
