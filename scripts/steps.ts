import { spawn } from 'node:child_process'
import path from 'node:path'

export type Step = { name: string; command: string; env?: Record<string, string> }

const root = path.dirname(import.meta.dirname)

/** Runs a program of node_modules/.bin (or a file with node); returns its output and whether it succeeded. */
export async function runProgram({ command, env }: Omit<Step, 'name'>) {
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

/** Runs the steps one after the other, with one line for each; prints the output of a failed one. */
export async function runSteps(steps: Step[]): Promise<boolean> {
  let allOk = true
  for (const step of steps) {
    const { ok, output, seconds } = await timed(() => runProgram(step))
    logStep(step.name, ok, seconds)
    if (!ok) console.log(output.trimEnd())
    allOk &&= ok
  }
  return allOk
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
