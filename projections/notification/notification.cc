#include "projections/notification/notification.h"

#include <algorithm>
#include <map>

#include "ledger/schema/catalogue.h"
#include "ledger/text/encoding.h"

namespace projections {
namespace {

using assessment::Row;
using ledger::Date;

std::string points(std::int64_t v) {
  const std::string cents = std::to_string(v % 100);
  return std::to_string(v / 100) + "." + (cents.size() == 1 ? "0" : "") + cents;
}

std::string chinese_date(Date d) {
  const auto v = ledger::split(d);
  return std::to_string(v.year) + "年" + std::to_string(v.month) + "月" + std::to_string(v.day) + "日";
}

std::string label(const char* type, const char* field, std::size_t ordinal) {
  return ledger::find_field(ledger::find_type(type)->fields, field)->choices.at(ordinal).zh;
}

std::string grade_zh(assessment::Grade g) {
  static const auto& rows = ledger::find_field(ledger::find_type("ResultPublished")->fields, "rows")->members;
  return ledger::find_field(rows, "grade")->choices.at(static_cast<std::size_t>(g)).zh;
}

std::string join(const std::vector<std::string>& parts, const char* by) {
  std::string out;
  for (auto& p : parts) out += (out.empty() ? "" : by) + p;
  return out;
}

class Writer {
 public:
  explicit Writer(const NoticeContext& c) : c_(c), year_(std::to_string(c.ranking.year)) {}

  Notification write() {
    Notification n;
    n.year = c_.ranking.year;
    n.demonstration = c_.demonstration;
    n.provisional = c_.ranking.provisional;
    n.authority = c_.district_name + "普法工作领导小组办公室";
    n.doc_no = document_number();
    n.title = n.authority + "关于" + year_ + "年度国家机关“谁执法谁普法”普法责任制考核结果的通报";
    n.addressees = "各街道办事处、乡人民政府,区直各单位:";
    n.date = chinese_date(c_.head_day);
    n.sections = {opening(), overall(), practice(), complaints(), problems(), requirements()};
    n.annexes = {result_table(), rectification_table()};
    n.basis = basis();
    return n;
  }

 private:
  bool in_period(Date d) const { return c_.scheme.period_start <= d && d <= c_.scheme.period_end; }
  std::string short_name(UnitCode u) const {
    const Unit* unit = c_.state.identity.find(u);
    return unit == nullptr ? std::string(text_of(u)) : unit->short_name;
  }

  // Of the issued bulletin on this year's confirmed result; else the place where a number will stand.
  std::string document_number() const {
    const auto* year = c_.state.assessment.years.find(c_.ranking.year);
    for (auto& id : c_.state.bulletin.drafts.sorted_keys()) {
      const Bulletin& b = c_.state.bulletin.draft(id);
      const bool of_result = b.kind == ledger::BulletinDrafted::Kind::assessmentResult && year != nullptr && b.result == year->confirmed;
      if (of_result && b.issue && b.phase != BulletinPhase::withdrawn)
        return b.issue->prefix + "〔" + std::to_string(b.issue->year) + "〕" + (b.issue->ordinal ? "第" : "") + std::to_string(b.issue->seq) + "号";
    }
    return "(未编号)";
  }

  Section opening() const {
    return {"", {"根据《" + c_.scheme.name + "》,对全区" + std::to_string(c_.ranking.rows.size()) + "个责任主体" + chinese_date(c_.scheme.period_start) + "至" +
                 chinese_date(c_.scheme.period_end) + "履行普法责任制的情况进行了考核。考核依据普法责任账本中的工作完成情况、各方评估意见和投诉整改情况量化计分。" +
                 (c_.ranking.provisional ? "本次排名为考核截止前的暂定结果。" : "") + "现将有关情况通报如下:"}};
  }

  Section overall() const {
    std::map<ledger::UnitCategory, int> categories;
    std::map<assessment::Grade, int> grades;
    std::int64_t sum = 0;
    std::vector<std::int64_t> totals;
    for (auto& r : c_.ranking.rows) {
      ++categories[r.category], ++grades[r.grade];
      sum += r.total;
      totals.push_back(r.total);
    }
    std::vector<std::string> by_category, by_grade;
    for (auto& [category, n] : categories) by_category.push_back(label("UnitRegistered", "category", static_cast<std::size_t>(category)) + std::to_string(n) + "个");
    for (auto& [grade, n] : grades) by_grade.push_back(grade_zh(grade) + std::to_string(n) + "个");
    Section s{"一、总体情况", {"参加考核的责任主体中," + join(by_category, "、") + "。考核等次为" + join(by_grade, "、") + "。"}};
    if (totals.empty()) return s;
    std::sort(totals.begin(), totals.end());
    const auto n = static_cast<std::int64_t>(totals.size());
    const std::size_t middle = totals.size() / 2;
    const std::int64_t median = totals.size() % 2 == 1 ? totals[middle] : (totals[middle - 1] + totals[middle] + 1) / 2;
    s.paragraphs.push_back("平均得分" + points((2 * sum + n) / (2 * n)) + "分,得分中位数" + points(median) + "分,最高" + points(totals.back()) + "分,最低" + points(totals.front()) + "分。");
    if (auto rate = score_rate("A5")) s.paragraphs.push_back("责任清单事项按期完成的得分率为" + points(*rate) + "%。");
    return s;
  }

  // Σ points of an indicator over Σ applicable weight, in 1/100 percent.
  std::optional<std::int64_t> score_rate(const std::string& id) const {
    std::int64_t got = 0, full = 0;
    for (std::size_t i = 0; i < c_.ranking.indicator_ids.size(); ++i)
      if (c_.ranking.indicator_ids[i] == id)
        for (auto& r : c_.ranking.rows) got += r.indicators[i].points, full += r.indicators[i].weight;
    if (full == 0) return std::nullopt;
    return assessment::share(10'000, got, full);
  }

  Section practice() const {
    std::vector<std::string> leaders;
    for (auto& r : c_.ranking.rows)
      if (leaders.size() < 5 && !r.vetoed) leaders.push_back(short_name(r.unit));
    Section s{"二、主要做法和成效", {"各责任主体落实“谁执法谁普法”责任,责任清单、计划方案备案和日常普法工作有序推进。" + join(leaders, "、") + "得分居前。"}};
    const auto honours = honours_by_kind();
    if (!honours.empty()) s.paragraphs.push_back("本年度获得典型推广和评选表彰的有:" + join(honours, ";") + "。");
    return s;
  }

  // "省级典型单位:甲、乙", a kind and level each, the highest level of a kind first.
  std::vector<std::string> honours_by_kind() const {
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::string>> units;
    for (auto& key : c_.state.publicity.honours.sorted_keys())
      for (auto& step : *c_.state.publicity.honours.find(key))
        if (step.outcome == HonourStep::Outcome::conferred && in_period(step.on))
          units[{static_cast<std::size_t>(std::get<0>(key)), 9 - static_cast<std::size_t>(std::get<1>(key))}].push_back(short_name(step.unit));
    std::vector<std::string> out;
    for (auto& [kind, names] : units)
      out.push_back(label("HonourConferred", "level", 9 - kind.second) + label("HonourConferred", "honour", kind.first) + ":" + join(names, "、"));
    return out;
  }

  struct Counts {
    int received = 0, accepted = 0, answered = 0, in_time = 0, upheld = 0, orders = 0, done = 0, overdue = 0;
    std::vector<std::string> overdue_units;
  };

  Counts count_dockets() const {
    Counts n;
    for (auto& id : c_.state.complaint.dockets.sorted_keys()) {
      const Docket& d = c_.state.complaint.docket(id);
      if (!in_period(d.received_on)) continue;
      ++n.received;
      n.accepted += d.accepted();
      if (d.answers.empty()) continue;
      ++n.answered;
      const auto& answer = d.answers.back();
      for (auto& a : d.assignments)
        if (a.at.event == answer.assignment) n.in_time += answer.at.on <= a.due();
      n.upheld += answer.upheld();
    }
    for (auto& id : c_.state.rectification.orders.sorted_keys()) {
      const auto& o = c_.state.rectification.order(id);
      if (!in_period(o.at.on)) continue;
      ++n.orders;
      n.done += o.phase == RectificationPhase::accepted;
      if (!is_overdue(o)) continue;
      ++n.overdue;
      n.overdue_units.push_back(short_name(o.unit));
    }
    std::sort(n.overdue_units.begin(), n.overdue_units.end());
    n.overdue_units.erase(std::unique(n.overdue_units.begin(), n.overdue_units.end()), n.overdue_units.end());
    return n;
  }
  bool is_overdue(const RectificationOrder& o) const { return o.open() && o.cycle().due_in_force() < c_.head_day && !o.cycle().report; }

  Section complaints() const {
    const Counts n = count_dockets();
    auto s = [](int v) { return std::to_string(v); };
    Section out{"三、投诉及整改落实情况",
                {"考核期内收到投诉、批评和建议" + s(n.received) + "件,受理" + s(n.accepted) + "件,已答复" + s(n.answered) + "件,其中按期答复" + s(n.in_time) + "件,属实或部分属实" + s(n.upheld) + "件。",
                 "下达限期整改通知" + s(n.orders) + "件,验收合格" + s(n.done) + "件,逾期未报" + s(n.overdue) + "件。"}};
    if (!n.overdue_units.empty()) out.paragraphs.push_back("整改逾期的单位:" + join(n.overdue_units, "、") + "。");
    return out;
  }

  // Of each indicator on which the district as a whole did worst: the units that scored least.
  Section problems() const {
    struct Weak { std::int64_t rate; std::size_t indicator; };
    std::vector<Weak> weak;
    for (std::size_t i = 0; i < c_.ranking.indicator_ids.size(); ++i)
      if (auto rate = score_rate(c_.ranking.indicator_ids[i])) weak.push_back({*rate, i});
    std::stable_sort(weak.begin(), weak.end(), [](const Weak& a, const Weak& b) { return a.rate < b.rate; });
    Section s{"四、存在的问题", {}};
    for (std::size_t k = 0; k < std::min<std::size_t>(3, weak.size()); ++k) s.paragraphs.push_back(weak_point(k, weak[k].indicator, weak[k].rate));
    std::vector<std::string> vetoed;
    for (auto& r : c_.ranking.rows)
      if (r.vetoed) vetoed.push_back(short_name(r.unit));
    if (!vetoed.empty()) s.paragraphs.push_back("被一票否决的单位:" + join(vetoed, "、") + "。");
    return s;
  }

  std::string weak_point(std::size_t number, std::size_t i, std::int64_t rate) const {
    std::vector<const Row*> rows;
    for (auto& r : c_.ranking.rows)
      if (r.indicators[i].applicable) rows.push_back(&r);
    std::stable_sort(rows.begin(), rows.end(), [&](auto* a, auto* b) { return a->indicators[i].points < b->indicators[i].points; });
    std::vector<std::string> names;
    for (std::size_t k = 0; k < std::min<std::size_t>(3, rows.size()); ++k)
      names.push_back(short_name(rows[k]->unit) + "(" + points(rows[k]->indicators[i].points) + "/" + points(rows[k]->indicators[i].weight) + ")");
    return std::to_string(number + 1) + ".“" + c_.scheme.indicators[i].name + "”得分率" + points(rate) + "%,得分较低的有" + join(names, "、") + "。";
  }

  Section requirements() const {
    const int days = c_.state.profiles.of_year(c_.ranking.year).objection_window_days;
    return {"五、下一步工作要求",
            {"各责任主体要对照考核结果查找不足,列入附件2的整改事项须按期完成并报区普法办验收。",
             "对结果有异议的,可在结果公布之日起" + std::to_string(days) + "个工作日内书面提出,并可凭账本逐项核对每一分的依据。"}};
  }

  NoticeTable result_table() const {
    NoticeTable t{"附件1", year_ + "年度普法责任制考核结果",
                  {"序号", "单位", "类别", "工作完成(60)", "各方评估(25)", "投诉整改(15)", "加分", "扣分", "总分", "区内排名", "同类排名", "等次", "备注"},
                  {true, false, false, true, true, true, true, true, true, true, true, false, false}, {}};
    std::map<std::int32_t, int> shared;
    std::map<assessment::Grade, int> grades;
    for (auto& r : c_.ranking.rows) ++shared[r.rank], ++grades[r.grade];
    for (std::size_t i = 0; i < c_.ranking.rows.size(); ++i) t.rows.push_back(result_row(i, shared));
    std::vector<std::string> sums;
    for (auto& [grade, n] : grades) sums.push_back(grade_zh(grade) + std::to_string(n));
    t.rows.push_back({"", "合计", "", "", "", "", "", "", "", "", "", join(sums, " "), ""});
    return t;
  }

  std::vector<std::string> result_row(std::size_t i, std::map<std::int32_t, int>& shared) const {
    const Row& r = c_.ranking.rows[i];
    std::vector<std::string> cells{std::to_string(i + 1), r.name, label("UnitRegistered", "category", static_cast<std::size_t>(r.category))};
    for (std::size_t b = 0; b < 3; ++b) cells.push_back(b < r.blocks.size() ? points(r.blocks[b].second) : "");
    for (auto v : {r.bonus.points, r.penalty.points, r.total}) cells.push_back(points(v));
    cells.push_back(std::to_string(r.rank));
    cells.push_back(std::to_string(r.category_rank));
    cells.push_back(grade_zh(r.grade));
    cells.push_back(std::string(r.vetoed ? "否决" : "") + (shared[r.rank] > 1 ? "并列" : ""));
    return cells;
  }

  NoticeTable rectification_table() const {
    NoticeTable t{"附件2", "整改任务清单", {"序号", "单位", "整改通知", "依据", "要求项数", "完成时限", "状态"}, {true, false, false, false, true, false, false}, {}};
    std::vector<const RectificationOrder*> open;
    for (auto& id : c_.state.rectification.orders.sorted_keys())
      if (c_.state.rectification.order(id).open()) open.push_back(&c_.state.rectification.order(id));
    std::sort(open.begin(), open.end(), [](auto* a, auto* b) { return a->at.position < b->at.position; });
    for (auto* o : open)
      t.rows.push_back({std::to_string(t.rows.size() + 1), short_name(o->unit), o->order_no, label("RectificationOrdered", "ground", static_cast<std::size_t>(o->ground)),
                        std::to_string(o->requirements.size()), chinese_date(o->cycle().due_in_force()), is_overdue(*o) ? "已逾期" : "整改中"});
    return t;
  }

  std::vector<std::pair<std::string, std::string>> basis() const {
    return {{"树的记录数", std::to_string(c_.ranking.head.size)},
            {"树根", ledger::hex(c_.ranking.head.root.view())},
            {"考核办法", c_.ranking.head.scheme},
            {"计分程序", std::string(assessment::kProjection) + " " + std::to_string(assessment::kProjectionVersion)},
            {"结果摘要", ledger::hex(assessment::result_hash(*c_.state.suite, c_.ranking).view())}};
  }

  const NoticeContext& c_;
  std::string year_;
};

}  // namespace

Notification notification_of_result(const NoticeContext& c) { return Writer(c).write(); }

}  // namespace projections
