import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createShop } from '#tests/support/cast.ts'
import { asSuperuser, databaseUrl } from '#tests/support/database.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { stopLeftoverTills } from '#tests/support/till.ts'

const metricsToken = 'm'.repeat(32)
const pairs = 400

/** Accepts connections and never answers, like an error service that is overloaded. */
const connections = new Set<Socket>()
const silent = createServer((socket) => {
  connections.add(socket.on('error', () => {}))
  mostConnections = Math.max(mostConnections, connections.size)
  socket.on('close', () => connections.delete(socket))
})
let mostConnections = 0
let reporting: RunningShop
let plain: RunningShop

beforeAll(async () => {
  await createShop()
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const settings = { METRICS_TOKEN: metricsToken, LOG_LEVEL: 'silent' }
  reporting = await startShop({ databaseUrl }, { ...settings, SENTRY_DSN: `http://key@127.0.0.1:${port}/1` })
  plain = await startShop({ databaseUrl }, settings)
})
afterAll(async () => {
  for (const socket of connections) socket.destroy()
  await Promise.all([reporting.stop(), plain.stop()])
  silent.close()
  stopLeftoverTills()
})

async function timeFault(shop: RunningShop): Promise<number> {
  const began = performance.now()
  const response = await fetch(`${shop.origin}/orders/${'x'.repeat(22)}`)
  await response.text()
  expect(response.status).toBe(500)
  return performance.now() - began
}

/**
 * How much longer a fault takes in the shop with reports. The two follow each other at once, so that what slows down the
 * machine slows down both; each is first in half of the pairs.
 */
async function compareOnce(isReportingFirst: boolean): Promise<number> {
  const [first, second] = isReportingFirst ? [reporting, plain] : [plain, reporting]
  const times = [await timeFault(first), await timeFault(second)] as const
  return isReportingFirst ? times[0] / times[1] : times[1] / times[0]
}

async function memoryOf(shop: RunningShop): Promise<number> {
  const headers = { authorization: `Bearer ${metricsToken}` }
  const text = await (await fetch(`${shop.origin}/metrics`, { headers })).text()
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)![1]) / 2 ** 20
}

test('faults are answered as fast, and memory stays bounded, while the error service does not answer', async () => {
  await asSuperuser((server) => server.unsafe('alter table orders rename to orders_away'))
  const ratios: number[] = []
  // The first fault loads the client of the error service.
  for (let warmUp = 0; warmUp < 100; warmUp += 1) await Promise.all([timeFault(reporting), timeFault(plain)])
  const before = { reporting: await memoryOf(reporting), plain: await memoryOf(plain) }
  try {
    for (let pair = 0; pair < pairs; pair += 1) ratios.push(await compareOnce(pair % 2 === 0))
  } finally {
    await asSuperuser((server) => server.unsafe('alter table orders_away rename to orders'))
  }
  ratios.sort((a, b) => a - b)
  const [low, median, high] = [0.25, 0.5, 0.75].map((part) => ratios[Math.floor(pairs * part)]!)
  const growth = (await memoryOf(reporting)) - before.reporting
  const plainGrowth = (await memoryOf(plain)) - before.plain
  console.info(
    `latency against a shop without reports × ${median!.toFixed(2)} (${low!.toFixed(2)} to ${high!.toFixed(2)}); ` +
      `memory +${growth.toFixed(0)} MB against +${plainGrowth.toFixed(0)} MB; at most ${mostConnections} connections`,
  )
  // A report that is made before the response is sent costs a quarter of it.
  expect(median).toBeLessThan(1.18)
  expect(mostConnections).toBeGreaterThan(0)
  expect(mostConnections).toBeLessThanOrEqual(64)
  expect(growth - plainGrowth).toBeLessThan(48)
}, 120_000)
