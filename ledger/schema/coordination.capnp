# Coordination (policy 五A(三), 五B(三)-5).
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xa503b41fb6cde5be;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;

struct JointMeetingHeld $zh("联席会议") $en("joint meeting held")
    $event(unit = absent, signers = [office],
           codes = ["not-convened"]) {
  title @0 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  convened @1 :List(Text) $is(unit = void, need = true, least = 1, most = 200) $zh("应到单位") $en("units convened");
  attended @2 :List(Text) $is(unit = void, need = true, least = 0, most = 200) $zh("到会单位") $en("units attended");
  agenda @3 :Text $is(text = 1000) $zh("议题") $en("agenda");
  decisions @4 :Text $is(text = 2000) $zh("会议决定") $en("decisions");
}

struct CoordinationRequested $zh("协调请求") $en("coordination requested")
    $event(unit = own, signers = [unit, unitHead],
           codes = []) {
  issue @0 :Text $is(text = 1000, need = true) $zh("问题") $en("issue");
  withUnits @1 :List(Text) $is(unit = void, least = 0, most = 20) $zh("涉及单位") $en("with units");
}

struct CoordinationResolved $zh("协调处理") $en("coordination resolved")
    $event(unit = any, signers = [office],
           codes = ["coordination-already-resolved"]) {
  outcome @0 :Outcome $is(choice = void, need = true) $zh("处理结果") $en("outcome");
  decision @1 :Text $is(text = 1000, need = true) $zh("处理决定") $en("decision");
  request @2 :Data $is(ref = (to = ["CoordinationRequested"], sameUnit = true, notLater = true), need = true) $zh("协调请求") $en("request");
  meeting @3 :Data $is(ref = (to = ["JointMeetingHeld"])) $zh("联席会议") $en("meeting");
  enum Outcome {
    resolved @0 $zh("已解决") $en("resolved");
    declined @1 $zh("不予受理") $en("declined");
    referred @2 $zh("转请处理") $en("referred");
  }
}

struct DemandAnalysed $zh("需求分析研判") $en("demand analysed")
    $event(unit = optional, signers = [office, unit, unitHead],
           codes = []) {
  findings @0 :List(Finding) $is(group = void, need = true, least = 1, most = 20) $zh("研判问题") $en("findings");
  measures @1 :List(Text) $is(text = 500, need = true, least = 1, most = 20) $zh("对策措施") $en("measures");
  meeting @2 :Data $is(ref = (to = ["JointMeetingHeld"], notLater = true)) $zh("联席会议") $en("meeting");
  struct Finding {
    type @0 :Type $is(choice = void, need = true) $zh("问题类型") $en("type");
    text @1 :Text $is(text = 500, need = true) $zh("问题内容") $en("text");
    enum Type {
      typical @0 $zh("典型性") $en("typical");
      regular @1 $zh("规律性") $en("regular");
      emerging @2 $zh("苗头性") $en("emerging");
    }
  }
}

struct GuidanceGiven $zh("工作指导") $en("guidance given")
    $event(unit = any, signers = [office, superior, unit],
           codes = ["guidance-not-competent"]) {
  from @0 :Text $is(text = 100, need = true) $zh("指导方") $en("from");
  topic @1 :Text $is(text = 200, need = true) $zh("主题") $en("topic");
  form @2 :Form $is(choice = void, need = true) $zh("指导形式") $en("form");
  classified @3 :Classified $is(choice = void) $zh("指导分类") $en("classified");
  hasClassified @4 :Bool $presence;
  advice @5 :Text $is(text = 2000) $zh("指导意见") $en("advice");
  enum Form {
    visit @0 $zh("上门指导") $en("visit");
    document @1 $zh("书面指导") $en("in writing");
    training @2 $zh("培训") $en("training");
    meeting @3 $zh("会议") $en("meeting");
    online @4 $zh("线上") $en("online");
  }
  enum Classified {
    byCategory @0 $zh("按单位类别") $en("by category");
    byProblem @1 $zh("按问题类型") $en("by problem");
  }
}

struct PromptIssued $zh("提示单") $en("prompt issued")
    $event(unit = any, signers = [office],
           codes = []) {
  kind @0 :Kind $is(choice = void, need = true) $zh("提示种类") $en("kind");
  text @1 :Text $is(text = 1000, need = true) $zh("提示内容") $en("text");
  due @2 :Int32 $is(date = void) $zh("回应期限") $en("due");
  hasDue @3 :Bool $presence;
  about @4 :Data $is(ref = (sameUnit = true)) $zh("关联记录") $en("about");
  enum Kind {
    monthly @0 $zh("月度提示单") $en("monthly prompt");
    dueSoon @1 $zh("到期提醒") $en("due soon");
    overdue @2 $zh("逾期提醒") $en("overdue");
    other @3 $zh("其他") $en("other");
  }
}
