/**
 * `npm test`: the checks, then every test on databases of its own, then one line with the sum. Parts that neither
 * measure time nor use all processors run two at a time. `npm test -- NAME…` runs only the parts of that name.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { checks } from './check.ts'
import { findChromium } from './chromium.ts'
import { runProgram, logStep, type Step, timed } from './steps.ts'

/** `warning` is printed although the part is ok. */
type Result = { ok: boolean; output: string; passed: number; failed: number; warning?: string }
type Part = { name: string; run: () => Promise<Result> }

/** Browser tests that may pass only when repeated. They are printed with their errors; one more fails the part. */
const maxFlaky = 2

const reports = await mkdtemp(path.join(tmpdir(), 'till-reports-'))
const sum = { passed: 0, failed: 0 }

/** The parts of a group run two at a time, one group after the other. */
const groups: Part[][] = [
  [...checks.map((check) => ({ name: check.name, run: () => step(check) })), tests('unit')],
  [{ name: 'build', run: () => step({ command: 'node scripts/build.ts' }) }],
  [tests('operations'), tests('database')],
  [tests('forms')],
  [tests('timing')],
  [{ name: 'browser', run: playwright }],
]

const wanted = process.argv.slice(2)
const names = groups.flat().map(({ name }) => name)
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. The parts are: ${names.join(', ')}`)
  process.exit(2)
}
for (const group of groups)
  await runGroup(group.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))

await rm(reports, { recursive: true, force: true })
console.log(`\n${sum.passed} passed, ${sum.failed} failed`)
process.exit(sum.failed === 0 ? 0 : 1)

async function runGroup(parts: Part[]) {
  const queue = [...parts]
  const work = async () => {
    for (let part = queue.shift(); part; part = queue.shift()) await runPart(part)
  }
  await Promise.all([work(), work()])
}

async function runPart({ name, run }: Part) {
  const { ok, output, passed, failed, warning, seconds } = await timed(run)
  // A program that fails without a failed test (a crash, an unhandled error) counts as one failure.
  sum.failed += ok ? failed : Math.max(failed, 1)
  sum.passed += passed
  const counts = passed + failed > 1 ? `${passed} passed${failed ? `, ${failed} failed` : ''}` : ''
  logStep(name, ok, seconds, counts)
  if (!ok) console.log(output.trimEnd())
  else if (warning) console.log(warning)
}

async function step(step: Pick<Step, 'command' | 'env'>): Promise<Result> {
  const { ok, output } = await runProgram(step)
  return { ok, output, passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

function tests(project: string): Part {
  return { name: project, run: () => vitest(project) }
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
  const command = 'playwright test --retries=1 --reporter=line,json'
  const { ok, output } = await runProgram({ command, env })
  const report = await readReport<PlaywrightReport>(file)
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {}
  const isTooFlaky = flaky > maxFlaky
  const failed = isTooFlaky ? unexpected + flaky : unexpected
  const failedTests = failures(report?.suites ?? []).join('\n')
  return {
    ok: ok && failed === 0,
    output: failedTests || output,
    passed: isTooFlaky ? expected : expected + flaky,
    failed,
    warning: flaky > 0 ? `Passed only when repeated: ${flaky} of at most ${maxFlaky}\n${failedTests}` : '',
  }
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number }; suites: Suite[] }
type Suite = { specs: Spec[]; suites?: Suite[] }
type Spec = {
  title: string
  file: string
  line: number
  tests: { projectName: string; results: { status: string; errors: { message?: string }[] }[] }[]
}

/** Only the failed tests with their errors: the progress of all others would bury them. */
function failures(suites: Suite[]): string[] {
  return suites.flatMap(({ specs, suites: inner }) => [
    ...specs.flatMap(({ title, file, line, tests }) =>
      tests.flatMap(({ projectName, results }) =>
        results
          .filter(({ status }) => status !== 'passed' && status !== 'skipped')
          .map(
            ({ status, errors }) =>
              `\n[${projectName}] ${file}:${line} ${title}: ${status}\n${errors
                .map(({ message }) => stripVTControlCharacters(message ?? '').slice(0, 2_000))
                .join('\n')}`,
          ),
      ),
    ),
    ...failures(inner ?? []),
  ])
}

async function readReport<T>(file: string): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch(() => 'null')
  return JSON.parse(text) as T | null
}
