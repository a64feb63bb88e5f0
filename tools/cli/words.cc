#include "tools/cli/words.h"

#include "ledger/schema/catalogue.h"

namespace tools {
namespace {

struct Word {
  const char *vocabulary, *code, *zh, *en;
};
constexpr Word kWords[] = {
    {"state.complaint", "filed", "已提交", "filed"},
    {"state.complaint", "accepted", "已受理", "accepted"},
    {"state.complaint", "assigned", "已交办", "assigned"},
    {"state.complaint", "objected", "交办异议中", "assignment objected"},
    {"state.complaint", "answered", "已答复", "answered"},
    {"state.complaint", "underReview", "复查复核中", "under review"},
    {"state.complaint", "reopened", "重新办理", "reopened"},
    {"state.complaint", "closed", "已办结", "closed"},
    {"state.complaint", "ended", "已终止", "ended"},
    {"state.complaint", "withdrawn", "已撤回", "withdrawn"},
    {"state.rectification", "ordered", "已下达", "ordered"},
    {"state.rectification", "acknowledged", "已签收", "acknowledged"},
    {"state.rectification", "planned", "已报方案", "planned"},
    {"state.rectification", "reported", "已报告", "reported"},
    {"state.rectification", "rejected", "已退回", "rejected"},
    {"state.rectification", "accepted", "已验收", "accepted"},
    {"state.rectification", "cancelled", "已撤销", "cancelled"},
    {"state.filing", "missing", "未报送", "missing"},
    {"state.filing", "submitted", "已报送", "submitted"},
    {"state.filing", "accepted", "已备案", "accepted"},
    {"state.filing", "returned", "已退回", "returned"},
    {"state.listItem", "open", "进行中", "open"},
    {"state.listItem", "amending", "变更待决定", "amending"},
    {"state.listItem", "completed", "待核实", "completed"},
    {"state.listItem", "closed", "已销号", "closed"},
    {"state.listItem", "cancelled", "已取消", "cancelled"},
    {"state.record", "unverified", "未核实", "unverified"},
    {"state.record", "ok", "核实无误", "verified"},
    {"state.record", "disallowed", "不予认定", "disallowed"},
    {"state.record", "annulled", "已作废", "annulled"},
    {"unitStatus", "active", "存续", "active"},
    {"unitStatus", "notYet", "未到登记日", "not yet"},
    {"unitStatus", "rename", "已换码", "renamed"},
    {"unitStatus", "merge", "已合并", "merged"},
    {"unitStatus", "split", "已拆分", "split"},
    {"unitStatus", "dissolve", "已撤销", "dissolved"},
    {"party", "unit", "责任主体", "unit"},
    {"party", "office", "区普法办", "office"},
    {"party", "superior", "上级主管部门", "superior"},
    {"party", "reviewer", "复核机关", "reviewer"},
    {"remark", "withdrawn without the filer's receipt", "撤回时未出示提交人回执",
     "withdrawn without the filer's receipt"},
    {"what", "filingDecision", "备案决定", "filing decision"},
    {"what", "listItem", "清单事项", "list item"},
    {"what", "amendmentDecision", "变更决定", "amendment decision"},
    {"what", "completionVerification", "完成核实", "completion's verification"},
    {"what", "coordination", "协调处理", "coordination"},
    {"what", "complaintDisposal", "投诉受理决定", "complaint's disposal"},
    {"what", "complaintAssignment", "投诉交办", "complaint's assignment"},
    {"what", "complaintAcknowledgement", "投诉签收", "complaint's acknowledgement"},
    {"what", "complaintAnswer", "投诉答复", "complaint's answer"},
    {"what", "complaintReview", "复查复核决定", "complaint's review"},
    {"what", "complaintPublication", "投诉公开", "complaint's publication"},
    {"what", "rectificationAcknowledgement", "整改签收", "order's acknowledgement"},
    {"what", "rectificationPlan", "整改方案", "rectification plan"},
    {"what", "rectificationReport", "整改报告", "rectification report"},
    {"what", "rectificationDecision", "整改验收", "rectification decision"},
    {"what", "objectionDecision", "异议决定", "objection decision"},
    {"what", "bulletinPublication", "通报公开", "bulletin's publication"},
    {"topic", "enforcement", "行政执法", "enforcement"},
    {"topic", "service", "窗口服务", "service"},
    {"topic", "publicity", "普法宣传", "publicity"},
    {"topic", "disclosure", "信息公开", "disclosure"},
    {"measure", "filing", "按期报送并经主管机关备案", "a filing accepted by an authority, by its due date"},
    {"measure", "officers", "清单期限日已配备的职责人员", "roles that are filled on the list's due date"},
    {"measure", "presence", "至少有一条记录", "at least one record"},
    {"measure", "completion", "清单事项完成,按逾期程度计分", "list items completed, weighted by lateness"},
    {"measure", "disclosure", "已申报执法事项的依据与程序公示", "declared enforcement matters whose basis and process are disclosed"},
    {"measure", "count", "记录或某字段的不同取值,达到目标数或逐条计分", "records, or distinct values of a field, towards a target or each for points"},
    {"measure", "distinctPerQuarter", "每季度某字段的不同取值数", "distinct values of a field in each quarter"},
    {"measure", "coverage", "宣传节点、热点问题有对应活动,或参加联席会议", "nodes or hot issues with an activity, or joint meetings attended"},
    {"measure", "ratio", "两个合计字段之比", "one summed field over another"},
    {"measure", "reportScore", "第三方评估得分", "the third party's score"},
    {"measure", "survey", "年度民意测评的加权答卷", "weighted answers of the year's surveys"},
    {"measure", "inspectionScore", "督查平均得分", "mean score of inspections"},
    {"measure", "deduction", "每条督查发现扣分", "points off for each inspection finding"},
    {"measure", "countDeduction", "每条记录或每缺一条扣分", "points off for each record, or for each that is missing"},
    {"measure", "inTime", "按期办理的事项", "duties met in time"},
    {"measure", "upheldComplaints", "属实投诉扣分", "points off for upheld complaints"},
    {"measure", "closedOnce", "一次办结、未重新办理的投诉", "complaints closed and not reopened"},
    {"flag", "lateEntry", "有迟录", "late entries"},
    {"flag", "excellentCapped", "优秀名额已满", "excellent grade capped"},
    {"flag", "adjustment-base-differs", "调整所据得分已变", "adjusted from other points"},
    {"flag", "v2-ground-recorded-no-decision", "拒检情形未作决定", "refused inspection, undecided"},
    {"flag", "v4-ground-recorded-no-decision", "打击报复情形未作决定", "retaliation, undecided"},
    {"count", "due", "应办", "due"},
    {"count", "inTime", "按时", "in time"},
    {"count", "upheld", "属实", "upheld"},
    {"count", "repeat", "重复", "repeated"},
    {"count", "closed", "办结", "closed"},
    {"count", "reopened", "重新办理", "reopened"},
    {"count", "nodes", "宣传节点", "nodes"},
    {"count", "hotIssues", "热点问题", "hot issues"},
    {"count", "meetings", "会议", "meetings"},
    {"count", "covered", "已覆盖", "covered"},
    {"count", "Q1", "第一季度", "first quarter"},
    {"count", "Q2", "第二季度", "second quarter"},
    {"count", "Q3", "第三季度", "third quarter"},
    {"count", "Q4", "第四季度", "fourth quarter"},
    {"count", "declared", "已申报事项", "declared"},
    {"count", "disclosed", "已公示事项", "disclosed"},
    {"count", "missing", "缺少", "missing"},
    {"count", "records", "记录", "records"},
    {"count", "itemsLacking", "内容不全的事项", "items lacking a field"},
    {"count", "roles", "已配备职责", "roles held"},
    {"count", "items", "事项", "items"},
    {"count", "cancelled", "已取消", "cancelled"},
    {"count", "completed", "已完成", "completed"},
    {"count", "weightSum", "完成分值合计", "sum of weights"},
    {"count", "score", "得分", "score"},
    {"count", "verySatisfied", "非常满意", "very satisfied"},
    {"count", "satisfied", "满意", "satisfied"},
    {"count", "fairlySatisfied", "基本满意", "fairly satisfied"},
    {"count", "dissatisfied", "不满意", "dissatisfied"},
    {"count", "sum", "得分合计", "sum of scores"},
    {"count", "n", "份数", "number of scores"},
    {"count", "major", "严重问题", "major findings"},
    {"count", "general", "一般问题", "general findings"},
    {"count", "minor", "轻微问题", "minor findings"},
    {"count", "honours", "荣誉", "honours"},
    {"count", "honourPoints", "荣誉得分", "points for honours"},
    {"count", "decided", "决定的分值", "decided points"},
    {"count", "criticism", "通报批评", "criticisms"},
    {"count", "falseRecord", "虚假记录", "false records"},
    {"count", "overdueRectification", "逾期未整改", "overdue rectifications"},
};

}  // namespace

const char* word_of(const App& app, std::string_view vocabulary, std::string_view code) {
  for (auto& w : kWords)
    if (vocabulary == w.vocabulary && code == w.code) return app.t(w.zh, w.en);
  return nullptr;
}

std::string flag_label(const App& app, const std::string& flag) {
  const auto colon = std::min(flag.find(':'), flag.size());
  const char* word = word_of(app, "flag", flag.substr(0, colon));
  return word == nullptr ? flag : word + flag.substr(colon);
}

std::string count_label(const App& app, const std::string& name) {
  if (const char* word = word_of(app, "count", name); word != nullptr) return word;
  if (const auto* type = ledger::find_type(name)) return app.zh ? type->zh : type->en;
  for (auto& type : ledger::catalogue())
    if (const auto* field = ledger::find_field(type.fields, name)) return app.zh ? field->zh : field->en;
  return name;
}

}  // namespace tools
