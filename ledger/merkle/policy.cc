#include "ledger/merkle/policy.h"

#include <algorithm>
#include <charconv>

#include "ledger/text/encoding.h"

namespace ledger {
namespace {

class Parser {
 public:
  Result<Policy> parse(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) return refuse("policy-malformed", "the policy begins with a byte order mark: save it as UTF-8 without one");
    while (!text.empty()) {
      const auto line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      ++number_;
      if (std::any_of(line.begin(), line.end(), is_control)) return bad("holds a control character: lines end with a newline alone, and words are set apart by spaces and tabs");
      if (const auto words = words_of(line); !words.empty()) LEDGER_CHECK(take(words));
    }
    if (!quorum_seen_) return bad("a policy needs exactly one quorum line");
    if (policy_.logs.empty()) return bad("a policy needs a log line");
    return std::move(policy_);
  }

 private:
  static bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }

  // Up to a comment.
  static std::vector<std::string> words_of(std::string_view line) {
    constexpr std::string_view kBetween = " \t";
    std::vector<std::string> out;
    for (auto at = line.find_first_not_of(kBetween); at != line.npos && line[at] != '#'; at = line.find_first_not_of(kBetween, at)) {
      const auto end = std::min(line.find_first_of(kBetween, at), line.size());
      out.emplace_back(line.substr(at, end - at));
      at = end;
    }
    return out;
  }

  tl::unexpected<Error> bad(const std::string& what) const {
    return refuse("policy-malformed", "line " + std::to_string(std::max<std::size_t>(number_, 1)) + " of the policy: " + what);
  }
  bool known(const std::string& name) const { return policy_.witnesses.count(name) != 0 || policy_.groups.count(name) != 0; }

  Status take(const std::vector<std::string>& w) {
    if (w[0] == "log" && (w.size() == 2 || w.size() == 3)) return log(w[1]);
    if (w[0] == "witness" && (w.size() == 3 || w.size() == 4)) return witness(w);
    if (w[0] == "group" && w.size() >= 4) return group(w);
    if (w[0] == "quorum" && w.size() == 2) return quorum(w[1]);
    return bad("is none of log, witness, group, quorum in their form");
  }

  Status log(const std::string& vkey) {
    auto v = NoteVerifier::parse(vkey);
    if (!v) return bad(v.error().message);
    if (!log_keys_.insert(v->public_key()).second) return bad("the public key of this log stands above already");
    policy_.logs.push_back(std::move(*v));
    return {};
  }

  Status witness(const std::vector<std::string>& w) {
    const auto& name = w[1];
    if (known(name) || name == "none") return bad("the name " + name + " is taken");
    auto v = NoteVerifier::parse_cosigner(w[2]);
    if (!v) return bad(v.error().message);
    if (!witness_keys_.insert(v->public_key()).second) return bad("the public key of this witness stands above already, under another name: it would count twice");
    policy_.witnesses.emplace(name, std::move(*v));
    if (w.size() == 4) policy_.urls.emplace(name, w[3]);
    return {};
  }

  Status group(const std::vector<std::string>& w) {
    if (known(w[1]) || w[1] == "none") return bad("the name " + w[1] + " is taken");
    Policy::Group g{0, {w.begin() + 3, w.end()}};
    for (auto& m : g.members)
      if (!known(m)) return bad("the member " + m + " is not defined above");
    for (auto& m : g.members)
      if (!members_.insert(m).second) return bad(m + " is a member already, of this group or one above: it would count twice");
    if (w[2] == "any") g.threshold = 1;
    else if (w[2] == "all") g.threshold = g.members.size();
    else {
      auto [end, ec] = std::from_chars(w[2].data(), w[2].data() + w[2].size(), g.threshold);
      if (ec != std::errc() || end != w[2].data() + w[2].size() || g.threshold == 0 || g.threshold > g.members.size())
        return bad("a threshold is any, all, or 1 to the number of members");
    }
    policy_.groups.emplace(w[1], std::move(g));
    return {};
  }

  Status quorum(const std::string& name) {
    if (quorum_seen_) return bad("a second quorum");
    quorum_seen_ = true;
    if (name == "none") return {};
    if (!known(name)) return bad("the quorum " + name + " is not defined above");
    policy_.quorum = name;
    return {};
  }

  Policy policy_;
  std::set<Bytes> log_keys_, witness_keys_;
  std::set<std::string> members_;
  std::size_t number_ = 0;
  bool quorum_seen_ = false;
};

}  // namespace

namespace {

bool satisfied(const Policy& policy, const std::string& name, const std::vector<std::pair<std::string, std::uint64_t>>& have) {
  const auto group = policy.groups.find(name);
  if (group == policy.groups.end())
    return std::any_of(have.begin(), have.end(), [&](auto& w) { return w.first == name; });
  std::size_t n = 0;
  for (auto& member : group->second.members) n += satisfied(policy, member, have);
  return n >= group->second.threshold;
}

}  // namespace

Result<Trusted> check_note(const Policy& policy, std::string_view text) {
  const Note note = LEDGER_TRY(parse_note(text));
  Trusted out{LEDGER_TRY(parse_checkpoint(note.text)), {}, {}, policy.quorum.empty()};
  if (note.text != out.checkpoint.text()) return refuse("checkpoint-malformed", "a checkpoint has three lines: origin, size and root");
  LEDGER_CHECK(verify_note(note, policy.logs));
  out.log = out.checkpoint.origin;
  std::vector<NoteVerifier> own;
  for (auto& v : policy.logs)
    if (v.name() == out.log) own.push_back(v);
  LEDGER_CHECK(verify_note(note, own));
  for (auto& [name, witness] : policy.witnesses)
    if (auto cosignature = LEDGER_TRY(cosignature_of(note, witness))) out.witnesses.emplace_back(name, cosignature->time);
  out.quorum = out.quorum || satisfied(policy, policy.quorum, out.witnesses);
  return out;
}

Result<Policy> parse_policy(std::string_view text) { return Parser().parse(text); }

}  // namespace ledger
