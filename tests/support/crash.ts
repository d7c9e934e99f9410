import { connect as connectTo, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import type { PaymentProvider } from '#app/domain/billing/provider.ts'
import { connect } from '#db/client.ts'

/**
 * Runs a command like a process that loses power at one of its steps: a statement, or a call to the payment provider.
 * From then on nothing of it reaches the database or the provider, and no answer reaches it, so that it never continues.
 * `place-order-and-crash.ts` kills a real process, but starting one for each step of many commands takes too long.
 */

export type Crash = { step: number; when: 'before' | 'after' }

type Run = { provider: PaymentProvider; crashed: boolean; steps: number }

const poolSlot = Symbol.for('till.pool')
const globals = globalThis as { [key: symbol]: unknown }
const never = <T>() => new Promise<T>(() => {})

/** Returns the number of steps that were begun, and whether it crashed; a command with fewer steps ends as usual. */
export async function runWithCrash(
  work: (provider: PaymentProvider) => Promise<unknown>,
  input: { databaseUrl: string; provider: PaymentProvider; crash: Crash | null },
): Promise<{ crashed: boolean; steps: number }> {
  const { crash } = input
  const wire = await openWire(new URL(input.databaseUrl))
  const died = Promise.withResolvers<void>()
  const run: Run = { provider: input.provider, crashed: false, steps: 0 }
  const die = () => {
    run.crashed = true
    wire.cut()
    died.resolve()
  }
  /** Whether this step is the last one, and how it ends. */
  const nextStep = () => {
    run.steps += 1
    return !run.crashed && crash?.step === run.steps ? crash.when : null
  }
  const pool = globals[poolSlot]
  // Replacing a pool closes it: the one of the tests is put back later.
  globals[poolSlot] = undefined
  connect(wire.url, {
    max: 1,
    onStatement: () => {
      const end = nextStep()
      if (end === 'before') die()
      if (end === 'after') wire.cutAtNextResult(die)
    },
  })
  try {
    await Promise.race([work(steppingProvider(run, nextStep, die)), died.promise])
  } finally {
    const own = globals[poolSlot] as { client: { end: (o: object) => Promise<void> } }
    globals[poolSlot] = pool
    // Closing the pool of a crashed run would let it continue.
    if (!run.crashed) {
      await own.client.end({ timeout: 1 })
      wire.close()
    }
  }
  return { crashed: run.crashed, steps: run.steps }
}

function steppingProvider(run: Run, nextStep: () => Crash['when'] | null, die: () => void): PaymentProvider {
  return new Proxy(run.provider, {
    get(target, name) {
      const call = Reflect.get(target, name) as (...args: unknown[]) => unknown
      if (name === 'readEvent' || name === 'listEvents') return call
      return async (...args: unknown[]) => {
        const end = nextStep()
        if (end === 'before') die()
        if (run.crashed) return never()
        const answer = await call(...args)
        if (end === 'after') die()
        return run.crashed ? never() : answer
      }
    },
  })
}

/** A connection to PostgreSQL that can be cut: its server sees the end of the connection, its client sees nothing. */
async function openWire(target: URL) {
  const pairs: { inside: Socket; outside: Socket }[] = []
  let isCut = false
  let atResult: (() => void) | null = null
  const server = createServer((inside) => {
    inside.on('error', () => {})
    if (isCut) return
    const outside = connectTo(Number(target.port), target.hostname)
    outside.on('error', () => inside.destroy())
    const results = countResults()
    pairs.push({ inside, outside })
    inside.on('data', (chunk) => void (isCut || outside.write(chunk)))
    outside.on('data', (chunk: Buffer) => {
      if (results(chunk) > 0 && atResult) atResult()
      if (!isCut) inside.write(chunk)
    })
    inside.on('close', () => outside.destroy())
    outside.on('close', () => void (isCut || inside.destroy()))
  })
  server.listen(0, '127.0.0.1')
  server.unref()
  await once(server, 'listening')
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.toString(),
    cut() {
      isCut = true
      for (const { inside, outside } of pairs) {
        outside.destroy()
        inside.unref()
      }
    },
    cutAtNextResult: (then: () => void) => void (atResult = then),
    close: () => void server.close(),
  }
}

/** Counts the results of statements in what the server sends: CommandComplete, EmptyQueryResponse, ErrorResponse. */
function countResults() {
  let rest = Buffer.alloc(0)
  return (chunk: Buffer): number => {
    rest = Buffer.concat([rest, chunk])
    let results = 0
    while (rest.length >= 5) {
      const length = 1 + rest.readInt32BE(1)
      if (rest.length < length) break
      if ('CIE'.includes(String.fromCharCode(rest[0]!))) results += 1
      rest = rest.subarray(length)
    }
    return results
  }
}
