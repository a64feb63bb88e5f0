# Complaints, criticism and suggestions (policy 五A(五)-6).
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xbfcc6ffbdb43ec85;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;
using Common = import "common.capnp";

struct ComplaintFiled $zh("投诉/批评/建议提交") $en("complaint filed")
    $event(unit = any, signers = [intakeDesk],
           codes = ["filer-shape", "dates-reversed", "desk-conflict"]) {
  kind @0 :Kind $is(choice = void, need = true) $zh("诉求种类") $en("kind");
  channel @1 :Common.ComplaintChannel $is(choice = void, need = true) $zh("提交渠道") $en("channel");
  filerClass @2 :FilerClass $is(choice = void, need = true) $zh("投诉人类别") $en("filer class");
  anonymous @3 :Bool $is(flag = void, need = true) $zh("是否匿名") $en("anonymous");
  filer @4 :Data $is(sealed = 60) $zh("投诉人代号") $en("filer (pseudonym)");
  filerName @5 :Data $is(sealed = 60) $zh("投诉人姓名") $en("filer name");
  filerContact @6 :Data $is(sealed = 200) $zh("投诉人联系方式") $en("filer contact");
  subject @7 :Data $is(sealed = 100, need = true) $zh("主题") $en("subject");
  topic @8 :Text $is(code = 40) $zh("主题分类") $en("topic");
  receipt @9 :Data $is(hex = 32) $zh("回执摘要") $en("receipt hash");
  text @10 :Data $is(sealed = 8000, need = true) $zh("诉求内容") $en("text");
  receivedOn @11 :Int32 $is(date = void, need = true) $zh("收到日期") $en("received on");
  about @12 :Data $is(ref = ()) $zh("关联记录") $en("about");
  enum Kind {
    complaint @0 $zh("投诉") $en("complaint");
    criticism @1 $zh("批评") $en("criticism");
    suggestion @2 $zh("建议") $en("suggestion");
  }
  enum FilerClass {
    counterparty @0 $zh("行政相对人") $en("counterparty of administration");
    served @1 $zh("服务对象") $en("person served");
    other @2 $zh("其他参与人") $en("other participant");
  }
}

struct ComplaintDisposed $zh("受理决定") $en("complaint disposed")
    $event(unit = any, signers = [office, reviewer],
           codes = ["complaint-state", "complaint-unit", "outcome-shape", "self-decision"]) {
  outcome @0 :Outcome $is(choice = void, need = true) $zh("受理结果") $en("outcome");
  noticeNo @1 :Text $is(code = 40, need = true) $zh("告知书编号") $en("notice number");
  reason @2 :Data $is(sealed = 500) $zh("理由") $en("reason");
  transferTo @3 :Text $is(text = 100) $zh("转送单位") $en("transfer to");
  complaint @4 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
  repeatOf @5 :Data $is(ref = (to = ["ComplaintFiled"], sameUnit = true, notLater = true)) $zh("重复的前次投诉") $en("repeat of");
  enum Outcome {
    accepted @0 $zh("受理") $en("accepted");
    notAccepted @1 $zh("不予受理") $en("not accepted");
    transferred @2 $zh("转送") $en("transferred");
  }
}

struct ComplaintAssigned $zh("交办") $en("complaint assigned")
    $event(unit = any, signers = [office, reviewer],
           codes = ["complaint-state", "assignment-ground", "answer-due-too-late", "answer-due-too-early", "calendar-missing"]) {
  answerDue @0 :Int32 $is(date = void, need = true) $zh("答复期限") $en("answer due");
  ground @1 :Ground $is(choice = void, need = true) $zh("交办事由") $en("ground");
  reason @2 :Data $is(sealed = 500) $zh("理由") $en("reason");
  complaint @3 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
  objection @4 :Data $is(ref = (to = ["ComplaintAcknowledged"])) $zh("交办异议") $en("objection");
  enum Ground {
    first @0 $zh("首次交办") $en("first");
    objectionMaintained @1 $zh("异议不成立") $en("objection not upheld");
    objectionUpheld @2 $zh("异议成立改派") $en("objection upheld");
    reviewOrdered @3 $zh("复查要求重办") $en("ordered on review");
    newEvidence @4 $zh("新证据") $en("new evidence");
  }
}

struct ComplaintAcknowledged $zh("签收/异议") $en("complaint acknowledged")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["complaint-state", "complaint-unit", "assignment-not-current", "already-acknowledged", "reason-missing", "assignment-objection-late", "calendar-missing"]) {
  response @0 :Response $is(choice = void, need = true) $zh("签收或异议") $en("response");
  reason @1 :Data $is(sealed = 500) $zh("理由") $en("reason");
  complaint @2 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
  assignment @3 :Data $is(ref = (to = ["ComplaintAssigned"], notLater = true)) $zh("交办记录") $en("assignment");
  enum Response {
    received @0 $zh("签收") $en("received");
    objected @1 $zh("提出异议") $en("objected");
  }
}

struct ComplaintExtended $zh("延长办理") $en("complaint extended")
    $event(unit = any, signers = [office, reviewer],
           codes = ["complaint-state", "complaint-unit", "assignment-not-current", "extension-twice", "extension-after-due", "extension-too-long"]) {
  days @0 :Int32 $is(int = (min = 1, max = 30), need = true) $zh("延长天数") $en("days") $unit("day");
  reason @1 :Data $is(sealed = 500, need = true) $zh("理由") $en("reason");
  approvedBy @2 :Text $is(person = void, need = true) $zh("批准人") $en("approved by");
  filerNoticedOn @3 :Int32 $is(date = void, need = true) $zh("告知投诉人日期") $en("filer noticed on");
  complaint @4 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
  assignment @5 :Data $is(ref = (to = ["ComplaintAssigned"], notLater = true)) $zh("交办记录") $en("assignment");
}

struct ComplaintAnswered $zh("答复") $en("complaint answered")
    $event(unit = own, signers = [unitHead],
           codes = ["answer-before-assignment", "complaint-answered", "complaint-under-review", "complaint-closed", "complaint-ended", "answer-by-other-unit", "assignment-not-current", "dates-reversed", "remedy-notice-missing"]) {
  finding @0 :Finding $is(choice = void, need = true) $zh("认定结论") $en("finding");
  text @1 :Data $is(sealed = 8000, need = true) $zh("答复内容") $en("text");
  summary @2 :Data $is(sealed = 1000) $zh("摘要") $en("summary");
  deliveredOn @3 :Int32 $is(date = void, need = true) $zh("送达日期") $en("delivered on");
  remedyNotice @4 :Bool $is(flag = void, need = true) $zh("已告知救济途径") $en("remedies stated");
  complaint @5 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
  assignment @6 :Data $is(ref = (to = ["ComplaintAssigned"])) $zh("交办记录") $en("assignment");
  enum Finding {
    upheld @0 $zh("属实") $en("upheld");
    partlyUpheld @1 $zh("部分属实") $en("partly upheld");
    notUpheld @2 $zh("不属实") $en("not upheld");
  }
}

struct ComplaintWithdrawn $zh("撤回") $en("complaint withdrawn")
    $event(unit = any, signers = [intakeDesk],
           codes = ["complaint-state", "complaint-unit", "withdrawal-not-voluntary", "receipt-wrong", "withdrawal-after-answer", "complaint-closed"]) {
  reason @0 :Reason $is(choice = void, need = true) $zh("撤回原因") $en("reason");
  voluntary @1 :Bool $is(flag = void, need = true) $zh("是否自愿") $en("voluntary");
  secret @2 :Data $is(hex = 32) $zh("回执凭码") $en("receipt secret");
  complaint @3 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
  enum Reason {
    satisfied @0 $zh("诉求已解决") $en("satisfied");
    mistake @1 $zh("误投") $en("mistake");
    other @2 $zh("其他") $en("other");
  }
}

struct ReviewRequested $zh("复查/复核申请") $en("review requested")
    $event(unit = any, signers = [intakeDesk],
           codes = ["complaint-state", "complaint-unit", "review-not-available", "review-window-closed", "recheck-before-review", "review-twice", "calendar-missing"]) {
  level @0 :Level $is(choice = void, need = true) $zh("申请层级") $en("level");
  grounds @1 :Data $is(sealed = 4000, need = true) $zh("理由") $en("grounds");
  complaint @2 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
  answer @3 :Data $is(ref = (to = ["ComplaintAnswered"], notLater = true), need = true) $zh("所不服的答复") $en("answer under review");
  decision @4 :Data $is(ref = (to = ["ReviewDecided"], notLater = true)) $zh("复查决定") $en("review decision");
  enum Level {
    review @0 $zh("复查") $en("review");
    recheck @1 $zh("复核") $en("recheck");
  }
}

struct ReviewDecided $zh("复查/复核决定") $en("review decided")
    $event(unit = any, signers = [reviewer],
           codes = ["complaint-state", "complaint-unit", "review-already-decided", "self-decision"]) {
  outcome @0 :Outcome $is(choice = void, need = true) $zh("复查结果") $en("outcome");
  reason @1 :Data $is(sealed = 2000, need = true) $zh("理由") $en("reason");
  retaliation @2 :Bool $is(flag = void) $zh("打击报复成立") $en("retaliation");
  hasRetaliation @3 :Bool $presence;
  complaint @4 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
  request @5 :Data $is(ref = (to = ["ReviewRequested"], notLater = true), need = true) $zh("申请") $en("request");
  enum Outcome {
    maintained @0 $zh("维持") $en("maintained");
    reopened @1 $zh("重新办理") $en("reopened");
  }
}

struct ComplaintClosed $zh("办结") $en("complaint closed")
    $event(unit = any, signers = [office, reviewer],
           codes = ["complaint-state", "complaint-unit", "rectification-missing", "review-pending", "complaint-closed"]) {
  satisfaction @0 :Int32 $is(int = (min = 1, max = 5)) $zh("满意度") $en("satisfaction");
  hasSatisfaction @1 :Bool $presence;
  summary @2 :Data $is(sealed = 500, need = true) $zh("办结情况") $en("summary");
  complaint @3 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
}

struct ComplaintPublished $zh("投诉公开") $en("complaint published")
    $event(unit = any, signers = [office, reviewer],
           codes = ["complaint-unit", "publish-before-acceptance"]) {
  redactedText @0 :Data $is(sealed = 4000, need = true) $zh("公开文本") $en("redacted text");
  result @1 :Data $is(sealed = 1000, need = true) $zh("处理结果") $en("result");
  redactions @2 :List(Redactions) $is(choice = void, need = true, least = 0, most = 7) $zh("隐去内容") $en("redactions");
  url @3 :Text $is(text = 500) $zh("网址") $en("URL");
  complaint @4 :Data $is(ref = (to = ["ComplaintFiled"], notLater = true), need = true) $zh("投诉") $en("complaint");
  enum Redactions {
    name @0 $zh("姓名") $en("name");
    contact @1 $zh("联系方式") $en("contact");
    address @2 $zh("住址") $en("address");
    idNumber @3 $zh("证件号码") $en("id number");
    minor @4 $zh("未成年人信息") $en("minor");
    tradeSecret @5 $zh("商业秘密") $en("trade secret");
    other @6 $zh("其他") $en("other");
  }
}
