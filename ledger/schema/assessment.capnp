# The yearly assessment (policy 五A(八)).
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xb77a3be26b7127aa;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;

struct SelfAssessmentSubmitted $zh("自评") $en("self assessment submitted")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["scheme-not-standing", "indicator-unknown", "assessment-state"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  scores @1 :List(Score) $is(group = void, need = true, least = 1, most = 60) $zh("自评得分") $en("scores");
  scheme @2 :Data $is(ref = (to = ["AssessmentSchemePublished"]), need = true) $zh("考核办法") $en("scheme");
  struct Score {
    indicator @0 :Text $is(code = 10, need = true) $zh("指标") $en("indicator");
    points @1 :Int64 $is(points = void, need = true) $zh("自评分值") $en("points") $unit("0.01 point");
    text @2 :Text $is(text = 500) $zh("自评说明") $en("text");
  }
}

struct ResultPublished $zh("考核结果公布") $en("result published")
    $event(unit = absent, signers = [office],
           codes = ["scheme-not-standing", "head-unknown", "before-cutoff", "result-exists", "no-preliminary", "objection-window-open", "objection-open", "nothing-to-supersede", "index-missing", "result-differs", "assessment-state", "calendar-missing"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  stage @1 :Stage $is(choice = void, need = true) $zh("阶段") $en("stage");
  headSize @2 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("账本头记录数") $en("head size") $unit("record");
  headRoot @3 :Data $is(hex = 32, need = true) $zh("账本头根哈希") $en("head root");
  resultHash @4 :Data $is(hex = 32, need = true) $zh("结果哈希") $en("result hash");
  projection @5 :Text $is(code = 40, need = true) $zh("计分程序") $en("projection");
  projectionVersion @6 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("计分程序版本") $en("projection version");
  rows @7 :List(Row) $is(group = void, need = true, least = 1, most = 300) $zh("排名明细") $en("rows");
  scheme @8 :Data $is(ref = (to = ["AssessmentSchemePublished"]), need = true) $zh("考核办法") $en("scheme");
  replaces @9 :Data $is(ref = (to = ["ResultPublished"])) $zh("替代的记录") $en("replaces");
  enum Stage {
    preliminary @0 $zh("初步结果") $en("preliminary");
    final @1 $zh("最终结果") $en("final");
    superseding @2 $zh("更正结果") $en("superseding");
  }
  struct Row {
    unit @0 :Text $is(unit = void, need = true) $zh("责任主体") $en("unit");
    total @1 :Int64 $is(points = void, need = true) $zh("总分") $en("total") $unit("0.01 point");
    rank @2 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("区内排名") $en("rank");
    categoryRank @3 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("同类排名") $en("category rank");
    grade @4 :Grade $is(choice = void, need = true) $zh("等次") $en("grade");
    vetoed @5 :Bool $is(flag = void, need = true) $zh("一票否决") $en("vetoed");
    enum Grade {
      excellent @0 $zh("优秀") $en("excellent");
      good @1 $zh("良好") $en("good");
      qualified @2 $zh("合格") $en("qualified");
      unqualified @3 $zh("不合格") $en("unqualified");
    }
  }
}

struct FinalResultConfirmed $zh("结果确定") $en("final result confirmed")
    $event(unit = absent, signers = [reviewer],
           codes = ["result-not-final", "result-already-confirmed", "result-replaced"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  result @1 :Data $is(ref = (to = ["ResultPublished"], notLater = true), need = true) $zh("考核结果") $en("result");
}

struct ObjectionFiled $zh("异议") $en("objection filed")
    $event(unit = own, signers = [unitHead],
           codes = ["objection-window-closed", "indicator-unknown", "objection-duplicate", "assessment-state", "calendar-missing"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  indicator @1 :Text $is(code = 10, need = true) $zh("指标") $en("indicator");
  claimed @2 :Int64 $is(points = void, need = true) $zh("主张分值") $en("claimed") $unit("0.01 point");
  grounds @3 :Data $is(sealed = 4000, need = true) $zh("理由") $en("grounds");
  result @4 :Data $is(ref = (to = ["ResultPublished"], notLater = true), need = true) $zh("考核结果") $en("result");
  evidence @5 :List(Data) $is(ref = (to = ["ActivityHeld", "CaseInterpretationPublished", "JudgmentDocumentPublished", "EnforcementBasisDeclared", "EnforcementBasisDisclosed", "MediaContentReleased", "TrainingHeld", "ExamHeld", "StudySessionHeld", "DutyReportDelivered", "InquiryAnswered", "WorkReportSubmitted", "EvidenceAttached", "VillageLegalPostRecorded", "HonourConferred"], sameUnit = true), least = 0, most = 500) $zh("佐证") $en("evidence");
}

struct ObjectionDecided $zh("异议决定") $en("objection decided")
    $event(unit = any, signers = [office, reviewer],
           codes = ["outcome-shape", "year-mismatch", "objection-already-decided", "indicator-unknown", "review-before-first", "self-decision", "assessment-state"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  level @1 :Level $is(choice = void, need = true) $zh("决定层级") $en("level");
  outcome @2 :Outcome $is(choice = void, need = true) $zh("异议结果") $en("outcome");
  adjustments @3 :List(Adjustment) $is(group = void, least = 0, most = 20) $zh("分值调整") $en("adjustments");
  reason @4 :Data $is(sealed = 4000, need = true) $zh("理由") $en("reason");
  basis @5 :Text $is(text = 200) $zh("依据") $en("basis");
  objection @6 :Data $is(ref = (to = ["ObjectionFiled"], sameUnit = true, notLater = true)) $zh("异议") $en("objection");
  enum Level {
    first @0 $zh("初次决定") $en("first decision");
    review @1 $zh("复核") $en("review");
    external @2 $zh("外部决定") $en("external decision");
  }
  enum Outcome {
    upheld @0 $zh("成立") $en("upheld");
    partlyUpheld @1 $zh("部分成立") $en("partly upheld");
    dismissed @2 $zh("不成立") $en("dismissed");
    notAccepted @3 $zh("不予受理") $en("not accepted");
  }
  struct Adjustment {
    indicator @0 :Text $is(code = 10, need = true) $zh("指标") $en("indicator");
    from @1 :Int64 $is(points = void, need = true) $zh("原分值") $en("from") $unit("0.01 point");
    to @2 :Int64 $is(points = void, need = true) $zh("调整后分值") $en("to") $unit("0.01 point");
  }
}

struct VetoDecided $zh("一票否决决定") $en("veto decided")
    $event(unit = any, signers = [office, reviewer],
           codes = ["veto-exists"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  code @1 :Code $is(choice = void, need = true) $zh("否决情形") $en("code");
  outcome @2 :Outcome $is(choice = void, need = true) $zh("决定结果") $en("outcome");
  reason @3 :Text $is(text = 2000, need = true) $zh("理由") $en("reason");
  basis @4 :List(Data) $is(ref = (), least = 0, most = 500) $zh("依据的记录") $en("basis");
  enum Code {
    v1 @0 $zh("弄虚作假") $en("forged evidence");
    v2 @1 $zh("拒绝检查或第三方评估") $en("refused inspection or evaluation");
    v3 @2 $zh("整改两次退回或逾期超过60日") $en("rectification failed");
    v4 @3 $zh("打击报复投诉人") $en("retaliation");
  }
  enum Outcome {
    applied @0 $zh("适用") $en("applied");
    lifted @1 $zh("解除") $en("lifted");
  }
}

struct PointsDecided $zh("加分/扣分决定") $en("points decided")
    $event(unit = any, signers = [office, reviewer],
           codes = ["points-already-derived", "points-duplicate"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  kind @1 :Kind $is(choice = void, need = true) $zh("加分或扣分") $en("kind");
  points @2 :Int32 $is(int = (min = 1, max = 1000), need = true) $zh("分值") $en("points") $unit("0.01 point");
  matterKey @3 :Text $is(code = 40, need = true) $zh("事项标识") $en("matter key");
  reason @4 :Text $is(text = 1000, need = true) $zh("理由") $en("reason");
  basis @5 :List(Data) $is(ref = (), least = 0, most = 500) $zh("依据的记录") $en("basis");
  enum Kind {
    bonus @0 $zh("加分") $en("bonus");
    penalty @1 $zh("扣分") $en("penalty");
  }
}
