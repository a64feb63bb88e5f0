// The files of a small ledger, to be damaged one place at a time.
#pragma once

#include "tests/command/site.h"

namespace damage {

// Something on every shelf but, with fewer than 256 records, on that of tiles: sealed values, an attachment.
void fill(command::Site&, int trainings);

// Moves all that lies in the write-ahead log into tables, one a shelf.
void move_to_tables(const std::string& dir);
// The same of one shelf, into a table of its own at level 1, behind those that are there.
void move_to_level_one(const std::string& dir, ledger::Shelf);
// The tables of that shelf, by their first keys; the first of them.
std::vector<std::string> tables_of(const std::string& dir, ledger::Shelf);
std::string table_of(const std::string& dir, ledger::Shelf);
std::vector<std::string> files_of(const std::string& folder);

// What became of a damage.
enum class Verdict {
  refused,     // the ledger does not open, and says so
  found,       // verification has findings
  harmless,    // every byte of content is there, but perhaps the newest checkpoint, which is made again at the next opening
};
// Opens and verifies the ledger against its newest checkpoint, as somebody kept it. Fails the test if the content differs
// silently, or if it takes over a minute. `said`: what was refused or found.
struct Judged {
  Verdict verdict;
  std::string said;
};
Judged judge(const std::string& dir, const command::Contents& expected, const std::string& checkpoint);

// Every shelf's keys and values.
std::optional<command::Contents> contents_of(const ledger::Store&);

}  // namespace damage
