# Composite types and vocabularies that several families share.
@0x8bcb5cbcc55c27e9;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;

enum CaseClass {
  courtOrProcuratorate @0 $zh("法院、检察院") $en("court or procuratorate");
  publicSecurity @1 $zh("公安机关") $en("public security");
  otherEnforcement @2 $zh("其他执法部门") $en("other enforcement department");
  none @3 $zh("不作以案释法要求") $en("no case target");
}

enum ChannelKind {
  website @0 $zh("门户网站") $en("website");
  journal @1 $zh("专刊") $en("journal");
  bulletinBoard @2 $zh("宣传栏") $en("bulletin board");
  microFilm @3 $zh("微电影") $en("micro film");
  wechat @4 $zh("微信") $en("WeChat");
  weibo @5 $zh("微博") $en("Weibo");
  microVideo @6 $zh("微视频") $en("micro video");
  app @7 $zh("移动客户端") $en("mobile app");
  streetScreen @8 $zh("街面电子显示屏") $en("street screen");
  shopFront @9 $zh("沿街店面") $en("shop front");
  siteWall @10 $zh("建筑工地围墙") $en("construction site wall");
  publicTransport @11 $zh("公共交通工具") $en("public transport");
  busStop @12 $zh("公交站牌") $en("bus stop");
  busScreen @13 $zh("公交移动电子屏") $en("bus screen");
  touchScreen @14 $zh("服务窗口触摸屏") $en("touch screen");
  square @15 $zh("广场") $en("square");
  park @16 $zh("公园") $en("park");
  television @17 $zh("电视台") $en("television");
  radio @18 $zh("广播") $en("radio");
  newspaper @19 $zh("报刊") $en("newspaper");
  other @20 $zh("其他") $en("other");
}

enum ComplaintChannel {
  visit @0 $zh("来访") $en("visit");
  letter @1 $zh("来信") $en("letter");
  phone @2 $zh("电话") $en("telephone");
  online @3 $zh("网上") $en("online");
  hotline12345 @4 $zh("12345热线") $en("12345 hotline");
  petition @5 $zh("信访") $en("petition");
}

enum Role {
  operator @0 $zh("账本运行人员") $en("ledger operator");
  registrar @1 $zh("系统管理员") $en("system administrator");
  auditAdmin @2 $zh("审计管理员") $en("audit administrator");
  office @3 $zh("区普法办") $en("the office");
  unit @4 $zh("责任单位经办人") $en("filer of a unit");
  unitHead @5 $zh("单位负责人") $en("head of a unit");
  superior @6 $zh("上级主管部门") $en("superior authority");
  surveyor @7 $zh("调查执行方") $en("survey executor");
  media @8 $zh("新闻媒体") $en("news media");
  intakeDesk @9 $zh("受理窗口") $en("intake desk");
  reviewer @10 $zh("区委依法治区办、区政府") $en("reviewing authority");
  witness @11 $zh("见证方") $en("witness");
  deputy @12 $zh("人大代表、政协委员") $en("deputy");
  evaluator @13 $zh("第三方评估机构") $en("third-party evaluator");
}

enum UnitCategory {
  judicial @0 $zh("司法机关") $en("judicial organ");
  enforcement @1 $zh("执法部门") $en("enforcement department");
  party @2 $zh("党政部门") $en("party and government department");
  supervisory @3 $zh("监察机关") $en("supervisory organ");
  massOrganization @4 $zh("群团") $en("mass organisation");
  media @5 $zh("新闻媒体") $en("news media");
  stateEnterprise @6 $zh("国有企事业管理单位") $en("state enterprise");
  street @7 $zh("街道(乡镇、管理区)") $en("subdistrict, township, management area");
  socialOrganization @8 $zh("社会组织") $en("social organisation");
}

enum IntegrationSystem {
  performance @0 $zh("绩效考核") $en("performance assessment");
  comprehensiveGovernance @1 $zh("综治目标考核") $en("comprehensive governance assessment");
  civilizedCity @2 $zh("文明城市创建体系") $en("civilised city");
  ruleOfLawCity @3 $zh("法治城市创建") $en("rule-of-law city");
  cadreMerit @4 $zh("政绩考核") $en("cadre merit assessment");
  ownBusiness @5 $zh("同部署、同检查、同考核") $en("own business");
}

struct Attachment {
  name @0 :Text $is(text = 120, need = true) $zh("文件名") $en("name");
  mediaType @1 :Text $is(text = 80, need = true) $zh("媒体类型") $en("media type");
  size @2 :Int32 $is(int = (min = 1, max = 268435456), need = true) $zh("文件大小") $en("size") $unit("byte");
  sha256 @3 :Data $is(hex = 32, need = true) $zh("SHA-256") $en("SHA-256");
  sm3 @4 :Data $is(hex = 32) $zh("SM3") $en("SM3");
}

struct LawRef {
  law @0 :Text $is(text = 80, need = true) $zh("法律名称") $en("law");
  article @1 :Text $is(text = 20) $zh("条款") $en("article");
}

struct DocNo {
  prefix @0 :Text $is(text = 20, need = true) $zh("机关代字") $en("prefix");
  year @1 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年份") $en("year");
  seq @2 :Int32 $is(int = (min = 1, max = 9999), need = true) $zh("顺序号") $en("sequence number");
  ordinal @3 :Bool $is(flag = void) $zh("带“第”字") $en("with 第");
  hasOrdinal @4 :Bool $presence;
}

struct KeyRef {
  keyId @0 :Text $is(code = 64, need = true) $zh("密钥编号") $en("key id");
  publicKey @1 :Text $is(text = 400, need = true) $zh("公钥") $en("public key");
}

# One changed field of RecordCorrected: the field's name and the canonical JSON of its new
# value, or null. The list is sorted by field name.
struct Change {
  field @0 :Text;
  value @1 :Text;
}
