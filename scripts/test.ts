/** `npm test`: the checks, then every test on scratch databases, then one line with the total. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checks } from './check.ts'
import { findChromium } from './chromium.ts'
import { runProgram, logStep, type Step, timed } from './steps.ts'

type Result = { ok: boolean; output: string; passed: number; failed: number }

const reports = await mkdtemp(path.join(tmpdir(), 'till-reports-'))
const sum = { passed: 0, failed: 0 }

for (const check of checks) await run(check.name, () => step(check))
await run('unit', () => vitest('unit'))
await run('build', () => step({ command: 'node scripts/build.ts' }))
await run('operations', () => vitest('operations'))
await run('database', () => vitest('database'))
if (existsSync('playwright.config.ts')) await run('browser', playwright)

await rm(reports, { recursive: true, force: true })
console.log(`\n${sum.passed} passed, ${sum.failed} failed`)
process.exit(sum.failed === 0 ? 0 : 1)

async function run(name: string, work: () => Promise<Result>) {
  const { ok, output, passed, failed, seconds } = await timed(work)
  // A program that fails without a failed test (a crash, an unhandled error) counts as one.
  sum.failed += ok ? failed : Math.max(failed, 1)
  sum.passed += passed
  logStep(
    name,
    ok,
    seconds,
    passed + failed > 1 ? `${passed} passed${failed ? `, ${failed} failed` : ''}` : '',
  )
  if (!ok) console.log(output.trimEnd())
}

async function step(step: Omit<Step, 'name'>): Promise<Result> {
  const { ok, output } = await runProgram(step)
  return { ok, output, passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

async function vitest(project: string): Promise<Result> {
  const file = path.join(reports, `${project}.json`)
  const command = `vitest run --project ${project} --reporter default --reporter json --outputFile.json ${file}`
  const { ok, output } = await runProgram({ command, env: { NO_COLOR: '1' } })
  const report = await readReport<{ numPassedTests: number; numFailedTests: number }>(file)
  return { ok, output, passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 }
}

async function playwright(): Promise<Result> {
  const { path: chromium, message } = await findChromium()
  console.log(message)
  if (!chromium) return { ok: false, output: message, passed: 0, failed: 1 }
  const file = path.join(reports, 'browser.json')
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file, NO_COLOR: '1' }
  const { ok, output } = await runProgram({ command: 'playwright test --reporter=line,json', env })
  type Report = { stats: { expected: number; unexpected: number; flaky: number } }
  const stats = (await readReport<Report>(file))?.stats
  // A test that passed only on a retry counts as failed.
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
  return { ok: ok && failed === 0, output, passed: stats?.expected ?? 0, failed }
}

async function readReport<T>(file: string): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch(() => 'null')
  return JSON.parse(text) as T | null
}
