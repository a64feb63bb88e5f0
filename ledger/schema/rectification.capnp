# Rectification within a time limit (policy 五B(三)-3).
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xa926a09742e11131;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;

struct RectificationOrdered $zh("限期整改") $en("rectification ordered")
    $event(unit = any, signers = [office, reviewer],
           codes = ["due-not-after-order", "complaint-not-upheld", "ground-without-basis", "order-number-taken"]) {
  orderNo @0 :Text $is(code = 40, need = true) $zh("整改通知编号") $en("order number");
  ground @1 :Ground $is(choice = void, need = true) $zh("整改事由") $en("ground");
  requirements @2 :List(Requirement) $is(group = void, need = true, least = 1, most = 30) $zh("整改要求") $en("requirements");
  due @3 :Int32 $is(date = void, need = true) $zh("整改期限") $en("due");
  text @4 :Text $is(text = 2000) $zh("内容") $en("text");
  finding @5 :Data $is(ref = (to = ["InspectionFindingRecorded"], sameUnit = true, notLater = true)) $zh("依据的督查发现") $en("finding");
  complaint @6 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true)) $zh("投诉") $en("complaint");
  item @7 :Data $is(ref = (to = ["UnitListSubmitted"], sameUnit = true)) $zh("所在责任清单") $en("list of the item");
  bulletin @8 :Data $is(ref = (to = ["BulletinIssued"])) $zh("通报") $en("bulletin");
  enum Ground {
    weakMeasures @0 $zh("措施不力") $en("weak measures");
    inadequateWork @1 $zh("工作不到位") $en("inadequate work");
    unfinishedTask @2 $zh("任务未完成") $en("unfinished task");
    upheldComplaint @3 $zh("投诉属实") $en("complaint upheld");
  }
  struct Requirement {
    no @0 :Int32 $is(int = (min = 1, max = 30), need = true) $zh("序号") $en("number");
    text @1 :Text $is(text = 500, need = true) $zh("要求内容") $en("text");
  }
}

struct RectificationSubmitted $zh("整改签收/方案/报告") $en("rectification submitted")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["rectification-not-open", "already-acknowledged", "requirement-unanswered", "report-pending"]) {
  stage @0 :Stage $is(choice = void, need = true) $zh("阶段") $en("stage");
  measures @1 :List(Measure) $is(group = void, least = 0, most = 30) $zh("整改措施") $en("measures");
  order @2 :Data $is(ref = (to = ["RectificationOrdered"], sameUnit = true, notLater = true), need = true) $zh("整改通知") $en("order");
  evidence @3 :List(Data) $is(ref = (to = ["ActivityHeld", "CaseInterpretationPublished", "JudgmentDocumentPublished", "EnforcementBasisDeclared", "EnforcementBasisDisclosed", "MediaContentReleased", "TrainingHeld", "ExamHeld", "StudySessionHeld", "DutyReportDelivered", "InquiryAnswered", "WorkReportSubmitted", "EvidenceAttached", "VillageLegalPostRecorded", "HonourConferred"], sameUnit = true), least = 0, most = 500) $zh("佐证") $en("evidence");
  enum Stage {
    acknowledgement @0 $zh("签收") $en("acknowledgement");
    plan @1 $zh("整改方案") $en("plan");
    report @2 $zh("整改报告") $en("report");
  }
  struct Measure {
    requirement @0 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("整改要求序号") $en("requirement");
    action @1 :Text $is(text = 1000, need = true) $zh("整改措施") $en("action");
  }
}

struct RectificationDecided $zh("整改验收") $en("rectification decided")
    $event(unit = any, signers = [office, reviewer],
           codes = ["rectification-not-open", "report-missing", "report-already-decided", "outcome-shape", "self-decision"]) {
  outcome @0 :Outcome $is(choice = void, need = true) $zh("验收结果") $en("outcome");
  newDue @1 :Int32 $is(date = void) $zh("新期限") $en("new due");
  hasNewDue @2 :Bool $presence;
  reason @3 :Text $is(text = 1000) $zh("理由") $en("reason");
  order @4 :Data $is(ref = (to = ["RectificationOrdered"], sameUnit = true, notLater = true), need = true) $zh("整改通知") $en("order");
  report @5 :Data $is(ref = (to = ["RectificationSubmitted"], sameUnit = true, notLater = true)) $zh("整改报告") $en("report");
  enum Outcome {
    accepted @0 $zh("验收通过") $en("accepted");
    rejected @1 $zh("退回") $en("rejected");
  }
}

struct RectificationVaried $zh("延期/督办/撤销") $en("rectification varied")
    $event(unit = any, signers = [office, reviewer],
           codes = ["rectification-not-open", "extension-after-due", "extension-too-long", "not-overdue", "decision-missing"]) {
  change @0 :Change $is(choice = void, need = true) $zh("变更方式") $en("change");
  newDue @1 :Int32 $is(date = void) $zh("新期限") $en("new due");
  hasNewDue @2 :Bool $presence;
  measure @3 :Measure $is(choice = void) $zh("督办措施") $en("measure");
  hasMeasure @4 :Bool $presence;
  reason @5 :Text $is(text = 1000, need = true) $zh("理由") $en("reason");
  order @6 :Data $is(ref = (to = ["RectificationOrdered"], sameUnit = true, notLater = true), need = true) $zh("整改通知") $en("order");
  decision @7 :Data $is(ref = (to = ["ObjectionDecided", "ReviewDecided"])) $zh("依据的决定") $en("decision");
  enum Change {
    extended @0 $zh("延期") $en("extended");
    escalated @1 $zh("升级督办") $en("escalated");
    cancelled @2 $zh("撤销") $en("cancelled");
  }
  enum Measure {
    superviseNotice @0 $zh("督办单") $en("supervision notice");
    interview @1 $zh("约谈") $en("interview");
    publicCriticism @2 $zh("通报批评") $en("public criticism");
  }
}
