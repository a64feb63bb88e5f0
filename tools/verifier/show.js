// Shows a report. All that comes from a file goes through textContent.

function node(tag, text, ...children) {
  const e = document.createElement(tag);
  if (text) e.textContent = text;
  e.append(...children);
  return e;
}

function row(name, value) {
  const dd = value instanceof Node ? node('dd', '', value) : node('dd', String(value));
  return [node('dt', name), dd];
}

const inInstants = (ms) => (ms > -62135596800000n && ms < 253402300800000n ? new Date(Number(ms)).toISOString() : `${ms} ms`);
const inDays = (days) => (days >= -719162 && days <= 2932896 ? isoDay(days) : `${days} d`);
const uuid = (id) => hex(id).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

function scalarText(f, v) {
  switch (f.kind) {
    case 'date': return inDays(v);
    case 'instant': return inInstants(v);
    case 'bool': return say(v ? 'yes' : 'no');
    case 'enum': return f.values[v] ? label(f.values[v]) : '?';
    default: return f.unitOfMeasure ? `${v} ${f.unitOfMeasure}` : String(v);
  }
}

function bytesText(f, bytes) {
  if (f.kind === 'ref') return uuid(bytes);
  return f.kind === 'sealed' ? `${say('sealed')} ${hex(bytes)}` : hex(bytes);
}

const isData = (f) => ['hex', 'sealed', 'ref'].includes(f.kind);

function listItem(f, list, i) {
  if (f.kind === 'struct') return structList(f.fields, list.structAt(i));
  if (f.kind === 'changes') return `${shownText(list.structAt(i).text(0))}: ${shownText(list.structAt(i).text(1))}`;
  if (f.kind === 'date') return inDays(list.i32(i));
  if (f.kind === 'enum') return scalarText(f, list.u16(i));
  return isData(f) ? bytesText(f, list.data(i)) : shownText(list.text(i));
}

// A field's value as text or nodes; null if absent.
function fieldValue(f, s) {
  if (f.slot.pointer === undefined) return isPresent(f, s) ? scalarText(f, scalarOf(f, s)) : null;
  if (s.isAbsent(f.slot.pointer)) return null;
  if (f.list) {
    const list = s.list(f.slot.pointer), ol = node('ol', '');
    for (let i = 0; i < list.count; ++i) ol.append(node('li', '', listItem(f, list, i)));
    return ol;
  }
  if (f.kind === 'struct') return structList(f.fields, s.child(f.slot.pointer));
  return isData(f) ? bytesText(f, s.data(f.slot.pointer)) : shownText(s.text(f.slot.pointer));
}

function structList(fields, s) {
  const dl = node('dl', '');
  for (const f of fields) {
    const value = fieldValue(f, s);
    if (value !== null) dl.append(...row(label(f), value));
  }
  return dl;
}

const roleLabels = (roles) => roles.map((r) => label(catalogue.roles.find((x) => x.code === r))).join(', ');

function itemNode(c) {
  const dl = node('dl', '', ...row(say('position'), c.position), ...row(say('id'), uuid(c.header.id)), ...row(say('type'), c.type ? label(c.type) : c.header.type));
  if (c.header.unit) dl.append(...row(say('unit'), shownText(unlatin(c.header.unit))));
  dl.append(...row(say('on'), inDays(c.header.on)), ...row(say('admittedAt'), inInstants(c.record.admitted)), ...row(say('signedAt'), inInstants(c.submission.signedAt)),
    ...row(say('owner'), `${c.signer.key.owner} ${c.signer.key.ownerUnit}`), ...row(say('roles'), roleLabels(c.signer.roles)), ...row(say('key'), c.signer.key.id));
  const parts = [dl];
  if (c.content) parts.push(structList(c.type.fields, c.content.payload), structList(catalogue.common, c.content.root));
  else parts.push(node('p', say('noBody')));
  for (const v of c.opened) parts.push(node('dl', '', ...row(`${say('opened')}: ${openedLabel(c, v)}`, shownText(v.value))));
  return node('div', '', ...parts);
}

function openedLabel(c, v) {
  const f = [...c.type.fields, ...catalogue.common].find((x) => x.name === v.field);
  return f ? label(f) : shownText(unlatin(v.field));
}

// The catalogue's words for a genesis' purpose.
const purposeOf = (g) => typeOf(g.body.type).fields.find((f) => f.name === 'purpose').values.find((v) => v.code === g.purpose);

function levelText(level, checker) {
  const { checkpoint, witnesses } = checker.trusted ?? {}, g = checker.genesis;
  switch (level) {
    case 'included': return `${shownText(unlatin(checkpoint.origin))}, ${checkpoint.size} ${say('size')}, ${hex(checkpoint.root)}`;
    case 'witnessed': return [...witnesses].map(([name, time]) => `${shownText(unlatin(name))} ${inInstants(time * 1000n)}`).join('; ');
    case 'purpose': return `${label(purposeOf(g))} · ${g.districtName} ${g.district} · ${g.suite}`;
    case 'entitled': return say(checker.index === null ? 'standingNone' : checker.laterIndex ? 'standingLater' : 'standingBefore') + (checker.index === null ? '' : ` @${checker.index}`);
    default: return '';
  }
}

function levelLine(level, report) {
  const name = WORDS.levels[level][language], { fault } = report;
  if (report.holds.includes(level)) {
    if (level === 'body' && !report.checker.find(report.checker.evidence.subject).content) return node('li', `– ${name}: ${say('noBody')}`);
    const text = levelText(level, report.checker);
    return node('li', `✓ ${name}${text ? ': ' + text : ''}`);
  }
  if (fault?.level === level) return node('li', `✗ ${name}: ${fault.ofEarlier ? say('ofEarlier') : ''}${fault.position === null ? '' : `@${fault.position} `}${sayCode(fault)} [${fault.code}]`);
  return level === 'witnessed' && report.holds.includes('purpose') ? node('li', `– ${name}: ${say('notAsked')}`) : null;
}

function verdictText(report) {
  if (report.fault === null) return say('valid');
  if (report.fault.code === 'kind-not-here') return say('notHere');
  return say(report.fault.level === 'policy' ? 'badPolicy' : 'invalid');
}

function levelList(report) {
  const levels = report.fault?.level === 'policy' ? ['policy'] : LEVELS;
  const out = node('ul', '', ...levels.map((l) => levelLine(l, report)).filter(Boolean));
  if (report.earlier) out.append(node('li', `✓ ${WORDS.levels.included[language]}: ${say('stillThere')} ${report.earlier.size} → ${report.checker.trusted.checkpoint.size}`));
  out.className = 'levels';
  return out;
}

function recordNodes(checker) {
  const subject = checker.find(checker.evidence.subject), others = checker.items.filter((c) => c !== subject);
  const folded = others.map((c) => node('details', '', node('summary', `@${c.position} ${inDays(c.header.on)} ${label(c.type)}`), itemNode(c)));
  return [node('h2', say('record')), itemNode(subject), node('h2', say('others')), ...folded];
}

// The report in `out`; `data-verdict` and `data-level` say it to programs.
function show(report, out) {
  out.replaceChildren();
  out.dataset.verdict = report.fault === null ? 'valid' : 'invalid';
  out.dataset.level = report.fault?.level ?? '';
  const headline = node('p', verdictText(report));
  headline.className = report.fault === null ? 'verdict valid' : 'verdict invalid';
  out.append(headline);
  if (report.fault?.code === 'kind-not-here') return;
  if (report.checker?.genesis?.purpose === 'demonstration') out.append(node('p', say('demonstration')));
  out.append(levelList(report));
  if (report.fault === null) out.append(...recordNodes(report.checker));
}
