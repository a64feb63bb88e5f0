#include "projections/assessment/scheme.h"

#include <algorithm>
#include <mutex>

#include "ledger/schema/catalogue.h"
#include "ledger/text/plain.h"
#include "projections/assessment/part_reader.h"

namespace projections::assessment {
namespace {

constexpr const char* kHonours[] = {"modelUnit", "themeActivity", "democraticVillage",
                                    "advancedUnit"};
constexpr const char* kLevels[] = {"district", "city", "province", "national"};

// Reads a scheme over another that gives what the text leaves out.
class SchemeReader {
 public:
  SchemeReader(TomlReader& in, const toml::table& t, Scheme& out) : in_(in), t_(t), s_(out) {}

  void read() {
    in_.only(t_, "",
             {"year", "name", "periodStart", "periodEnd", "cutoff", "verificationCutoff",
              "rankedIfFromBy", "backdateGraceDays", "procedureGraceDays", "mustVerify",
              "indicator", "bonus", "penalty", "veto", "final"});
    head();
    indicators();
    bonus();
    penalty();
    veto();
    final();
    if (in_.good()) check_whole();
  }

 private:
  void number(const toml::table& t, const std::string& path, const char* key, std::int32_t& out) {
    std::int64_t v = out;
    in_.number(t, path, key, v);
    out = static_cast<std::int32_t>(v);
  }

  void head() {
    for (auto key : {"year", "name", "periodStart", "periodEnd", "cutoff"}) in_.need(t_, "", key);
    in_.text(t_, "", "name", s_.name);
    in_.date(t_, "", "periodStart", s_.period_start);
    in_.date(t_, "", "periodEnd", s_.period_end);
    in_.instant(t_, "", "cutoff", s_.cutoff);
    s_.verification_cutoff = s_.cutoff;
    in_.instant(t_, "", "verificationCutoff", s_.verification_cutoff);
    in_.date(t_, "", "rankedIfFromBy", s_.ranked_if_from_by);
    number(t_, "", "backdateGraceDays", s_.backdate_grace_days);
    number(t_, "", "procedureGraceDays", s_.procedure_grace_days);
    must_verify();
  }

  void must_verify() {
    if (!t_.contains("mustVerify")) return;
    Words names;
    in_.texts(t_, "", "mustVerify", names);
    s_.must_verify.clear();
    for (auto& n : names) {
      const ledger::Type* type = ledger::find_type(n);
      if (type == nullptr)
        return in_.fail(*t_.get("mustVerify"), "mustVerify", "no such event type: " + n);
      s_.must_verify.push_back(type->ordinal);
    }
  }

  void indicators() {
    if (!t_.contains("indicator")) return;
    const std::vector<Indicator> defaults = std::move(s_.indicators);
    s_.indicators.clear();
    std::size_t i = 0;
    for (auto* t : in_.tables(t_, "", "indicator"))
      s_.indicators.push_back(indicator(*t, "indicator[" + std::to_string(i++) + "]", defaults));
  }

  Indicator indicator(const toml::table& t, const std::string& path,
                      const std::vector<Indicator>& defaults) {
    in_.only(t, path, {"id", "block", "name", "clause", "weight", "parts"});
    in_.need(t, path, "id");
    std::string id;
    in_.text(t, path, "id", id);
    auto known =
        std::find_if(defaults.begin(), defaults.end(), [&](auto& d) { return d.id == id; });
    Indicator out =
        known == defaults.end() ? Indicator{id, id.substr(0, 1), "", "", 0, {}} : *known;
    if (!ledger::is_code(id, 10))
      in_.fail(t, path + ".id", "1 to 10 letters, digits, dots or dashes are needed");
    if (s_.find(id) != nullptr)
      in_.fail(t, path + ".id", "the indicator " + id + " is there already");
    in_.text(t, path, "block", out.block);
    in_.text(t, path, "name", out.name);
    in_.text(t, path, "clause", out.clause);
    in_.number(t, path, "weight", out.weight);
    parts(t, path, out);
    if (known == defaults.end()) in_.need(t, path, "weight"), in_.need(t, path, "parts");
    return out;
  }

  void parts(const toml::table& t, const std::string& path, Indicator& out) {
    if (!t.contains("parts")) return;
    out.parts.clear();
    std::size_t i = 0;
    for (auto* p : in_.tables(t, path, "parts"))
      out.parts.push_back(read_part(in_, *p, path + ".parts[" + std::to_string(i++) + "]"));
    if (out.parts.empty()) in_.fail(t, path + ".parts", "at least one part is needed");
  }

  void bonus() {
    const toml::table& t = in_.table(t_, "", "bonus");
    in_.only(t, "bonus", {"cap", kHonours[0], kHonours[1], kHonours[2], kHonours[3]});
    in_.number(t, "bonus", "cap", s_.bonus.cap);
    for (std::size_t h = 0; h < 4; ++h) {
      const std::string path = std::string("bonus.") + kHonours[h];
      const toml::table& levels = in_.table(t, "bonus", kHonours[h]);
      in_.only(levels, path, {kLevels[0], kLevels[1], kLevels[2], kLevels[3]});
      for (std::size_t l = 0; l < 4; ++l)
        in_.number(levels, path, kLevels[l], s_.bonus.points[h][l]);
    }
  }

  void findings(const toml::table& t, const std::string& path, const char* key, Words& out) {
    in_.texts(t, path, key, out);
    const auto& type = ledger::type_of(EventType::RecordVerified);
    const auto& choices = ledger::find_field(type.fields, "finding")->choices;
    for (auto& w : out)
      if (std::none_of(choices.begin(), choices.end(), [&](auto& c) { return c.name == w; }))
        in_.fail(t, path + "." + key, "no such finding: " + w);
  }

  void penalty() {
    const toml::table& t = in_.table(t_, "", "penalty");
    in_.only(t, "penalty",
             {"criticism", "falseRecord", "falseFindings", "overdueRect", "overdueRectDays"});
    in_.number(t, "penalty", "criticism", s_.penalty.criticism);
    in_.number(t, "penalty", "falseRecord", s_.penalty.false_record);
    findings(t, "penalty", "falseFindings", s_.penalty.false_findings);
    in_.number(t, "penalty", "overdueRect", s_.penalty.overdue_rect);
    number(t, "penalty", "overdueRectDays", s_.penalty.overdue_rect_days);
  }

  void veto() {
    const toml::table& t = in_.table(t_, "", "veto");
    in_.only(t, "veto", {"v1Findings", "v3Rejections", "v3OverdueDays"});
    findings(t, "veto", "v1Findings", s_.veto.v1_findings);
    in_.number(t, "veto", "v3Rejections", s_.veto.v3_rejections);
    number(t, "veto", "v3OverdueDays", s_.veto.v3_overdue_days);
  }

  void final() {
    const toml::table& t = in_.table(t_, "", "final");
    in_.only(t, "final",
             {"min", "max", "excellent", "good", "qualified", "excellentSharePercent", "tie"});
    auto& f = s_.final;
    in_.number(t, "final", "min", f.min);
    in_.number(t, "final", "max", f.max);
    in_.number(t, "final", "excellent", f.excellent);
    in_.number(t, "final", "good", f.good);
    in_.number(t, "final", "qualified", f.qualified);
    in_.number(t, "final", "excellentSharePercent", f.excellent_share_percent);
    if (t.contains("tie")) tie(t);
  }

  void tie(const toml::table& t) {
    Words words;
    in_.texts(t, "final", "tie", words);
    s_.final.tie.clear();
    for (auto& w : words) {
      const auto space = w.find(' ');
      const std::string direction = space == w.npos ? "" : w.substr(space + 1);
      if (direction != "asc" && direction != "desc")
        return in_.fail(*t.get("tie"), "final.tie", "\"" + w + "\" is not like \"A5 desc\"");
      s_.final.tie.push_back({w.substr(0, space), direction == "desc"});
      if (!is_tie_key(s_.final.tie.back().key))
        in_.fail(*t.get("tie"), "final.tie", "no such indicator or block: " + w.substr(0, space));
    }
  }

  bool is_tie_key(const std::string& key) const {
    const auto blocks = s_.blocks();
    return key == "base" || key == "overdueDays" || s_.find(key) != nullptr ||
           std::find(blocks.begin(), blocks.end(), key) != blocks.end();
  }

  void check_whole() {
    std::int64_t sum = 0;
    for (auto& i : s_.indicators) sum += i.weight;
    if (sum == 0) in_.fail(t_, "indicator", "the weights sum to 0");
    if (s_.period_end < s_.period_start)
      in_.fail(*t_.get("periodEnd"), "periodEnd", "it is before periodStart");
    if (s_.verification_cutoff < s_.cutoff)
      in_.fail(*t_.get("verificationCutoff"), "verificationCutoff", "it is before cutoff");
    if (s_.final.max < s_.final.min) in_.fail(t_, "final.max", "it is below final.min");
  }

  TomlReader& in_;
  const toml::table& t_;
  Scheme& s_;
};

// The year alone, which decides the defaults; 0 and a fault when it is not good.
int read_year(TomlReader& in, const toml::table& t) {
  std::int64_t year = 0;
  in.need(t, "", "year");
  in.number(t, "", "year", year);
  if (in.good() && (year < 1949 || year > 2199))
    in.fail(*t.get("year"), "year", "a year from 1949 to 2199 is needed");
  return in.good() ? static_cast<int>(year) : 0;
}

Result<Scheme> parse_over(std::string_view text, const Scheme* defaults) {
  try {
    const toml::table t = toml::parse(text);
    TomlReader in;
    const int year = read_year(in, t);
    if (!in.good()) return tl::unexpected(*in.fault());
    Scheme out = defaults ? *defaults : default_scheme(year);
    out.year = year;
    SchemeReader(in, t, out).read();
    if (!in.good()) return tl::unexpected(*in.fault());
    return out;
  } catch (const toml::parse_error& e) {
    return ledger::refuse("scheme-invalid",
                          "Line " + std::to_string(e.source().begin.line) +
                              ": the text is not TOML: " + std::string(e.description()) + ".");
  }
}

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

}  // namespace

const Indicator* Scheme::find(std::string_view id) const {
  for (auto& i : indicators)
    if (i.id == id) return &i;
  return nullptr;
}

std::vector<std::string> Scheme::blocks() const {
  std::vector<std::string> out;
  for (auto& i : indicators)
    if (std::find(out.begin(), out.end(), i.block) == out.end()) out.push_back(i.block);
  return out;
}

bool Scheme::must_be_verified(EventType t) const {
  return std::find(must_verify.begin(), must_verify.end(), t) != must_verify.end();
}

Result<Scheme> parse_scheme(std::string_view toml) { return parse_over(toml, nullptr); }

std::string default_scheme_text(int year) {
  std::string text(kDefaultScheme);
  replace_all(text, "{Y}", std::to_string(year));
  replace_all(text, "{Y-1}", std::to_string(year - 1));
  return text;
}

const Scheme& default_scheme(int year) {
  static std::mutex mutex;
  static std::map<int, Scheme> by_year;
  std::lock_guard lock(mutex);
  auto it = by_year.find(year);
  if (it == by_year.end()) {
    static const Scheme kBlank;
    it = by_year.emplace(year, parse_over(default_scheme_text(year), &kBlank).value()).first;
  }
  return it->second;
}

}  // namespace projections::assessment
