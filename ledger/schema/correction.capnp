# Verification, correction and annulment of records.
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xe1678724f200199e;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using Common = import "common.capnp";

struct RecordVerified $zh("记录核实") $en("record verified")
    $event(unit = any, signers = [office, reviewer],
           codes = ["reason-missing", "original-missing", "self-verification"]) {
  finding @0 :Finding $is(choice = void, need = true) $zh("核实结论") $en("finding");
  method @1 :Method $is(choice = void, need = true) $zh("核实方式") $en("method");
  reason @2 :Text $is(text = 500) $zh("理由") $en("reason");
  targets @3 :List(Data) $is(ref = (to = ["ActivityHeld", "CaseInterpretationPublished", "JudgmentDocumentPublished", "EnforcementBasisDeclared", "EnforcementBasisDisclosed", "MediaContentReleased", "TrainingHeld", "ExamHeld", "StudySessionHeld", "DutyReportDelivered", "InquiryAnswered", "VillageLegalPostRecorded", "ListItemCompleted", "BudgetAllocated", "SystemEstablished", "OfficerDesignated", "DemandAnalysed"], sameUnit = true, notLater = true), need = true, least = 1, most = 500) $zh("目标记录") $en("targets");
  original @4 :Data $is(ref = ()) $zh("原记录") $en("original");
  enum Finding {
    ok @0 $zh("核实无误") $en("verified");
    duplicate @1 $zh("重复") $en("duplicate");
    notHeld @2 $zh("未开展") $en("not held");
    inflated @3 $zh("虚报") $en("inflated");
    forged @4 $zh("伪造") $en("forged");
  }
  enum Method {
    documents @0 $zh("查阅资料") $en("documents");
    onSite @1 $zh("实地核查") $en("on site");
    telephone @2 $zh("电话核实") $en("by telephone");
    system @3 $zh("系统比对") $en("by system");
    spotCheck @4 $zh("抽查") $en("spot check");
  }
}

struct RecordCorrected $zh("更正") $en("record corrected")
    $event(unit = optional, signers = [unitHead, office],
           codes = ["not-correctable", "target-annulled", "after-cutoff", "not-your-record", "forged-not-correctable"]) {
  changes @0 :List(Common.Change) $is(changes = void, need = true, least = 1, most = 100) $zh("变更内容") $en("changes");
  reason @1 :Text $is(text = 500, need = true) $zh("理由") $en("reason");
  target @2 :Data $is(ref = (sameUnit = true), need = true) $zh("目标记录") $en("target");
}

struct RecordAnnulled $zh("作废") $en("record annulled")
    $event(unit = optional, signers = [unitHead, office, superior, deputy],
           codes = ["not-correctable", "annulled-twice", "after-cutoff", "not-your-record", "forged-not-correctable"]) {
  reason @0 :Text $is(text = 500, need = true) $zh("理由") $en("reason");
  target @1 :Data $is(ref = (sameUnit = true), need = true) $zh("目标记录") $en("target");
}
