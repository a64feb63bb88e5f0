# Bulletins and the use of results (policy 五A(六), (八)).
# Field order is the stored order: new fields are appended, numbers are never reused.
@0x8386f51a19c1a3e5;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;
using Common = import "common.capnp";

struct BulletinDrafted $zh("通报拟稿") $en("bulletin drafted")
    $event(unit = absent, signers = [office],
           codes = ["result-not-confirmed", "units-missing", "head-unknown"]) {
  kind @0 :Kind $is(choice = void, need = true) $zh("通报种类") $en("kind");
  title @1 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  addressees @2 :List(Text) $is(text = 100, need = true, least = 1, most = 100) $zh("主送机关") $en("addressees");
  copies @3 :List(Text) $is(text = 100, least = 0, most = 50) $zh("抄送机关") $en("copies");
  units @4 :List(Text) $is(unit = void, need = true, least = 0, most = 300) $zh("点名单位") $en("units");
  headSize @5 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("账本头记录数") $en("head size") $unit("record");
  headRoot @6 :Data $is(hex = 32, need = true) $zh("账本头根哈希") $en("head root");
  bodySha256 @7 :Data $is(hex = 32, need = true) $zh("正文 SHA-256") $en("body SHA-256");
  result @8 :Data $is(ref = (to = ["ResultPublished"])) $zh("考核结果") $en("result");
  complaints @9 :List(Data) $is(ref = (to = ["ComplaintFiled"]), least = 0, most = 500) $zh("涉及投诉") $en("complaints");
  orders @10 :List(Data) $is(ref = (to = ["RectificationOrdered"]), least = 0, most = 500) $zh("涉及整改") $en("orders");
  replaces @11 :Data $is(ref = (to = ["BulletinDrafted"])) $zh("替代的记录") $en("replaces");
  enum Kind {
    duty @0 $zh("认真履行普法职责") $en("duty performance");
    complaintRectification @1 $zh("投诉及执法部门的整改落实情况") $en("complaints and rectification");
    commendation @2 $zh("全区通报表扬") $en("commendation");
    criticism @3 $zh("予以通报") $en("criticism");
    assessmentResult @4 $zh("考核结果") $en("assessment result");
  }
}

struct BulletinReviewed $zh("核稿/签发") $en("bulletin reviewed")
    $event(unit = absent, signers = [office, reviewer],
           codes = ["bulletin-state", "same-person"]) {
  step @0 :Step $is(choice = void, need = true) $zh("审核步骤") $en("step");
  outcome @1 :Outcome $is(choice = void, need = true) $zh("审核结果") $en("outcome");
  reason @2 :Text $is(text = 500) $zh("理由") $en("reason");
  person @3 :Text $is(person = void, need = true) $zh("审签人") $en("person (pseudonym)");
  draft @4 :Data $is(ref = (to = ["BulletinDrafted"], notLater = true), need = true) $zh("通报拟稿") $en("draft");
  enum Step {
    review @0 $zh("核稿") $en("review");
    signOff @1 $zh("签发") $en("sign-off");
  }
  enum Outcome {
    approved @0 $zh("同意") $en("approved");
    returned @1 $zh("退回") $en("returned");
  }
}

struct BulletinIssued $zh("编号印发") $en("bulletin issued")
    $event(unit = absent, signers = [office],
           codes = ["bulletin-state", "number-not-next", "number-year"]) {
  docNo @0 :Common.DocNo $is(group = void, need = true) $zh("文号") $en("document number");
  continues @1 :Int32 $is(int = (min = 1, max = 9999)) $zh("接续纸质编号") $en("continues paper number");
  hasContinues @2 :Bool $presence;
  publicOn @3 :Int32 $is(date = void) $zh("公开日期") $en("public on");
  hasPublicOn @4 :Bool $presence;
  printedCopies @5 :Int32 $is(int = (min = 0, max = 10000)) $zh("印发份数") $en("printed copies") $unit("copy");
  hasPrintedCopies @6 :Bool $presence;
  draft @7 :Data $is(ref = (to = ["BulletinDrafted"], notLater = true), need = true) $zh("通报拟稿") $en("draft");
}

struct BulletinAmended $zh("通报更正/撤回") $en("bulletin amended")
    $event(unit = absent, signers = [office],
           codes = ["bulletin-state"]) {
  change @0 :Change $is(choice = void, need = true) $zh("变更方式") $en("change");
  text @1 :Text $is(text = 2000, need = true) $zh("更正或撤回说明") $en("text");
  bulletin @2 :Data $is(ref = (to = ["BulletinIssued"], notLater = true), need = true) $zh("通报") $en("bulletin");
  enum Change {
    corrected @0 $zh("更正") $en("corrected");
    withdrawn @1 $zh("撤回") $en("withdrawn");
  }
}

struct ResultExported $zh("结果计入") $en("result exported")
    $event(unit = absent, signers = [office],
           codes = ["result-not-confirmed"]) {
  system @0 :System $is(choice = void, need = true) $zh("考核体系") $en("system");
  rows @1 :List(Row) $is(group = void, need = true, least = 1, most = 300) $zh("计分明细") $en("rows");
  recipient @2 :Text $is(text = 100, need = true) $zh("接收单位") $en("recipient");
  result @3 :Data $is(ref = (to = ["ResultPublished"], notLater = true), need = true) $zh("考核结果") $en("result");
  enum System {
    performance @0 $zh("绩效考核") $en("performance assessment");
    comprehensiveGovernance @1 $zh("综治目标考核") $en("comprehensive governance assessment");
    civilizedCity @2 $zh("文明城市创建体系") $en("civilised city");
    ruleOfLawCity @3 $zh("法治城市创建") $en("rule-of-law city");
    cadreMerit @4 $zh("政绩考核") $en("cadre merit assessment");
  }
  struct Row {
    unit @0 :Text $is(unit = void, need = true) $zh("责任主体") $en("unit");
    points @1 :Int64 $is(points = void, need = true) $zh("分值") $en("points") $unit("0.01 point");
  }
}
