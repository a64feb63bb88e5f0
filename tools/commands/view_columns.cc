// Columns of the views.
#include "tools/commands/view_columns.h"

#include "projections/views/rows.h"
#include "tools/cli/words.h"

namespace tools {
namespace {

using ledger::OrderedJson;

std::string catalogue_label(const App& app, const std::string& path, const std::string& code) {
  const auto dot = path.find('.');
  const ledger::Type* type = ledger::find_type(path.substr(0, dot));
  const auto* field = type && dot != std::string::npos
                          ? projections::views::field_at(type->ordinal, path.substr(dot + 1))
                          : nullptr;
  if (!field) return code;
  for (auto& c : field->choices)
    if (c.name == code) return app.zh ? c.zh : c.en;
  return code;
}

// Names of event types are codes too; so is the kind of a record, whose field its type names.
std::string label_of(const App& app, const ViewColumn& c, const OrderedJson& row,
                     const std::string& code) {
  static constexpr const char* kKindFields[] = {"kind", "field", "channelKind", "audienceGroup",
                                                "group", "form", "occasion", "channel", "post",
                                                "honour"};
  const std::string labels = c.labels;
  if (labels.empty()) return code;
  if (const char* word = word_of(app, labels, code); word != nullptr) return word;
  if (const auto* type = ledger::find_type(code)) return app.zh ? type->zh : type->en;
  if (labels != "recordKind") return catalogue_label(app, labels, code);
  for (auto* field : kKindFields) {
    auto found = catalogue_label(app, row["type"].get<std::string>() + "." + field, code);
    if (found != code) return found;
  }
  return code;
}

}  // namespace

const std::vector<ViewSection>& view_sections() {
  static const std::vector<ViewSection> kSections{
      {"unit", "责任主体", "units",
       {{"unit", "统一社会信用代码", "code"}, {"shortName", "简称", "short name"},
        {"name", "名称", "name"}, {"category", "类别", "category", "UnitRegistered.category"},
        {"status", "状态", "status", "unitStatus"}, {"from", "自", "from"}, {"ended", "止", "ended"},
        {"recordsGoTo", "记录归入", "records go to"},
        {"firstResponsible", "第一责任人", "first responsible"},
        {"officerInCharge", "分管负责人", "officer in charge"}, {"liaison", "联络员", "liaison"}}},
      {"filing", "报送", "filings",
       {{"unitName", "责任主体", "unit"}, {"year", "年度", "year", "", true},
        {"quarter", "季度", "quarter", "", true}, {"document", "报送材料", "document", "type"},
        {"due", "期限", "due"}, {"submittedOn", "报送日", "submitted"},
        {"state", "备案状态", "state", "state.filing"}, {"decidedOn", "决定日", "decided"},
        {"filingNo", "备案号", "filing no."},
        {"superiorState", "上级备案", "superior", "state.filing"},
        {"lateDays", "迟报天数", "days late", "", true},
        {"overdueDays", "逾期天数", "days overdue", "", true}}},
      {"item", "清单事项", "list items",
       {{"unitName", "责任主体", "unit"}, {"year", "年度", "year", "", true},
        {"itemNo", "事项", "item"}, {"content", "内容", "content"}, {"dept", "科室", "dept"},
        {"firstDue", "原期限", "first due"}, {"due", "现期限", "due"},
        {"state", "状态", "state", "state.listItem"}, {"completedOn", "完成日", "completed"},
        {"daysLeft", "剩余天数", "days left", "", true},
        {"overdueDays", "逾期天数", "days overdue", "", true}}},
      {"record", "普法工作", "records",
       {{"unitName", "责任主体", "unit"}, {"type", "类型", "type", "type"},
        {"kind", "种类", "kind", "recordKind"}, {"title", "标题", "title"}, {"on", "日期", "on"},
        {"verification", "核实", "verification", "state.record"},
        {"lateEntry", "迟录", "late entry", "bool"}, {"node", "节点", "node"},
        {"sameAttachment", "附件重复", "same attachment as"}, {"event", "编号", "event"}}},
      {"total", "合计", "totals",
       {{"unitName", "责任主体", "unit"}, {"records", "记录", "records", "", true},
        {"ok", "核实无误", "verified", "", true}, {"unverified", "未核实", "unverified", "", true},
        {"disallowed", "不予认定", "disallowed", "", true},
        {"annulled", "已作废", "annulled", "", true},
        {"lateEntries", "迟录", "late entries", "", true},
        {"suspected", "疑似重复", "suspected", "", true},
        {"headcount", "参加人次", "headcount", "", true}}},
      {"complaint", "投诉", "complaints",
       {{"event", "编号", "event"}, {"kind", "种类", "kind", "ComplaintFiled.kind"},
        {"unitName", "被投诉单位", "unit"}, {"state", "状态", "state", "state.complaint"},
        {"assigneeName", "承办单位", "assignee"}, {"receivedOn", "收到日", "received"},
        {"disposal", "受理", "disposal", "ComplaintDisposed.outcome"},
        {"acknowledgedOn", "签收日", "acknowledged"}, {"answerDue", "答复期限", "answer due"},
        {"daysLeft", "剩余天数", "days left", "", true},
        {"overdueDays", "逾期天数", "days overdue", "", true}, {"answeredOn", "答复日", "answered"},
        {"finding", "结论", "finding", "ComplaintAnswered.finding"}, {"closedOn", "办结日", "closed"},
        {"publicationDue", "公开期限", "publish by"}, {"publishedOn", "公开日", "published"},
        {"remark", "备注", "remark", "remark"}}},
      {"order", "限期整改", "orders",
       {{"orderNo", "整改通知书", "order"}, {"unitName", "责任主体", "unit"},
        {"ground", "事由", "ground", "RectificationOrdered.ground"}, {"on", "下达日", "on"},
        {"due", "现期限", "due"}, {"cycle", "轮次", "cycle", "", true},
        {"state", "状态", "state", "state.rectification"},
        {"acknowledgedOn", "签收日", "acknowledged"}, {"plannedOn", "方案日", "planned"},
        {"reportedOn", "报告日", "reported"}, {"decidedOn", "验收日", "decided"},
        {"daysLeft", "剩余天数", "days left", "", true},
        {"overdueDays", "逾期天数", "days overdue", "", true}}},
      {"inspection", "督查", "inspections",
       {{"on", "日期", "on"}, {"kind", "种类", "kind", "InspectionOpened.kind"},
        {"title", "标题", "title"}, {"openedBy", "启动方", "opened by"},
        {"findings", "发现", "findings", "", true}, {"closedOn", "结束日", "closed"},
        {"event", "编号", "event"}}},
      {"finding", "督查发现", "findings",
       {{"unitName", "责任主体", "unit"}, {"on", "日期", "on"},
        {"severity", "程度", "severity", "InspectionFindingRecorded.severity"},
        {"clause", "条款", "clause"}, {"itemNo", "事项", "item"}, {"foundBy", "发现方", "found by"},
        {"annulled", "已作废", "annulled", "bool"}, {"event", "编号", "event"}}},
      {"survey", "民意测评", "surveys",
       {{"unitName", "责任主体", "unit"}, {"year", "年度", "year", "", true},
        {"kind", "种类", "kind", "SurveyOpened.kind"},
        {"method", "方式", "method", "SurveyOpened.method"}, {"on", "启动日", "opened"},
        {"closedOn", "结束日", "closed"}, {"plannedSample", "计划样本", "planned", "", true},
        {"verySatisfied", "非常满意", "very satisfied", "", true},
        {"satisfied", "满意", "satisfied", "", true},
        {"fairlySatisfied", "基本满意", "fairly satisfied", "", true},
        {"dissatisfied", "不满意", "dissatisfied", "", true},
        {"invalid", "无效", "invalid", "", true}}},
      {"commission", "第三方评估委托", "commissions",
       {{"year", "年度", "year", "", true}, {"on", "日期", "on"}, {"evaluator", "机构", "evaluator"},
        {"contractNo", "合同号", "contract"}, {"conflicts", "利益冲突单位", "conflicts"},
        {"event", "编号", "event"}}},
      {"evaluation", "第三方评估得分", "evaluations",
       {{"unitName", "责任主体", "unit"}, {"on", "日期", "on"},
        {"score", "得分(百分之一)", "score (1/100)", "", true},
        {"replacedBy", "被替代", "replaced by"}, {"event", "编号", "event"}}},
      {"honour", "典型与评选", "honours",
       {{"unitName", "责任主体", "unit"}, {"honour", "荣誉", "honour", "HonourConferred.honour"},
        {"level", "级别", "level", "HonourConferred.level"}, {"title", "名称", "title"},
        {"outcome", "结果", "outcome", "HonourConferred.outcome"}, {"on", "日期", "on"}}},
      {"deadline", "期限", "deadlines",
       {{"due", "期限", "due"}, {"daysLeft", "剩余天数", "days left", "", true},
        {"overdueDays", "逾期天数", "days overdue", "", true},
        {"party", "应办方", "who", "party"}, {"unitName", "责任主体", "unit"},
        {"what", "事项", "what", "what"}, {"detail", "说明", "detail", "topic"},
        {"event", "起算记录", "event"}}},
  };
  return kSections;
}

std::string view_cell(const App& app, const ViewColumn& c, const OrderedJson& row) {
  const auto found = row.find(c.key);
  if (found == row.end() || found->is_null()) return "";
  if (found->is_boolean()) return found->get<bool>() ? app.t("是", "yes") : "";
  if (found->is_string()) return label_of(app, c, row, found->get<std::string>());
  if (!found->is_array()) return found->dump();
  std::string out;
  for (auto& v : *found)
    if (v.is_string()) out += (out.empty() ? "" : " ") + v.get<std::string>();
  return out;
}

}  // namespace tools
