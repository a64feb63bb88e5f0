// Orders for rectification, each with its course.
#include "tools/demo/builder.h"

namespace demo {
namespace {

struct Order {
  Year& y;
  const Unit& u;
  std::string id;
  Date due;

  bool over(Date on) const { return on > kLastDay; }

  std::string submit(Date on, const char* stage) { return submit(on, stage, on); }
  std::string submit(Date on, const char* stage, Date entered) {
    if (over(entered)) return {};
    Json data{{"stage", stage}};
    if (std::string(stage) != "acknowledgement")
      data["measures"] =
          Json::array({{{"requirement", 1}, {"action", "已制定整改措施并明确专人负责"}},
                       {{"requirement", 2}, {"action", "组织开展专题培训并建立台账"}}});
    return y.add(y.unit_key(u, entered), Year::at(entered, 15), "RectificationSubmitted", u.code,
                 on, data, {{"order", id}});
  }

  void decide(Date on, bool accepted) {
    if (over(on)) return;
    Json data{{"outcome", accepted ? "accepted" : "rejected"}};
    if (!accepted)
      due = y.work_day(on + 20), data["newDue"] = text(due),
      data["reason"] = "整改措施未落实到位,佐证不足";
    y.act(y.decider(u), on, "RectificationDecided", u.code, data, {{"order", id}});
  }

  void vary(Date on, const char* change) {
    if (over(on)) return;
    Json data{{"change", change}, {"reason", "经研究,按程序办理"}};
    if (std::string(change) == "extended")
      due = due + 20, data["newDue"] = text(due);
    else
      data["measure"] = y.chance(50) ? "superviseNotice" : "interview";
    y.act(y.decider(u), on, "RectificationVaried", u.code, data, {{"order", id}});
  }

  // A report on that day, decided some days later. Whether the course goes on.
  bool report(Date on, bool accepted) {
    const Date decided = y.after_work_days(on, 4);
    if (over(decided)) return false;
    submit(on, "report");
    decide(decided, accepted);
    return true;
  }

  // Reported on the due day, but entered four days later: a day beyond what counts as in time.
  void enter_late() {
    const Date entered = due + 4;
    submit(due, "report", entered);
    decide(y.after_work_days(entered, 3), true);
  }

  void start(Date on) {
    submit(y.after_work_days(on, 2), "acknowledgement");
    if (y.chance(80)) submit(y.after_work_days(on, 4), "plan");
  }

  void run(Rectify how) {
    switch (how) {
      case Rectify::on_time:
        report(y.work_day(due - 5), true);
        break;
      case Rectify::entered_late:
        enter_late();
        break;
      case Rectify::late:
        report(y.work_day(due + 6 + y.pick(15)), true);
        break;
      case Rectify::rejected:
        if (report(y.work_day(due - 6), false)) report(y.work_day(due - 4), true);
        break;
      case Rectify::rejected_twice:
        if (report(y.work_day(due - 6), false) && report(y.work_day(due - 6), false))
          report(y.work_day(due - 4), true);
        break;
      case Rectify::extended:
        vary(y.work_day(due - 8), "extended");
        report(y.work_day(due - 4), true);
        break;
      case Rectify::escalated:
        vary(y.work_day(due + 5), "escalated");
        report(y.work_day(due + 36), true);
        break;
      case Rectify::open:
        break;
    }
  }
};

}  // namespace

std::string add_rectification(Year& y, const Unit& u, const char* ground, Date on, Json refs,
                              Rectify how) {
  Order order{y, u, {}, y.work_day(on + 28)};
  order.id =
      y.act(y.decider(u), on, "RectificationOrdered", u.code,
            {{"orderNo", number("ZG-2025-", y.next("order"))},
             {"ground", ground},
             {"due", text(order.due)},
             {"requirements", Json::array({{{"no", 1}, {"text", "制定整改措施并落实责任人"}},
                                           {{"no", 2}, {"text", "组织专题学习,规范执法说理"}}})}},
            std::move(refs));
  if (how != Rectify::open) order.start(on);
  order.run(how);
  return order.id;
}

}  // namespace demo
