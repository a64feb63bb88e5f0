# Lists, plans, filings and the organisation of the duty (policy 五A(一) to (四), 五B(一)).
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xf97b055f2730cdbe;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;
using Common = import "common.capnp";

struct DistrictListIssued $zh("全区责任清单印发") $en("district list issued")
    $event(unit = absent, signers = [office],
           codes = ["item-duplicate", "list-exists"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  kind @1 :Kind $is(choice = void, need = true) $zh("清单种类") $en("kind");
  items @2 :List(Item) $is(group = void, need = true, least = 1, most = 200) $zh("清单事项") $en("items");
  goals @3 :List(Text) $is(text = 500, least = 0, most = 30) $zh("年度目标") $en("goals");
  document @4 :Data $is(ref = (to = ["PolicyDocumentIssued"])) $zh("文件") $en("document");
  supersedes @5 :Data $is(ref = (to = ["DistrictListIssued"])) $zh("取代的记录") $en("supersedes");
  enum Kind {
    responsibility @0 $zh("责任清单") $en("responsibility list");
    project @1 $zh("年度项目清单") $en("annual project list");
  }
  struct Item {
    no @0 :Text $is(code = 20, need = true) $zh("序号") $en("number");
    content @1 :Text $is(text = 500, need = true) $zh("工作内容") $en("content");
    units @2 :List(Text) $is(unit = void, need = true, least = 0, most = 100) $zh("责任单位") $en("units");
    clause @3 :Text $is(text = 40) $zh("依据条款") $en("clause");
  }
}

struct UnitListSubmitted $zh("单位责任清单报送") $en("unit list submitted")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["item-duplicate", "list-already-accepted", "filing-pending", "due-outside-year", "district-item-unknown"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  items @1 :List(Item) $is(group = void, need = true, least = 0, most = 100) $zh("清单事项") $en("items");
  basedOn @2 :Data $is(ref = (to = ["DistrictListIssued"])) $zh("依据的全区清单") $en("based on");
  replaces @3 :Data $is(ref = (to = ["UnitListSubmitted"], sameUnit = true)) $zh("替代的记录") $en("replaces");
  struct Item {
    no @0 :Text $is(code = 20, need = true) $zh("序号") $en("number");
    dept @1 :Text $is(text = 60) $zh("承担部门") $en("responsible department");
    responsible @2 :Text $is(person = void) $zh("责任人") $en("responsible");
    content @3 :Text $is(text = 500) $zh("工作内容") $en("content");
    steps @4 :List(Step) $is(group = void, least = 0, most = 12) $zh("实施步骤") $en("steps");
    due @5 :Int32 $is(date = void) $zh("完成时限") $en("due");
    hasDue @6 :Bool $presence;
    districtItem @7 :Text $is(code = 20) $zh("对应全区清单序号") $en("item of the district list");
    goal @8 :Goal $is(choice = void) $zh("目标标签") $en("goal tag");
    hasGoal @9 :Bool $presence;
    struct Step {
      text @0 :Text $is(text = 200, need = true) $zh("步骤内容") $en("text");
      due @1 :Int32 $is(date = void) $zh("步骤时限") $en("due");
      hasDue @2 :Bool $presence;
    }
    enum Goal {
      pertinence @0 $zh("针对性") $en("pertinence");
      effectiveness @1 $zh("实效性") $en("effectiveness");
    }
  }
}

struct LearningListSubmitted $zh("领导干部学法清单报送") $en("learning list submitted")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["item-duplicate", "list-already-accepted", "filing-pending", "due-outside-year"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  items @1 :List(Item) $is(group = void, need = true, least = 1, most = 50) $zh("清单事项") $en("items");
  replaces @2 :Data $is(ref = (to = ["LearningListSubmitted"], sameUnit = true)) $zh("替代的记录") $en("replaces");
  struct Item {
    no @0 :Text $is(code = 20, need = true) $zh("序号") $en("number");
    content @1 :Text $is(text = 300, need = true) $zh("学法内容") $en("content");
    lawRefs @2 :List(Common.LawRef) $is(group = void, least = 0, most = 10) $zh("涉及法律") $en("laws");
    due @3 :Int32 $is(date = void) $zh("完成时限") $en("due");
    hasDue @4 :Bool $presence;
  }
}

struct AnnualPlanSubmitted $zh("年度计划方案报送") $en("annual plan submitted")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["plan-already-accepted", "filing-pending"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  goals @1 :List(Text) $is(text = 500, need = true, least = 1, most = 30) $zh("年度目标") $en("goals");
  tasks @2 :List(Text) $is(text = 500, need = true, least = 1, most = 60) $zh("工作任务") $en("tasks");
  innovations @3 :List(Text) $is(text = 500, least = 0, most = 10) $zh("创新举措") $en("innovations");
  replaces @4 :Data $is(ref = (to = ["AnnualPlanSubmitted"], sameUnit = true)) $zh("替代的记录") $en("replaces");
}

struct FilingDecided $zh("备案决定") $en("filing decided")
    $event(unit = any, signers = [office, reviewer, superior],
           codes = ["outcome-shape", "filing-already-decided", "authority-not-competent", "filing-number-taken", "self-decision"]) {
  authority @0 :Authority $is(choice = void, need = true) $zh("备案机关") $en("authority");
  outcome @1 :Outcome $is(choice = void, need = true) $zh("备案结果") $en("outcome");
  filingNo @2 :Text $is(code = 40) $zh("备案号") $en("filing number");
  reasons @3 :List(Text) $is(text = 300, least = 0, most = 10) $zh("退回理由") $en("reasons");
  submission @4 :Data $is(ref = (to = ["UnitListSubmitted", "LearningListSubmitted", "AnnualPlanSubmitted", "WorkReportSubmitted"], sameUnit = true, notLater = true), need = true) $zh("报送材料") $en("submission");
  enum Authority {
    office @0 $zh("区普法办") $en("the office");
    superior @1 $zh("上级主管部门") $en("superior authority");
  }
  enum Outcome {
    accepted @0 $zh("准予备案") $en("accepted for filing");
    returned @1 $zh("退回") $en("returned");
  }
}

struct ListItemAmendmentRequested $zh("清单事项变更申请") $en("list item amendment requested")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["list-not-accepted", "item-unknown", "item-cancelled", "item-closed", "amendment-after-due", "amendment-pending", "amendment-shape"]) {
  itemNo @0 :Text $is(code = 20, need = true) $zh("清单事项序号") $en("list item number");
  change @1 :Change $is(choice = void, need = true) $zh("变更方式") $en("change");
  newDue @2 :Int32 $is(date = void) $zh("新期限") $en("new due");
  hasNewDue @3 :Bool $presence;
  newContent @4 :Text $is(text = 500) $zh("变更后内容") $en("new content");
  reason @5 :Text $is(text = 500, need = true) $zh("理由") $en("reason");
  list @6 :Data $is(ref = (to = ["UnitListSubmitted"], sameUnit = true, notLater = true), need = true) $zh("责任清单") $en("list");
  enum Change {
    defer @0 $zh("延期") $en("defer");
    cancel @1 $zh("取消") $en("cancel");
    edit @2 $zh("修改") $en("edit");
  }
}

struct ListItemAmendmentDecided $zh("清单事项变更决定") $en("list item amendment decided")
    $event(unit = any, signers = [office, reviewer],
           codes = ["amendment-already-decided", "outcome-shape", "self-decision"]) {
  outcome @0 :Outcome $is(choice = void, need = true) $zh("决定结果") $en("outcome");
  reason @1 :Text $is(text = 500) $zh("理由") $en("reason");
  request @2 :Data $is(ref = (to = ["ListItemAmendmentRequested"], sameUnit = true, notLater = true), need = true) $zh("申请") $en("request");
  enum Outcome {
    approved @0 $zh("同意") $en("approved");
    refused @1 $zh("不同意") $en("refused");
  }
}

struct ListItemCompleted $zh("清单事项完成") $en("list item completed")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["list-not-accepted", "item-unknown", "item-cancelled", "item-closed", "completion-pending"]) {
  itemNo @0 :Text $is(code = 20, need = true) $zh("清单事项序号") $en("list item number");
  summary @1 :Text $is(text = 1000, need = true) $zh("完成情况") $en("summary");
  list @2 :Data $is(ref = (to = ["UnitListSubmitted"], sameUnit = true, notLater = true), need = true) $zh("责任清单") $en("list");
  works @3 :List(Data) $is(ref = (to = ["ActivityHeld", "CaseInterpretationPublished", "JudgmentDocumentPublished", "EnforcementBasisDeclared", "EnforcementBasisDisclosed", "MediaContentReleased", "TrainingHeld", "ExamHeld", "StudySessionHeld", "DutyReportDelivered", "InquiryAnswered", "WorkReportSubmitted", "EvidenceAttached", "VillageLegalPostRecorded", "HonourConferred", "SystemEstablished"], sameUnit = true, notLater = true), need = true, least = 1, most = 50) $zh("佐证的工作记录") $en("work records");
}

struct BudgetAllocated $zh("经费保障") $en("budget allocated")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["amount-zero"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  amount @1 :Int64 $is(fen = void, need = true) $zh("经费金额") $en("amount") $unit("fen");
  source @2 :Source $is(choice = void, need = true) $zh("经费来源") $en("source");
  document @3 :Data $is(ref = (to = ["PolicyDocumentIssued"])) $zh("文件") $en("document");
  enum Source {
    fiscal @0 $zh("财政拨款") $en("fiscal");
    own @1 $zh("单位自筹") $en("own funds");
    special @2 $zh("专项经费") $en("special funds");
    other @3 $zh("其他") $en("other");
  }
}

struct SystemEstablished $zh("制度建立") $en("system established")
    $event(unit = optional, signers = [unit, unitHead, office],
           codes = []) {
  kind @0 :Kind $is(choice = void, need = true) $zh("制度种类") $en("kind");
  title @1 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  docNo @2 :Common.DocNo $is(group = void) $zh("文号") $en("document number");
  document @3 :Data $is(ref = (to = ["PolicyDocumentIssued"])) $zh("文件") $en("document");
  enum Kind {
    caseInterpretation @0 $zh("以案释法制度") $en("case interpretation");
    caseRelease @1 $zh("典型案例发布制度") $en("typical case release");
    judgmentDisclosure @2 $zh("生效法律文书统一上网和公开查询制度") $en("judgment disclosure");
    studyExam @3 $zh("学法用法、考法考核") $en("study and exam");
    centralGroupStudy @4 $zh("党委(党组)理论中心组学法") $en("central group study");
    annualLawReport @5 $zh("年度述法") $en("annual report on the rule of law");
    lawLecture @6 $zh("法治讲座") $en("law lecture");
    lawTraining @7 $zh("法律知识培训") $en("law training");
    examAssessment @8 $zh("考试考核") $en("exam and assessment");
    workReport @9 $zh("工作报告") $en("work report");
    filing @10 $zh("备案") $en("filing");
    bulletin @11 $zh("通报") $en("bulletin");
    jointMeeting @12 $zh("联席工作会议") $en("joint meeting");
    leadingBody @13 $zh("领导机构") $en("leading body");
    other @14 $zh("其他") $en("other");
  }
}

struct IntegrationRecorded $zh("纳入考核体系") $en("integration recorded")
    $event(unit = optional, signers = [office, unit, unitHead],
           codes = ["integration-shape"]) {
  system @0 :Common.IntegrationSystem $is(choice = void, need = true) $zh("考核体系") $en("system");
  maxPoints @1 :Int64 $is(points = void) $zh("最高计分") $en("max points") $unit("0.01 point");
  hasMaxPoints @2 :Bool $presence;
  sameDeployed @3 :Bool $is(flag = void) $zh("同部署") $en("same deployed");
  hasSameDeployed @4 :Bool $presence;
  sameInspected @5 :Bool $is(flag = void) $zh("同检查") $en("same inspected");
  hasSameInspected @6 :Bool $presence;
  sameAssessed @7 :Bool $is(flag = void) $zh("同考核") $en("same assessed");
  hasSameAssessed @8 :Bool $presence;
  docNo @9 :Common.DocNo $is(group = void) $zh("文号") $en("document number");
  document @10 :Data $is(ref = (to = ["PolicyDocumentIssued"])) $zh("文件") $en("document");
}
