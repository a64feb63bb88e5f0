// Complaints, criticism and suggestions, in every course that the procedure knows.
#include <algorithm>

#include "tools/demo/builder.h"

namespace demo {
namespace {

enum class Course {
  plain,
  not_accepted,
  transferred,
  withdrawn,
  objection_maintained,
  objection_upheld,
  extended,
  review_maintained,
  review_reopened,
  recheck,
  new_evidence,
  late,
  unfinished,
  repeated,
  cancelled,
};

constexpr const char* kSubjects[] = {"执法时未说明依据", "办事告知不一次性", "普法宣传流于形式",
                                     "政策解释前后不一", "咨询电话无人接听", "公示信息更新不及时"};
const std::vector<const char*> kTopics{"enforcement", "service", "publicity", "disclosure"};
const std::vector<const char*> kComplaintChannels{"visit",  "letter",       "phone",
                                         "online", "hotline12345", "petition"};

// One complaint on its way. Every step moves `now` on by a work day or more; once a step lies after
// the demonstration's last day, the complaint stays as it is.
class Complaint {
 public:
  Complaint(Year& y, Unit& u, Date filed) : y_(y), unit_(&u), now_(filed) {}

  void file(const char* kind, const std::string& channel) {
    kind_ = kind, channel_ = channel;
    const bool anonymous = y_.chance(20);
    Json data{{"kind", kind},
              {"channel", channel},
              {"filerClass", unit_->power ? "counterparty" : "served"},
              {"anonymous", anonymous},
              {"subject", kSubjects[y_.pick(6)]},
              {"topic", y_.one_of(kTopics)},
              {"text", "来件人反映该单位有关工作人员未作充分说明,要求答复。"},
              {"receivedOn", text(now_ - y_.pick(2))}};
    if (!anonymous)
      data["filer"] = y_.person(), data["filerName"] = y_.one_of(kNames),
      data["filerContact"] = "027-" + std::to_string(10'000'000 + y_.pick(89'999'999));
    id_ = y_.act("intakeDesk", now_, "ComplaintFiled", unit_->code, data);
  }

  void dispose(const char* outcome, const std::string& repeat_of = {}) {
    if (!go(2 + y_.pick(6))) return;
    Json data{{"outcome", outcome}, {"noticeNo", number("SL-2025-", y_.next("notice"))}},
        refs = about();
    if (std::string(outcome) == "notAccepted") data["reason"] = "反映事项不属于受理范围";
    if (std::string(outcome) == "transferred") data["transferTo"] = "武汉市信访局";
    if (!repeat_of.empty()) refs["repeatOf"] = repeat_of;
    accepted_ = now_;
    by_decider("ComplaintDisposed", data, refs);
  }

  void assign(const char* ground, Json refs = Json::object()) {
    if (!go(1 + y_.pick(2))) return;
    const bool first = std::string(ground) == "first";
    const int days = channel_ == "hotline12345" ? 7 : 40;
    due_ = std::max(now_, (first ? accepted_ : now_) + days);
    refs.update(about());
    assignment_ =
        by_decider("ComplaintAssigned", {{"answerDue", text(due_)}, {"ground", ground}}, refs);
  }

  void acknowledge(bool late = false) {
    if (go(late ? 5 : 1 + y_.pick(2)))
      by_unit("ComplaintAcknowledged", {{"response", "received"}}, with_assignment());
  }

  std::string object() {
    if (!go(2)) return {};
    return by_unit("ComplaintAcknowledged",
                   {{"response", "objected"}, {"reason", "反映事项不属于本单位职责"}},
                   with_assignment());
  }

  void maintain() {
    const std::string objection = object();
    if (!stopped_) assign("objectionMaintained", {{"objection", objection}});
  }

  void pass_on(Unit& other) {
    const std::string objection = object();
    if (stopped_) return;
    unit_ = &other;
    assign("objectionUpheld", {{"objection", objection}});
  }

  void extend() {
    if (!go(1)) return;
    by_decider("ComplaintExtended",
               {{"days", 15},
                {"reason", "案情复杂,需进一步调查"},
                {"approvedBy", y_.person()},
                {"filerNoticedOn", text(now_)}},
               with_assignment());
  }

  void answer(const char* finding, bool late = false) {
    const Date on = y_.work_day(late ? due_ + 3 + y_.pick(12)
                                     : std::max(y_.work_day(now_ + 1), now_ + (due_ - now_) / 2));
    now_ = on;
    if (!go(0)) return;
    finding_ = finding;
    answer_ = y_.act(y_.head_key(*unit_), now_, "ComplaintAnswered", unit_->code,
                     {{"finding", finding},
                      {"text", "经调查,现将办理情况答复如下,并告知救济途径。"},
                      {"summary", "已调查答复"},
                      {"deliveredOn", text(now_)},
                      {"remedyNotice", true}},
                     with_assignment());
    if (upheld()) y_.file(*unit_).upheld.push_back(id_);
  }

  // The order that an upheld complaint needs before it is closed.
  void order(Rectify how) {
    if (!upheld() || kind_ != "complaint" || stopped_ || !go(3)) return;
    order_ = add_rectification(y_, *unit_, "upheldComplaint", now_, {{"complaint", id_}}, how);
  }

  void cancel_order(const std::string& decision) {
    if (!order_.empty() && go(1))
      by_decider("RectificationVaried", {{"change", "cancelled"}, {"reason", "复查决定撤销原答复"}},
                 {{"order", order_}, {"decision", decision}});
  }

  void close() {
    if (go(2 + y_.pick(4)))
      by_decider("ComplaintClosed", {{"satisfaction", 1 + y_.pick(5)}, {"summary", "已办结并回访"}},
                 about());
  }

  void publish() {
    if (!go(5)) return;
    by_decider("ComplaintPublished",
               {{"redactedText", "某市民反映某单位执法说明不足"},
                {"result", "已核查并改进"},
                {"redactions", {"name", "contact"}}},
               about());
  }

  std::string request_review(const char* level, const std::string& decision = {}) {
    if (!go(8)) return {};
    Json refs{{"complaint", id_}, {"answer", answer_}};
    if (!decision.empty()) refs["decision"] = decision;
    return y_.act("intakeDesk", now_, "ReviewRequested", unit_->code,
                  {{"level", level}, {"grounds", "对答复结论不服,申请重新核查"}}, refs);
  }

  std::string review(const char* level, const char* outcome, const std::string& contested = {}) {
    const std::string request = request_review(level, contested);
    if (stopped_ || !go(10)) return {};
    Json data{{"outcome", outcome}, {"reason", "经审查原答复材料作出决定"}};
    if (y_.chance(4)) data["retaliation"] = true;
    return y_.act("reviewer", now_, "ReviewDecided", unit_->code, data,
                  {{"complaint", id_}, {"request", request}});
  }

  void withdraw() {
    if (go(1))
      y_.act("intakeDesk", now_, "ComplaintWithdrawn", unit_->code,
             {{"reason", y_.chance(70) ? "satisfied" : "mistake"}, {"voluntary", true}}, about());
  }

  bool upheld() const { return finding_ == "upheld" || finding_ == "partlyUpheld"; }
  const std::string& id() const { return id_; }

 private:
  inline static const std::vector<std::string> kNames{"张某某", "李某", "王某某", "陈某",
                                                      "刘某某", "周某", "黄某某"};

  bool go(int work_days) {
    if (stopped_) return false;
    now_ = y_.after_work_days(now_, work_days);
    stopped_ = now_ > kLastDay;
    return !stopped_;
  }
  Json about() const { return {{"complaint", id_}}; }
  Json with_assignment() const { return {{"complaint", id_}, {"assignment", assignment_}}; }
  std::string by_decider(const char* type, Json data, Json refs) {
    return y_.act(y_.decider(*unit_), now_, type, unit_->code, std::move(data), std::move(refs));
  }
  std::string by_unit(const char* type, Json data, Json refs) {
    return y_.act(y_.unit_key(*unit_, now_), now_, type, unit_->code, std::move(data),
                  std::move(refs));
  }

  Year& y_;
  Unit* unit_;
  Date now_, accepted_, due_;
  bool stopped_ = false;
  std::string kind_, channel_, finding_, id_, assignment_, answer_, order_;
};

const char* finding_for(Year& y, const Unit& u) {
  if (y.chance(u.quality)) return "notUpheld";
  return y.chance(50) ? "upheld" : "partlyUpheld";
}

Rectify rectify_for(Year& y, const Unit& u) {
  if (y.chance(u.quality)) return y.chance(80) ? Rectify::on_time : Rectify::extended;
  static const std::vector<Rectify> kWeak{Rectify::late, Rectify::late, Rectify::rejected,
                                          Rectify::escalated};
  return y.one_of(kWeak);
}

void finish(Year& y, Unit& u, Complaint& c) {
  c.order(rectify_for(y, u));
  c.close();
  if (y.chance(25)) c.publish();
}

void leave_open(Year& y, Unit& u, Complaint& c, int stage) {
  if (stage > 0) c.dispose("accepted");
  if (stage > 1) c.assign("first");
  if (stage == 3) c.object();
  if (stage > 3) c.answer("notUpheld");
  if (stage == 5) c.request_review("review");
  if (stage == 6) c.review("review", "reopened");
  if (stage == 7) finish(y, u, c);
}

void withdraw_at(Complaint& c, int stage) {
  if (stage > 0) c.dispose("accepted");
  if (stage > 1) c.assign("first");
  if (stage == 3) c.object();
  if (stage == 4) c.answer("notUpheld"), c.review("review", "reopened");
  c.withdraw();
}

void begin(Complaint& c, Course course) {
  c.dispose("accepted");
  c.assign("first");
  c.acknowledge(course == Course::late);
}

// The course after an answer that was found good.
void contest(Year& y, Unit& u, Complaint& c, Course course) {
  if (course == Course::review_reopened) {
    c.review("review", "reopened");
    c.assign("reviewOrdered");
    c.answer(finding_for(y, u));
  } else if (course == Course::recheck) {
    c.review("recheck", "maintained", c.review("review", "maintained"));
  } else {
    c.review("review", "maintained");
  }
  finish(y, u, c);
}

void cancel(Year& y, Unit& u, Complaint& c) {
  c.answer("partlyUpheld");
  c.order(Rectify::open);
  c.cancel_order(c.review("review", "reopened"));
  c.assign("reviewOrdered");
  c.answer("notUpheld");
  finish(y, u, c);
}

void reopen(Year& y, Unit& u, Complaint& c) {
  c.answer(finding_for(y, u));
  finish(y, u, c);
  c.assign("newEvidence");
  c.acknowledge();
  c.answer(finding_for(y, u));
  finish(y, u, c);
}

Unit& another(Year& y, const Unit& u) {
  for (;;) {
    Unit& other = y.units[y.pick(static_cast<int>(y.units.size()))];
    if (other.code != u.code && other.short_name != kMerged && other.short_name != kMergedInto &&
        other.short_name != kOfficeUnit)
      return other;
  }
}

void run(Year& y, Unit& u, Complaint& c, Course course, int stage) {
  auto& upheld = y.file(u).upheld;
  switch (course) {
    case Course::not_accepted:
      return c.dispose("notAccepted");
    case Course::transferred:
      return c.dispose("transferred");
    case Course::withdrawn:
      return withdraw_at(c, stage % 5);
    case Course::unfinished:
      return leave_open(y, u, c, stage % 8);
    case Course::repeated:
      c.dispose("accepted", upheld.empty() ? std::string() : upheld.front());
      c.assign("first"), c.acknowledge(), c.answer("upheld");
      return finish(y, u, c);
    default:
      break;
  }
  begin(c, course);
  switch (course) {
    case Course::objection_maintained:
      c.maintain();
      break;
    case Course::objection_upheld:
      c.pass_on(another(y, u));
      break;
    case Course::extended:
      c.extend();
      break;
    case Course::cancelled:
      return cancel(y, u, c);
    case Course::new_evidence:
      return reopen(y, u, c);
    default:
      break;
  }
  const bool contested = course == Course::review_maintained || course == Course::review_reopened ||
                         course == Course::recheck;
  c.answer(contested ? "notUpheld" : finding_for(y, u), course == Course::late);
  contested ? contest(y, u, c, course) : finish(y, u, c);
}

Course course_for(Year& y, const Unit& u, int i) {
  static const std::vector<Course> kOthers{Course::not_accepted,      Course::transferred,
                                           Course::withdrawn,         Course::objection_maintained,
                                           Course::objection_upheld,  Course::extended,
                                           Course::review_maintained, Course::review_reopened,
                                           Course::recheck,           Course::new_evidence,
                                           Course::unfinished,        Course::repeated,
                                           Course::cancelled};
  if (y.chance(100 - u.quality)) return y.chance(60) ? Course::late : Course::new_evidence;
  return i % 2 == 0 ? y.one_of(kOthers) : Course::plain;
}

// A repeat follows the complaint that it repeats, which must be admitted by then: in autumn.
void complain(Year& y, Unit& u, Date filed, Course course, int stage) {
  Complaint c(y, u, filed);
  static const std::vector<const char*> kKinds{"complaint", "complaint", "complaint", "criticism",
                                               "suggestion"};
  const bool only_complaint = course >= Course::review_maintained;
  c.file(only_complaint || course == Course::withdrawn ? "complaint" : y.one_of(kKinds),
         y.one_of(kComplaintChannels));
  run(y, u, c, course, stage);
}

}  // namespace

void add_complaints(Year& y) {
  int stage = 0;
  for (auto& u : y.units) {
    const bool merging = u.short_name == kMerged;
    const int n = merging ? 1 : 3 + y.pick(4);
    for (int i = 0; i < n; ++i) {
      const Date filed =
          y.work_day(merging ? day(1, 6) : day(12, 12, 2024) + i * 300 / n + y.pick(300 / n));
      const Course course = merging ? Course::plain : course_for(y, u, i);
      const bool late_in_year = course == Course::unfinished || course == Course::repeated;
      complain(y, u, late_in_year ? y.work_day(day(10, 24) + y.pick(20)) : filed, course, stage++);
    }
  }
  Unit& last = y.unit("区水务集团");
  for (int s = 0; s < 8; ++s) complain(y, last, day(12, 1), Course::unfinished, s);
  for (int s = 0; s < 5; ++s) complain(y, y.unit("区民政局"), day(3, 3) + s, Course::withdrawn, s);
}

}  // namespace demo
