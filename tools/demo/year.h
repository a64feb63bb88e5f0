// One demonstration district's whole year 2025, as drafts grouped into submissions.
//
// Invariants: the same keys give the same steps, byte for byte; steps are in order of time; a draft
// refers only to drafts of earlier steps, or to earlier drafts of its own step.
//
// Two things the drafts cannot know stand in them as names, for which the caller puts the values:
//   "@preliminary" "@final" "@superseding"  the id of the result that the step of that name
//   published
//   "@size" (headSize) and "@root" (headRoot)  a past head of the ledger that is being filled
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/text/date.h"
#include "ledger/text/json.h"

namespace demo {

// What is known of the key of a name (the file's stem).
struct DemoKeys {
  using Lookup = std::function<std::string(const std::string& name)>;
  Lookup key_id;      // hex
  Lookup public_key;  // base64
  Lookup possession;  // base64
};

// `index` is an IndexCommitted; it comes just before each published result. The caller makes both.
enum class StepKind { drafts, index, publish_preliminary, publish_final, publish_superseding };

struct Step {
  StepKind kind = StepKind::drafts;
  std::string name;  // of the published result: preliminary, final or superseding; else empty
  std::string key;   // name of the signing key
  ledger::Instant at;
  std::vector<ledger::Json> drafts;
};

// Names of all the keys that the year needs, in the order of their first use.
std::vector<std::string> demo_key_names();

// `scheme_toml` is the text of the scheme of 2025.
std::vector<Step> demo_year(const DemoKeys&, const std::string& scheme_toml);

}  // namespace demo
