// The page against pufa-verify: for every case in a folder the same verdict at the same level.
//   node verifier.mjs PAGE PUFA_VERIFY FOLDER [SCREENSHOT]
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [page, verify, folder, screenshot] = process.argv.slice(2);
const faults = [];
const expect = (holds, what) => { if (!holds) faults.push(what); };

function verdictOfProgram(evidence, policy, earlier) {
  let out;
  try {
    out = execFileSync(verify, [evidence, '--policy', policy, '--json', ...(earlier ? ['--earlier', earlier] : [])], { encoding: 'utf8' });
  } catch (e) {
    if (e.status !== 1 && e.status !== 3) throw e;
    out = e.stdout;
  }
  const report = JSON.parse(out);
  if (report.error?.code === 'policy-malformed') return { verdict: 'invalid', level: 'policy' };
  return { verdict: report.valid ? 'valid' : 'invalid', level: report.failure?.level ?? '', record: report.record };
}

async function verdictOfPage(tab, evidence, policy, earlier) {
  await tab.setInputFiles('#policy', []);
  await tab.setInputFiles('#earlier', earlier ?? []);
  await tab.setInputFiles('#evidence', evidence);
  await tab.setInputFiles('#policy', policy);
  const report = tab.locator('#report[data-verdict]');
  await report.waitFor();
  return report.evaluate((e) => ({ verdict: e.dataset.verdict, level: e.dataset.level, text: e.textContent }));
}

async function compare(tab, names, met) {
  for (const name of names) {
    const evidence = join(folder, `${name}.evidence`), policy = join(folder, `${name}.policy`);
    const beside = join(folder, `${name}.earlier`), earlier = existsSync(beside) ? beside : null;   // evidence of the record taken before
    const program = verdictOfProgram(evidence, policy, earlier), shown = await verdictOfPage(tab, evidence, policy, earlier);
    met.add(program.level || 'valid');
    expect(program.verdict === shown.verdict && program.level === shown.level,
      `${name}: pufa-verify ${program.verdict} ${program.level}, page ${shown.verdict} ${shown.level}: ${shown.text.slice(0, 300)}`);
    expect(!earlier || program.verdict === 'invalid' || shown.text.includes('仍在账本中'), `${name}: it is not said that the record is still there`);
    if (program.record) expect(shown.text.includes(program.record.id) && shown.text.includes(program.record.key), `${name}: the record is not shown`);
  }
}

async function checkHostile(tab, suite) {
  const at = join(folder, `${suite} hostile text`);
  const { text } = await verdictOfPage(tab, `${at}.evidence`, `${at}.policy`);
  expect(text.includes('<img src=x onerror='), `${suite}: the hostile text is not shown as text`);
  expect(await tab.locator('#report img, #report script').count() === 0, `${suite}: a text became elements`);
  expect(await tab.title() !== 'ran', `${suite}: a text ran`);
}

async function checkLanguages(tab) {
  for (const [id, lang, word] of [['en', 'en', 'Holds'], ['zh', 'zh-CN', '成立']]) {
    await tab.focus(`#${id}`);
    await tab.keyboard.press('Enter');
    expect(await tab.getAttribute('html', 'lang') === lang, `the page does not turn to ${lang}`);
    expect((await tab.locator('.verdict').textContent()).startsWith(word), `the verdict is not in ${lang}`);
  }
  for (const input of await tab.locator('input').all())
    expect(await input.evaluate((e) => e.labels.length === 1 && e.labels[0].textContent !== ''), 'a control has no label');
}

// Both files dropped at once, the policy first.
async function checkDrop(tab, name) {
  await tab.reload();
  const bytes = ['policy', 'evidence'].map((kind) => [...readFileSync(join(folder, `${name}.${kind}`))]);
  await tab.evaluate((all) => {
    const dataTransfer = new DataTransfer();
    for (const b of all) dataTransfer.items.add(new File([Uint8Array.from(b)], 'dropped'));
    document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, bytes);
  await tab.locator('#report[data-verdict]').waitFor();
  expect(await tab.getAttribute('#report', 'data-verdict') === 'valid', 'files that are dropped are not checked');
}

// A file that is none, and a policy that is none.
async function checkOthers(tab, name) {
  const evidence = join(folder, `${name}.evidence`), policy = join(folder, `${name}.policy`);
  expect((await verdictOfPage(tab, policy, policy)).level === 'parsed', 'a policy passes as evidence');
  expect((await verdictOfPage(tab, evidence, evidence)).level === 'policy', 'evidence passes as a policy');
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1000, height: 1400 } });
  const tab = await context.newPage(), address = pathToFileURL(resolve(page)).href, requests = [];
  await context.route('**', (route) => {
    if (route.request().url() === address) return route.continue();
    requests.push(route.request().url());
    return route.abort();
  });
  tab.on('console', (m) => { if (m.type() === 'error') faults.push(`console: ${m.text()}`); });
  tab.on('pageerror', (e) => faults.push(`page: ${e}`));
  await tab.goto(address);
  const names = readdirSync(folder).filter((f) => f.endsWith('.evidence')).map((f) => f.slice(0, -'.evidence'.length)).sort();
  const met = new Set();
  await compare(tab, names, met);
  for (const level of ['valid', 'policy', 'parsed', 'included', 'witnessed', 'purpose', 'signed', 'entitled', 'body']) expect(met.has(level), `no case of ${level}`);
  for (const suite of ['intl', 'gm']) await checkHostile(tab, suite);
  await checkLanguages(tab);
  if (screenshot) await tab.screenshot({ path: screenshot, fullPage: true });
  await checkDrop(tab, 'intl record');
  await checkOthers(tab, 'intl hostile text');
  expect(requests.length === 0, `requests left the page: ${requests}`);
  console.log(`${names.length} files compared at levels ${[...met].join(' ')}`);
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
