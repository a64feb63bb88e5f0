#include "ledger/text/json.h"

#include <set>
#include <vector>

#include "ledger/text/plain.h"

namespace ledger {
namespace {

constexpr int kDepthMax = 32;   // drafts nest five deep; deeper input is hostile

// Follows the parser to see what the document itself no longer shows.
struct Watch {
  struct Object {
    std::set<std::string> keys;
    std::string key;   // that is being read
  };
  std::vector<Object> open;
  std::string duplicate;   // its path, without numbers of items
  bool too_deep = false;

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    using E = Json::parse_event_t;
    if (depth > kDepthMax) too_deep = true;
    if (event == E::object_start) open.emplace_back();
    if (event == E::object_end) open.pop_back();
    if (event == E::key) take(parsed.get<std::string>());
    return true;
  }

  void take(std::string key) {
    const bool fresh = open.back().keys.insert(key).second;
    open.back().key = std::move(key);
    if (fresh || !duplicate.empty()) return;
    for (auto& object : open) duplicate += (duplicate.empty() ? "" : ".") + object.key;
  }
};

}  // namespace

Result<Json> parse_json(std::string_view s) {
  if (!is_utf8(s)) return refuse("not-utf8", "the text is not UTF-8: save the file as UTF-8");
  Watch watch;
  try {
    Json j = Json::parse(s, std::ref(watch));
    if (watch.too_deep) return refuse("not-json", "the JSON is nested too deep");
    if (!watch.duplicate.empty()) return refuse("duplicate-key", "the key " + watch.duplicate + " stands twice in one object", watch.duplicate);
    return j;
  } catch (const Json::parse_error& e) {
    return refuse("not-json", "not valid JSON near byte " + std::to_string(e.byte));
  } catch (const Json::exception&) {
    return refuse("not-json", "not valid JSON: a number is too large");
  }
}

}  // namespace ledger
