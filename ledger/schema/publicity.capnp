# Publicity work (policy 四(一) to (七), 五A(四), (七)).
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xb56bf85b28df85b1;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;
using Common = import "common.capnp";

struct ActivityHeld $zh("普法活动开展") $en("activity held")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["dates-reversed", "node-not-assigned", "issue-not-assigned", "co-unit-self"]) {
  title @0 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  kind @1 :Kind $is(choice = void, need = true) $zh("活动种类") $en("kind");
  mode @2 :Mode $is(choice = void, need = true) $zh("宣传方式") $en("mode");
  process @3 :Process $is(choice = void) $zh("普法环节") $en("process");
  hasProcess @4 :Bool $presence;
  audience @5 :List(Audience) $is(choice = void, need = true, least = 1, most = 5) $zh("普法对象") $en("audience");
  venueKind @6 :VenueKind $is(choice = void, need = true) $zh("场所类别") $en("venue kind");
  tourKind @7 :TourKind $is(choice = void) $zh("六行类别") $en("tour kind");
  hasTourKind @8 :Bool $presence;
  place @9 :Text $is(text = 200, need = true) $zh("地点") $en("place");
  districtCode @10 :Text $is(code = 12) $zh("行政区划代码") $en("district code");
  end @11 :Int32 $is(date = void) $zh("结束日期") $en("end");
  hasEnd @12 :Bool $presence;
  headcount @13 :Int32 $is(int = (min = 0, max = 1000000), need = true) $zh("参加人数") $en("number of participants") $unit("person");
  materials @14 :Int32 $is(int = (min = 0, max = 1000000)) $zh("发放资料数") $en("materials handed out") $unit("item");
  hasMaterials @15 :Bool $presence;
  lawRefs @16 :List(Common.LawRef) $is(group = void, need = true, least = 1, most = 20) $zh("涉及法律") $en("laws");
  coUnits @17 :List(Text) $is(unit = void, least = 0, most = 20) $zh("协办单位") $en("co-organising units");
  governance @18 :Text $is(text = 500) $zh("依法治理内容") $en("governance");
  caseNo @19 :Text $is(text = 60) $zh("案号") $en("case number");
  node @20 :Data $is(ref = (to = ["PublicityNodeDeclared"])) $zh("宣传节点") $en("node");
  hotIssue @21 :Data $is(ref = (to = ["HotIssueDeclared"], notLater = true)) $zh("热点问题") $en("hot issue");
  list @22 :Data $is(ref = (to = ["UnitListSubmitted"], sameUnit = true)) $zh("责任清单") $en("list");
  enum Kind {
    lecture @0 $zh("普法讲座") $en("lecture");
    inEnforcement @1 $zh("执法实践活动") $en("in enforcement");
    onSiteEnforcement @2 $zh("执法活动现场前移") $en("on-site enforcement");
    trialBroadcast @3 $zh("媒体庭审直播") $en("trial broadcast");
    publicHearingAttendance @4 $zh("群众旁听庭审") $en("public attendance at a trial");
    caseLecture @5 $zh("案件宣讲") $en("case lecture");
    hearing @6 $zh("听证会") $en("hearing");
    symposium @7 $zh("座谈会") $en("symposium");
    coordinationMeeting @8 $zh("协调会") $en("coordination meeting");
    pressConference @9 $zh("新闻发布会") $en("press conference");
    receptionDay @10 $zh("公众接待日") $en("public reception day");
    serviceWindow @11 $zh("公众服务窗口") $en("public service window");
    lawLecture @12 $zh("大型法治讲座") $en("large law lecture");
    lawReport @13 $zh("法治报告会") $en("law report meeting");
    exhibition @14 $zh("展览") $en("exhibition");
    consultation @15 $zh("法律咨询") $en("consultation");
    mediaEvent @16 $zh("媒体普法活动") $en("media event");
    performance @17 $zh("文艺演出") $en("performance");
    contest @18 $zh("竞赛") $en("contest");
    other @19 $zh("其他") $en("other");
  }
  enum Mode {
    daily @0 $zh("日常宣传") $en("daily");
    concentrated @1 $zh("集中宣传") $en("concentrated");
  }
  enum Process {
    enforcement @0 $zh("行政执法") $en("administrative enforcement");
    trial @1 $zh("案件审判") $en("trial");
    mediation @2 $zh("纠纷调解") $en("mediation");
    legalService @3 $zh("法律服务") $en("legal service");
  }
  enum Audience {
    internal @0 $zh("单位内") $en("inside the unit");
    enforced @1 $zh("执法对象") $en("those subject to enforcement");
    managed @2 $zh("管理对象") $en("those managed");
    served @3 $zh("服务对象") $en("those served");
    public @4 $zh("社会公众") $en("the public");
  }
  enum VenueKind {
    serviceWindow @0 $zh("窗口单位") $en("service window");
    station @1 $zh("车站") $en("station");
    park @2 $zh("公园") $en("park");
    square @3 $zh("广场") $en("square");
    community @4 $zh("居民社区") $en("residential community");
    commercialBlock @5 $zh("商业街区") $en("commercial block");
    school @6 $zh("学校") $en("school");
    enterprise @7 $zh("企业") $en("enterprise");
    village @8 $zh("乡村") $en("village");
    organ @9 $zh("机关") $en("organ");
    court @10 $zh("法院") $en("court");
    online @11 $zh("线上") $en("online");
    other @12 $zh("其他") $en("other");
  }
  enum TourKind {
    organ @0 $zh("机关行") $en("organ tour");
    school @1 $zh("学校行") $en("school tour");
    community @2 $zh("社区行") $en("community tour");
    enterprise @3 $zh("企业行") $en("enterprise tour");
    unit @4 $zh("单位行") $en("unit tour");
    village @5 $zh("乡村行") $en("village tour");
  }
}

struct CaseInterpretationPublished $zh("以案释法发布") $en("case interpretation published")
    $event(unit = own, signers = [unit, unitHead],
           codes = []) {
  caseNo @0 :Text $is(text = 60, need = true) $zh("案号") $en("case number");
  title @1 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  field @2 :Field $is(choice = void, need = true) $zh("案件领域") $en("field");
  interpreterRole @3 :InterpreterRole $is(choice = void, need = true) $zh("释法人身份") $en("interpreter role");
  channelKind @4 :Common.ChannelKind $is(choice = void, need = true) $zh("宣传载体") $en("channel kind");
  url @5 :Text $is(text = 500) $zh("网址") $en("URL");
  lawRefs @6 :List(Common.LawRef) $is(group = void, need = true, least = 1, most = 20) $zh("涉及法律") $en("laws");
  compiledIn @7 :Text $is(text = 200) $zh("收入汇编") $en("compiled in");
  typical @8 :Bool $is(flag = void) $zh("典型案例") $en("typical case");
  hasTypical @9 :Bool $presence;
  activity @10 :Data $is(ref = (to = ["ActivityHeld"], sameUnit = true)) $zh("关联活动") $en("activity");
  enum Field {
    criminal @0 $zh("刑事") $en("criminal");
    civil @1 $zh("民事") $en("civil");
    administrative @2 $zh("行政诉讼") $en("administrative");
    enforcement @3 $zh("行政执法") $en("administrative enforcement");
    mediation @4 $zh("纠纷调解") $en("mediation");
    publicInterest @5 $zh("公益诉讼") $en("public interest");
  }
  enum InterpreterRole {
    judge @0 $zh("法官") $en("judge");
    procurator @1 $zh("检察官") $en("procurator");
    enforcementOfficer @2 $zh("行政执法人员") $en("enforcement officer");
    lawyer @3 $zh("律师") $en("lawyer");
    other @4 $zh("其他") $en("other");
  }
}

struct JudgmentDocumentPublished $zh("法律文书公开") $en("judgment document published")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["not-judicial"]) {
  documentNo @0 :Text $is(text = 60, need = true) $zh("文书号") $en("judgment document number");
  url @1 :Text $is(text = 500, need = true) $zh("网址") $en("URL");
  reasoned @2 :Bool $is(flag = void, need = true) $zh("有释法说理") $en("gives reasons");
}

struct EnforcementBasisDeclared $zh("执法事项申报") $en("enforcement basis declared")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["no-enforcement-power", "item-duplicate"]) {
  items @0 :List(Item) $is(group = void, need = true, least = 1, most = 300) $zh("执法事项") $en("items");
  replaces @1 :Data $is(ref = (to = ["EnforcementBasisDeclared"], sameUnit = true)) $zh("替代的记录") $en("replaces");
  struct Item {
    code @0 :Text $is(code = 30, need = true) $zh("事项代码") $en("code");
    name @1 :Text $is(text = 200, need = true) $zh("事项名称") $en("name");
    lawRefs @2 :List(Common.LawRef) $is(group = void, need = true, least = 1, most = 10) $zh("涉及法律") $en("laws");
  }
}

struct EnforcementBasisDisclosed $zh("执法依据流程公开") $en("enforcement basis disclosed")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["item-unknown", "dates-reversed"]) {
  codes @0 :List(Text) $is(code = 30, need = true, least = 1, most = 300) $zh("公开的事项代码") $en("codes");
  basisUrl @1 :Text $is(text = 500, need = true) $zh("执法依据网址") $en("basis URL");
  processUrl @2 :Text $is(text = 500, need = true) $zh("执法流程网址") $en("process URL");
  from @3 :Int32 $is(date = void, need = true) $zh("起始日期") $en("from");
  until @4 :Int32 $is(date = void) $zh("截止日期") $en("until");
  hasUntil @5 :Bool $presence;
  declaration @6 :Data $is(ref = (to = ["EnforcementBasisDeclared"], sameUnit = true, notLater = true), need = true) $zh("执法事项申报") $en("declaration");
}

struct MediaContentReleased $zh("普法内容发布") $en("publicity content released")
    $event(unit = own, signers = [unit, unitHead, media],
           codes = ["on-behalf-self", "interaction-shape"]) {
  channelKind @0 :Common.ChannelKind $is(choice = void, need = true) $zh("宣传载体") $en("channel kind");
  title @1 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  lawRefs @2 :List(Common.LawRef) $is(group = void, need = true, least = 1, most = 20) $zh("涉及法律") $en("laws");
  url @3 :Text $is(text = 500) $zh("网址") $en("URL");
  end @4 :Int32 $is(date = void) $zh("结束日期") $en("end");
  hasEnd @5 :Bool $presence;
  onBehalfOf @6 :Text $is(unit = void) $zh("代为发布的单位") $en("on behalf of");
  interactive @7 :Bool $is(flag = void) $zh("在线互动") $en("interactive");
  hasInteractive @8 :Bool $presence;
  interactions @9 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("互动次数") $en("interactions") $unit("interaction");
  hasInteractions @10 :Bool $presence;
  workNews @11 :Bool $is(flag = void) $zh("反映工作动态") $en("reports work news");
  hasWorkNews @12 :Bool $presence;
  node @13 :Data $is(ref = (to = ["PublicityNodeDeclared"])) $zh("宣传节点") $en("node");
  hotIssue @14 :Data $is(ref = (to = ["HotIssueDeclared"], notLater = true)) $zh("热点问题") $en("hot issue");
  activity @15 :Data $is(ref = (to = ["ActivityHeld"], sameUnit = true)) $zh("关联活动") $en("activity");
}

struct TrainingHeld $zh("内部普法培训") $en("training held")
    $event(unit = own, signers = [unit, unitHead],
           codes = []) {
  title @0 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  audienceGroup @1 :AudienceGroup $is(choice = void, need = true) $zh("培训对象") $en("audience group");
  minutes @2 :Int32 $is(int = (min = 1, max = 6000), need = true) $zh("培训时长") $en("duration") $unit("minute");
  headcount @3 :Int32 $is(int = (min = 1, max = 100000), need = true) $zh("参加人数") $en("number of participants") $unit("person");
  lawRefs @4 :List(Common.LawRef) $is(group = void, need = true, least = 1, most = 20) $zh("涉及法律") $en("laws");
  list @5 :Data $is(ref = (to = ["UnitListSubmitted"], sameUnit = true)) $zh("责任清单") $en("list");
  enum AudienceGroup {
    civilServants @0 $zh("国家机关工作人员") $en("civil servants");
    enterpriseManagers @1 $zh("企事业单位经营管理者") $en("enterprise managers");
    members @2 $zh("行业、群团组织工作人员") $en("staff of industry and mass organisations");
    other @3 $zh("其他") $en("other");
  }
}

struct ExamHeld $zh("学法用法考试") $en("exam held")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["exam-counts"]) {
  paper @0 :Text $is(text = 200, need = true) $zh("试卷名称") $en("paper");
  shouldSit @1 :Int32 $is(int = (min = 1, max = 100000), need = true) $zh("应考人数") $en("number who should sit") $unit("person");
  sat @2 :Int32 $is(int = (min = 0, max = 100000), need = true) $zh("参考人数") $en("number who sat") $unit("person");
  passed @3 :Int32 $is(int = (min = 0, max = 100000), need = true) $zh("合格人数") $en("number who passed") $unit("person");
  passMark @4 :Int32 $is(int = (min = 0, max = 100), need = true) $zh("及格分") $en("pass mark") $unit("point");
  group @5 :Group $is(choice = void, need = true) $zh("应考范围") $en("group");
  list @6 :Data $is(ref = (to = ["UnitListSubmitted"], sameUnit = true)) $zh("责任清单") $en("list");
  enum Group {
    leaders @0 $zh("领导干部") $en("leaders");
    staff @1 $zh("工作人员") $en("staff");
    all @2 $zh("全体人员") $en("all");
  }
}

struct StudySessionHeld $zh("中心组学法") $en("study session held")
    $event(unit = own, signers = [unit, unitHead],
           codes = []) {
  topic @0 :Text $is(text = 200, need = true) $zh("主题") $en("topic");
  chair @1 :Text $is(person = void, need = true) $zh("主持人") $en("chair");
  attendees @2 :Int32 $is(int = (min = 1, max = 500), need = true) $zh("参加人数") $en("number of attendees") $unit("person");
  lawRefs @3 :List(Common.LawRef) $is(group = void, need = true, least = 1, most = 20) $zh("涉及法律") $en("laws");
  form @4 :Form $is(choice = void, need = true) $zh("学习形式") $en("form");
  learningList @5 :Data $is(ref = (to = ["LearningListSubmitted"], sameUnit = true)) $zh("学法清单") $en("learning list");
  enum Form {
    centralGroup @0 $zh("理论中心组学法") $en("central group");
    lawLecture @1 $zh("法治讲座") $en("law lecture");
    partyMeeting @2 $zh("党委(党组)会议学法") $en("party meeting");
  }
}

struct DutyReportDelivered $zh("履职述法") $en("duty report delivered")
    $event(unit = own, signers = [unit, unitHead],
           codes = []) {
  occasion @0 :Occasion $is(choice = void, need = true) $zh("述职述法场合") $en("occasion");
  person @1 :Text $is(person = void, need = true) $zh("述职人") $en("person (pseudonym)");
  summary @2 :Text $is(text = 2000) $zh("述职述法内容") $en("summary");
  year @3 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  enum Occasion {
    annualDuty @0 $zh("个人述职") $en("annual duty report");
    democraticLife @1 $zh("民主生活会") $en("democratic life meeting");
    annualRuleOfLaw @2 $zh("年度述法") $en("annual rule-of-law report");
    dutyReview @3 $zh("履职报告评议") $en("duty report review");
  }
}

struct InquiryAnswered $zh("公众咨询解答") $en("public inquiry answered")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["dates-reversed"]) {
  channel @0 :Channel $is(choice = void, need = true) $zh("咨询渠道") $en("channel");
  question @1 :Data $is(sealed = 2000) $zh("咨询问题") $en("question");
  answer @2 :Text $is(text = 2000) $zh("答复内容") $en("answer");
  receivedOn @3 :Int32 $is(date = void, need = true) $zh("收到日期") $en("received on");
  topic @4 :Text $is(text = 100, need = true) $zh("主题") $en("topic");
  enum Channel {
    window @0 $zh("窗口") $en("window");
    phone @1 $zh("电话") $en("telephone");
    online @2 $zh("线上") $en("online");
    hotline12345 @3 $zh("12345热线") $en("12345 hotline");
    mail @4 $zh("信函") $en("letter");
    visit @5 $zh("来访") $en("visit");
  }
}

struct WorkReportSubmitted $zh("工作报告") $en("work report submitted")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["report-already-accepted", "filing-pending", "report-too-early"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  quarter @1 :Int32 $is(int = (min = 1, max = 4), need = true) $zh("季度") $en("quarter");
  summary @2 :Text $is(text = 4000, need = true) $zh("报告内容") $en("summary");
  replaces @3 :Data $is(ref = (to = ["WorkReportSubmitted"], sameUnit = true)) $zh("替代的记录") $en("replaces");
}

struct EvidenceAttached $zh("佐证补充") $en("evidence attached")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["attachments-missing"]) {
  lateReason @0 :Text $is(text = 300) $zh("补报原因") $en("late reason");
  target @1 :Data $is(ref = (to = ["DistrictListIssued", "UnitListSubmitted", "LearningListSubmitted", "AnnualPlanSubmitted", "FilingDecided", "ListItemAmendmentRequested", "ListItemAmendmentDecided", "ListItemCompleted", "BudgetAllocated", "SystemEstablished", "IntegrationRecorded", "ActivityHeld", "CaseInterpretationPublished", "JudgmentDocumentPublished", "EnforcementBasisDeclared", "EnforcementBasisDisclosed", "MediaContentReleased", "TrainingHeld", "ExamHeld", "StudySessionHeld", "DutyReportDelivered", "InquiryAnswered", "WorkReportSubmitted", "EvidenceAttached", "VillageLegalPostRecorded", "HonourConferred", "DemandAnalysed", "RectificationSubmitted", "ComplaintAnswered", "ObjectionFiled"], sameUnit = true, notLater = true), need = true) $zh("目标记录") $en("target");
}

struct VillageLegalPostRecorded $zh("村居法律顾问/法律明白人") $en("village legal post recorded")
    $event(unit = own, signers = [unit, unitHead],
           codes = ["post-not-held", "post-already-held"]) {
  post @0 :Post $is(choice = void, need = true) $zh("岗位") $en("post");
  outcome @1 :Outcome $is(choice = void, need = true) $zh("履职情形") $en("outcome");
  village @2 :Text $is(text = 60, need = true) $zh("村(社区)") $en("village");
  villageCode @3 :Text $is(code = 12) $zh("村(社区)代码") $en("village code");
  person @4 :Text $is(person = void, need = true) $zh("人员代号") $en("person (pseudonym)");
  firm @5 :Text $is(text = 100) $zh("律师事务所") $en("firm");
  until @6 :Int32 $is(date = void) $zh("截止日期") $en("until");
  hasUntil @7 :Bool $presence;
  hours @8 :Int32 $is(int = (min = 0, max = 1000)) $zh("学时") $en("hours") $unit("hour");
  hasHours @9 :Bool $presence;
  previous @10 :Data $is(ref = (to = ["VillageLegalPostRecorded"], sameUnit = true, notLater = true)) $zh("前次记录") $en("previous");
  enum Post {
    legalAdviser @0 $zh("村(居)法律顾问") $en("legal adviser");
    legalHelper @1 $zh("法律明白人") $en("legal helper");
  }
  enum Outcome {
    appointed @0 $zh("聘任") $en("appointed");
    trained @1 $zh("培训") $en("trained");
    certified @2 $zh("持证") $en("certified");
    ended @3 $zh("解聘") $en("ended");
  }
}

struct HonourConferred $zh("典型推广与评选") $en("honour nominated, conferred, reconfirmed or revoked")
    $event(unit = any, signers = [office],
           codes = ["honour-shape", "honour-not-held", "honour-already-held"]) {
  honour @0 :Honour $is(choice = void, need = true) $zh("荣誉种类") $en("honour");
  level @1 :Level $is(choice = void, need = true) $zh("荣誉级别") $en("level");
  outcome @2 :Outcome $is(choice = void, need = true) $zh("评选情形") $en("outcome");
  matterKey @3 :Text $is(code = 40, need = true) $zh("事项标识") $en("matter key");
  title @4 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  village @5 :Text $is(text = 60) $zh("村(社区)") $en("village");
  conferredBy @6 :Text $is(text = 100, need = true) $zh("授予单位") $en("conferred by");
  docNo @7 :Common.DocNo $is(group = void) $zh("文号") $en("document number");
  summary @8 :Text $is(text = 2000) $zh("主要经验") $en("summary");
  activity @9 :Data $is(ref = (to = ["ActivityHeld"], sameUnit = true, notLater = true)) $zh("关联活动") $en("activity");
  previous @10 :Data $is(ref = (to = ["HonourConferred"], sameUnit = true, notLater = true)) $zh("前次记录") $en("previous");
  enum Honour {
    modelUnit @0 $zh("典型单位") $en("model unit");
    themeActivity @1 $zh("十大普法主题活动") $en("theme activity");
    democraticVillage @2 $zh("民主法治示范村(社区)") $en("democratic rule-of-law village");
    advancedUnit @3 $zh("先进单位") $en("advanced unit");
  }
  enum Level {
    district @0 $zh("区级") $en("district");
    city @1 $zh("市级") $en("city");
    province @2 $zh("省级") $en("province");
    national @3 $zh("国家级") $en("national");
  }
  enum Outcome {
    nominated @0 $zh("推荐") $en("nominated");
    conferred @1 $zh("命名") $en("conferred");
    reconfirmed @2 $zh("复核通过") $en("reconfirmed");
    revoked @3 $zh("撤销命名") $en("revoked");
  }
}
