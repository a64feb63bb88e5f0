// Bulletins and use of results (events.md 2.11, 3.5).
#include "tests/refusals/assessment.h"

namespace refusals {
namespace bulletin_family {
namespace {

constexpr char kDay[] = "2025-01-03", kConfirmed[] = "2025-12-22";

Json with_spare(Json d, std::string spare) {
  d["spare"] = std::move(spare);
  return d;
}
Spoil no_ref(const char* ref) {
  return [=](World&, Json& d) { d["refs"].erase(ref); };
}

// ---- the course of a bulletin

// At the head that the ledger has then.
Json text(World& w, const char* kind = "duty") {
  return draft("BulletinDrafted", kDay,
               {{"kind", kind}, {"title", "一季度普法通报"}, {"addressees", {"各责任单位"}}, {"units", Json::array({world::kCourt})},
                {"headSize", w.log->size()}, {"headRoot", ledger::hex(w.log->root().view())}, {"bodySha256", std::string(64, 'b')}});
}
std::string drafted(World& w) { return admit(w, "office", text(w)); }
Json review(const std::string& draft_id, const char* step = "review", const char* person = "p-aaaa0001") {
  return draft("BulletinReviewed", kDay, {{"step", step}, {"outcome", "approved"}, {"person", person}}, {{"draft", draft_id}});
}
Json sign_off(const std::string& draft_id) { return review(draft_id, "signOff", "p-bbbb0002"); }
std::string reviewed(World& w) {
  const auto id = drafted(w);
  admit(w, "office", review(id));
  return id;
}
std::string returned(World& w) {
  const auto id = drafted(w);
  Json d = review(id);
  d["data"]["outcome"] = "returned";
  admit(w, "office", d);
  return id;
}
std::string signed_off(World& w) {
  const auto id = reviewed(w);
  admit(w, "reviewer", sign_off(id));
  return id;
}
Json issue(const std::string& draft_id, const char* number = "蔡普通〔2025〕1号") {
  return draft("BulletinIssued", kDay, {{"docNo", number}}, {{"draft", draft_id}});
}
std::string issued(World& w, const char* number = "蔡普通〔2025〕1号") { return admit(w, "office", issue(signed_off(w), number)); }
Json amendment(const std::string& bulletin, const char* change = "corrected") {
  return draft("BulletinAmended", kDay, {{"change", change}, {"text", "数字有误"}}, {{"bulletin", bulletin}});
}
std::string withdrawn(World& w) {
  const auto id = issued(w);
  admit(w, "office", amendment(id, "withdrawn"));
  return id;
}
// The series has its first number.
Json second_issue(World& w) {
  issued(w);
  return issue(signed_off(w), "蔡普通〔2025〕2号");
}

// ---- results; the preliminary one is to spare

Json result_text(World& w, const char* kind) {
  const Results r = confirm_results(w);
  Json d = text(w, kind);
  d["refs"] = {{"result", r.confirmed}};
  return with_spare(d, r.preliminary);
}
Json exported(World& w) {
  const Results r = confirm_results(w);
  Json d = draft("ResultExported", kConfirmed, {{"system", "performance"}, {"rows", {{{"unit", world::kCourt}, {"points", 100}}}}, {"recipient", "区委组织部"}},
                 {{"result", r.confirmed}});
  return with_spare(d, r.preliminary);
}
Json plain_export(World& w) {
  Json d = exported(w);
  d.erase("spare");
  return d;
}

const Register kScenarios(std::vector<Scenario>{
    {"BulletinDrafted", "office", [](World& w) { return text(w); }},
    {"BulletinReviewed", "office", [](World& w) { return review(drafted(w)); }},
    {"BulletinIssued", "office", [](World& w) { return issue(signed_off(w)); }},
    {"BulletinAmended", "office", [](World& w) { return amendment(issued(w)); }},
    {"ResultExported", "office", plain_export},
});

const Register kDrafts(std::vector<Case>{
    {"BulletinDrafted", "result-not-confirmed", "office", [](World& w) { return result_text(w, "assessmentResult"); }, use_spare("result")},
    {"BulletinDrafted", "result-not-confirmed", "office", [](World& w) { return result_text(w, "commendation"); }, no_ref("result")},
    {"BulletinDrafted", "units-missing", "office", [](World& w) { return text(w, "criticism"); }, set("units", Json::array())},
    {"BulletinDrafted", "head-unknown", "office", [](World& w) { return text(w); }, set("headRoot", std::string(64, 'a'))},
    {"BulletinDrafted", "head-unknown", "office", [](World& w) { return text(w); }, set("headSize", 1'000'000)},
});

const Register kSteps(std::vector<Case>{
    {"BulletinReviewed", "bulletin-state", "office", [](World& w) { return review(drafted(w)); }, set("step", "signOff")},
    {"BulletinReviewed", "bulletin-state", "office",
     [](World& w) {
       const auto done = returned(w);
       return with_spare(review(drafted(w)), done);
     },
     use_spare("draft")},
    {"BulletinReviewed", "same-person", "reviewer", [](World& w) { return sign_off(reviewed(w)); }, set("person", "p-aaaa0001")},

    {"BulletinIssued", "bulletin-state", "office",
     [](World& w) {
       const auto unsigned_ = reviewed(w);
       return with_spare(issue(signed_off(w)), unsigned_);
     },
     use_spare("draft")},
    {"BulletinIssued", "number-not-next", "office", [](World& w) { return issue(signed_off(w)); }, set("docNo", "蔡普通〔2025〕2号")},
    {"BulletinIssued", "number-not-next", "office", second_issue, set("continues", 1)},
    {"BulletinIssued", "number-not-next", "office",
     [](World& w) {
       withdrawn(w);
       return issue(signed_off(w), "蔡普通〔2025〕2号");
     },
     set("docNo", "蔡普通〔2025〕1号")},
    {"BulletinIssued", "number-year", "office", [](World& w) { return issue(signed_off(w)); }, set("docNo", "蔡普通〔2024〕1号")},

    {"BulletinAmended", "bulletin-state", "office",
     [](World& w) {
       const auto gone = withdrawn(w);
       return with_spare(amendment(issued(w, "蔡普通〔2025〕2号")), gone);
     },
     use_spare("bulletin")},
    {"ResultExported", "result-not-confirmed", "office", exported, use_spare("result")},
});

}  // namespace
}  // namespace bulletin_family
}  // namespace refusals
