// The table of refusals: for every event type and each of its codes, a draft that is refused with it,
// beside an accepted twin, and the finding that verification makes of it when it was put past admission.
//
// A Scenario brings a fresh world to where one draft of the type is admitted. From it alone follow the
// cases of the common codes (generic.cc): each alters one thing of the accepted draft. A type's own
// codes each need a Case: what is different before, or in the draft.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/support/world.h"

namespace refusals {

using ledger::Json;
using world::World;

// Turns an accepted twin into the refused draft, or into a list of drafts of which the last is refused.
using Spoil = std::function<void(World&, Json&)>;

struct Scenario {
  std::string type;
  std::string key;                            // who signs the draft
  std::function<Json(World&)> given;          // prepares the world, returns the accepted draft
};

struct Case {
  std::string type, code;
  std::string key;
  // Prepares the world, returns the accepted twin. A member "spare" of it is for `spoil` alone.
  std::function<Json(World&)> given;
  Spoil spoil;
  std::string other_key;                      // who signs the refused draft instead; empty: nobody else
  const std::string& refused_key() const { return other_key.empty() ? key : other_key; }
};

const std::vector<Scenario>& scenarios();
const std::vector<Case>& own_cases();

// Registration by the families' files.
struct Register {
  explicit Register(std::vector<Scenario>);
  explicit Register(std::vector<Case>);
};

// Cases of the common codes that follow from an accepted draft.
std::vector<Case> generic_cases(const Scenario&);
// Those of references that a type need not have: the twin is the scenario's draft with the reference.
std::vector<Case> reference_cases();

// The drafts' events; a genesis, which no importer reads, is one too. nullopt: a draft's own shape is at
// fault, with the codes in `faults`.
std::optional<std::vector<ledger::Submittable>> events_of(World&, const Json& drafts, std::vector<ledger::Error>& faults);

// Appends a draft's event to the store past admission, with tree, index and checkpoint redone; returns
// its position.
std::uint64_t write_past_admission(World&, const std::string& key, const Json& draft);
std::uint64_t write_past_admission(World&, ledger::Submission of_one_event);
// Signs a checkpoint over the records as they are stored.
void redo_checkpoint(World&);

// ---- verbs of the families' files

// Submits and requires acceptance; returns the ids of the events.
std::vector<std::string> admit(World&, const std::string& key, const std::vector<Json>& drafts);
std::string admit(World&, const std::string& key, const Json& draft);
Json draft(const char* type, const char* on, Json data, Json refs = nullptr, const char* unit = nullptr);
Json scheme_draft(int year, Json refs = nullptr);   // the default scheme, published on 2025-01-03
void set_now(World&, const char* instant);
void publish_calendars(World&);               // 2024, 2025 and 2026, by the office


// Ways to spoil a draft: another value of a field, none, or the twin's spare as a reference.
Spoil set(const char* field, Json value);
Spoil drop(const char* field);
Spoil use_spare(const char* ref);

}  // namespace refusals
