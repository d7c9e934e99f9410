import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'

/** One measurement. `reference` is that of plain code in the same run; `ratio` is value / reference. */
export type Figure = {
  what: string
  value: number
  unit: string
  reference: number | null
  ratio: number | null
  goal: string
  holds: boolean | null
}

/** A figure against its reference; `atLeast` and `atMost` bound the ratio. Without bounds there is no goal. */
export function compare(input: {
  what: string
  unit: string
  ours: number[]
  reference: number[]
  atLeast?: number
  atMost?: number
}): Figure {
  const value = median(input.ours)
  const reference = median(input.reference)
  // Runs alternate, so each pair ran under the same conditions; the median of the pairs counts.
  const ratio = median(input.ours.map((ours, index) => ours / input.reference[index]!))
  const goals = [
    input.atLeast === undefined ? null : `ratio >= ${input.atLeast}`,
    input.atMost === undefined ? null : `ratio <= ${input.atMost}`,
  ].filter((goal) => goal !== null)
  const holds =
    goals.length === 0 ? null : ratio >= (input.atLeast ?? 0) && ratio <= (input.atMost ?? Infinity)
  return {
    what: spread(input.what, input.ours),
    value,
    unit: input.unit,
    reference,
    ratio,
    goal: goals.join(', '),
    holds,
  }
}

/** A figure with its own bound, without a reference. */
export function single(input: {
  what: string
  unit: string
  value: number
  goal?: string
  holds?: boolean
}): Figure {
  return { reference: null, ratio: null, ...input, goal: input.goal ?? '', holds: input.holds ?? null }
}

/** Prints the figures as a table and writes them to bench/results. */
export async function report(name: string, figures: Figure[]): Promise<void> {
  const cpu = cpus()
  const machine = `${cpu.length} x ${cpu[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  console.log(`\n${name}  (${machine})`)
  console.table(
    figures.map((figure) => ({
      what: figure.what,
      value: round(figure.value),
      unit: figure.unit,
      reference: figure.reference === null ? '' : round(figure.reference),
      ratio: figure.ratio === null ? '' : round(figure.ratio),
      goal: figure.goal,
      holds: figure.holds === null ? '' : figure.holds ? 'yes' : 'NO',
    })),
  )
  await mkdir('bench/results', { recursive: true })
  const result = { name, at: new Date().toISOString(), machine, figures }
  await writeFile(`bench/results/${name}.json`, `${JSON.stringify(result, null, 2)}\n`)
}

export function median(values: number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!
}

function spread(what: string, values: number[]): string {
  return `${what} (${round(Math.min(...values))} to ${round(Math.max(...values))})`
}

function round(value: number): number {
  return Number(value.toPrecision(value >= 1000 ? 4 : 3))
}
