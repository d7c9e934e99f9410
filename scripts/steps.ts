import { spawn } from 'node:child_process'
import path from 'node:path'

/** `printsResult`: the output is printed also when the step succeeds. */
export type Step = { name: string; command: string; env?: Record<string, string>; printsResult?: boolean }

const root = path.dirname(import.meta.dirname)

/** Runs a program of node_modules/.bin (or a file with node); returns its output and whether it succeeded. */
export async function runProgram({ command, env }: Pick<Step, 'command' | 'env'>) {
  const [program = '', ...args] = command.split(' ')
  const child = spawn(program, args, {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const code = await new Promise((resolve) => {
    child.once('close', resolve)
    child.once('error', (error) => {
      output += error.message
      resolve(1)
    })
  })
  return { ok: code === 0, output }
}

/** Runs the steps, two at a time, with one line for each; prints the output of a failed one. */
export async function runSteps(steps: Step[]): Promise<boolean> {
  const results: boolean[] = []
  const queue = [...steps]
  const work = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) results.push(await runStep(step))
  }
  await Promise.all([work(), work()])
  return results.every(Boolean)
}

async function runStep(step: Step): Promise<boolean> {
  const { ok, output, seconds } = await timed(() => runProgram(step))
  logStep(step.name, ok, seconds)
  if (!ok || step.printsResult) console.log(output.trimEnd())
  return ok
}

export async function timed<T extends object>(work: () => Promise<T>): Promise<T & { seconds: number }> {
  const startedAt = performance.now()
  return { ...(await work()), seconds: (performance.now() - startedAt) / 1000 }
}

export function logStep(name: string, ok: boolean, seconds: number, what = '') {
  console.log(
    `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${what}`.trimEnd(),
  )
}
