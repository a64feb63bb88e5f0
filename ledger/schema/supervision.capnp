# Supervision and evaluation (policy 五A(五), 五B(二)).
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xaa42ed70665b7fb1;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;

struct InspectionOpened $zh("督查启动") $en("inspection opened")
    $event(unit = absent, signers = [office, superior],
           codes = ["sample-seed-missing"]) {
  kind @0 :Kind $is(choice = void, need = true) $zh("督查种类") $en("kind");
  title @1 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  units @2 :List(Text) $is(unit = void, need = true, least = 1, most = 200) $zh("受检单位") $en("units");
  members @3 :List(Text) $is(person = void, least = 0, most = 50) $zh("参加人员") $en("members");
  sampleSeed @4 :Data $is(hex = 32) $zh("抽样种子") $en("sample seed");
  plan @5 :Text $is(text = 2000) $zh("督查方案") $en("plan");
  enum Kind {
    routine @0 $zh("日常检查考核") $en("routine inspection");
    spot @1 $zh("抽查") $en("spot check");
    special @2 $zh("专项督查") $en("special inspection");
    deputyVisit @3 $zh("人大代表、政协委员检查视察") $en("visit of deputies");
    dutyReview @4 $zh("履职报告评议") $en("duty report review");
  }
}

struct InspectionFindingRecorded $zh("督查发现") $en("inspection finding recorded")
    $event(unit = any, signers = [office, superior, deputy],
           codes = ["unit-not-inspected", "inspection-closed"]) {
  severity @0 :Severity $is(choice = void, need = true) $zh("严重程度") $en("severity");
  text @1 :Text $is(text = 2000, need = true) $zh("发现的问题") $en("text");
  clause @2 :Text $is(text = 40) $zh("依据条款") $en("clause");
  itemNo @3 :Text $is(code = 20) $zh("清单事项序号") $en("list item number");
  inspection @4 :Data $is(ref = (to = ["InspectionOpened"], notLater = true), need = true) $zh("督查") $en("inspection");
  against @5 :Data $is(ref = (to = ["AnnualPlanSubmitted", "UnitListSubmitted", "ActivityHeld", "CaseInterpretationPublished", "JudgmentDocumentPublished", "EnforcementBasisDeclared", "EnforcementBasisDisclosed", "MediaContentReleased", "TrainingHeld", "ExamHeld", "StudySessionHeld", "DutyReportDelivered", "InquiryAnswered", "WorkReportSubmitted", "EvidenceAttached", "VillageLegalPostRecorded", "HonourConferred"], sameUnit = true)) $zh("对照记录") $en("measured against");
  enum Severity {
    minor @0 $zh("轻微问题") $en("minor");
    general @1 $zh("一般问题") $en("general");
    major @2 $zh("严重问题") $en("major");
  }
}

struct InspectionClosed $zh("督查结论") $en("inspection closed")
    $event(unit = absent, signers = [office, superior],
           codes = ["inspection-closed", "score-shape", "unit-not-inspected"]) {
  refusals @0 :List(Text) $is(unit = void, least = 0, most = 200) $zh("拒绝检查的单位") $en("refusals");
  scores @1 :List(Score) $is(group = void, least = 0, most = 200) $zh("评分") $en("scores");
  summary @2 :Text $is(text = 4000, need = true) $zh("督查情况") $en("summary");
  inspection @3 :Data $is(ref = (to = ["InspectionOpened"], notLater = true), need = true) $zh("督查") $en("inspection");
  struct Score {
    unit @0 :Text $is(unit = void, need = true) $zh("责任主体") $en("unit");
    sum @1 :Int32 $is(int = (min = 0, max = 1000000), need = true) $zh("评分合计") $en("sum of scores") $unit("point");
    n @2 :Int32 $is(int = (min = 1, max = 1000), need = true) $zh("评分份数") $en("number of scores") $unit("score");
  }
}

struct SurveyOpened $zh("民意测评启动") $en("survey opened")
    $event(unit = absent, signers = [surveyor, office],
           codes = []) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  kind @1 :Kind $is(choice = void, need = true) $zh("测评种类") $en("kind");
  method @2 :Method $is(choice = void, need = true) $zh("测评方式") $en("method");
  frame @3 :Text $is(text = 500, need = true) $zh("抽样框") $en("sampling frame");
  questions @4 :List(Text) $is(text = 300, need = true, least = 1, most = 20) $zh("测评题目") $en("questions");
  units @5 :List(Text) $is(unit = void, need = true, least = 1, most = 200) $zh("被测评单位") $en("units");
  plannedSample @6 :Int32 $is(int = (min = 1, max = 1000000), need = true) $zh("计划样本量") $en("planned sample") $unit("person");
  commission @7 :Data $is(ref = (to = ["ThirdPartyCommissioned"])) $zh("评估委托") $en("commission");
  enum Kind {
    satisfaction @0 $zh("满意度测评") $en("satisfaction");
    awareness @1 $zh("知晓率调查") $en("awareness");
    media @2 $zh("媒体传播效果调查") $en("media effect");
  }
  enum Method {
    street @0 $zh("街头拦访") $en("street");
    telephone @1 $zh("电话调查") $en("telephone");
    online @2 $zh("网络问卷") $en("online");
    window @3 $zh("窗口测评") $en("window");
    mail @4 $zh("邮寄问卷") $en("mail");
  }
}

struct SurveyResponsesRecorded $zh("测评答卷批量记录") $en("survey responses recorded")
    $event(unit = any, signers = [surveyor],
           codes = ["survey-closed", "unit-not-surveyed", "survey-token-reused"]) {
  rows @0 :List(Row) $is(group = void, need = true, least = 1, most = 1000) $zh("答卷") $en("rows");
  survey @1 :Data $is(ref = (to = ["SurveyOpened"], notLater = true), need = true) $zh("民意测评") $en("survey");
  struct Row {
    token @0 :Data $is(hex = 16, need = true) $zh("答卷编号") $en("token");
    answer @1 :Answer $is(choice = void, need = true) $zh("测评选项") $en("answer");
    enum Answer {
      verySatisfied @0 $zh("非常满意") $en("very satisfied");
      satisfied @1 $zh("满意") $en("satisfied");
      fairlySatisfied @2 $zh("基本满意") $en("fairly satisfied");
      dissatisfied @3 $zh("不满意") $en("dissatisfied");
      invalid @4 $zh("无效") $en("invalid");
    }
  }
}

struct SurveyClosed $zh("民意测评结束") $en("survey closed")
    $event(unit = absent, signers = [surveyor],
           codes = ["survey-closed", "tally-mismatch"]) {
  tallies @0 :List(Tally) $is(group = void, need = true, least = 1, most = 200) $zh("测评汇总") $en("tallies");
  survey @1 :Data $is(ref = (to = ["SurveyOpened"], notLater = true), need = true) $zh("民意测评") $en("survey");
  struct Tally {
    unit @0 :Text $is(unit = void, need = true) $zh("责任主体") $en("unit");
    verySatisfied @1 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("非常满意") $en("very satisfied") $unit("answer");
    satisfied @2 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("满意") $en("satisfied") $unit("answer");
    fairlySatisfied @3 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("基本满意") $en("fairly satisfied") $unit("answer");
    dissatisfied @4 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("不满意") $en("dissatisfied") $unit("answer");
    invalid @5 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("无效") $en("invalid") $unit("answer");
  }
}

struct ThirdPartyCommissioned $zh("第三方评估委托") $en("third party commissioned")
    $event(unit = absent, signers = [office],
           codes = ["conflict-not-declared"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  evaluator @1 :Text $is(text = 100, need = true) $zh("评估机构") $en("evaluator");
  evaluatorCode @2 :Text $is(uscc = void, need = true) $zh("评估机构信用代码") $en("evaluator code");
  contractNo @3 :Text $is(code = 60, need = true) $zh("合同编号") $en("contract number");
  scope @4 :Text $is(text = 1000, need = true) $zh("评估范围") $en("scope");
  conflicts @5 :List(Text) $is(unit = void, need = true, least = 0, most = 50) $zh("有利益冲突的单位") $en("conflicts");
  conflictDeclared @6 :Bool $is(flag = void, need = true) $zh("已声明利益冲突") $en("conflict declared");
}

struct ThirdPartyReportDelivered $zh("第三方评估报告") $en("third party report delivered")
    $event(unit = absent, signers = [evaluator],
           codes = ["evaluator-conflict", "score-duplicate"]) {
  method @0 :Text $is(text = 2000, need = true) $zh("评估方法") $en("method");
  scores @1 :List(Score) $is(group = void, need = true, least = 1, most = 200) $zh("评分") $en("scores");
  commission @2 :Data $is(ref = (to = ["ThirdPartyCommissioned"], notLater = true), need = true) $zh("评估委托") $en("commission");
  replaces @3 :Data $is(ref = (to = ["ThirdPartyReportDelivered"])) $zh("替代的记录") $en("replaces");
  struct Score {
    unit @0 :Text $is(unit = void, need = true) $zh("责任主体") $en("unit");
    score @1 :Int32 $is(int = (min = 0, max = 10000), need = true) $zh("评估得分") $en("score") $unit("0.01 point");
  }
}

struct MediaInvestigationRecorded $zh("媒体跟踪调查") $en("media investigation recorded")
    $event(unit = any, signers = [media, office],
           codes = []) {
  medium @0 :Text $is(text = 100, need = true) $zh("媒体名称") $en("medium");
  finding @1 :Finding $is(choice = void, need = true) $zh("调查结论") $en("finding");
  text @2 :Text $is(text = 2000, need = true) $zh("内容") $en("text");
  url @3 :Text $is(text = 500) $zh("网址") $en("URL");
  enum Finding {
    positive @0 $zh("正面") $en("positive");
    neutral @1 $zh("中性") $en("neutral");
    negative @2 $zh("负面") $en("negative");
  }
}

struct EffectFeedbackSent $zh("效果反馈") $en("effect feedback sent")
    $event(unit = any, signers = [office],
           codes = []) {
  text @0 :Text $is(text = 2000, need = true) $zh("反馈内容") $en("text");
  due @1 :Int32 $is(date = void) $zh("回应期限") $en("due");
  hasDue @2 :Bool $presence;
  sources @3 :List(Data) $is(ref = (to = ["InspectionClosed", "SurveyClosed", "ThirdPartyReportDelivered", "MediaInvestigationRecorded"], notLater = true), need = true, least = 1, most = 50) $zh("反馈来源") $en("sources");
}
