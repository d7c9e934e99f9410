import { Agent, request } from 'node:http'

/** Requests per second with so many connections, each sending the next request when the last is answered. */
export async function rate(
  url: string,
  options: { connections: number; forMs: number; headers?: Record<string, string> },
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections })
  const until = performance.now() + options.forMs
  let answered = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      while (performance.now() < until) {
        await get(url, agent, options.headers)
        answered += 1
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  return answered / seconds
}

/**
 * Milliseconds from when each request was due until its response, at a constant rate however slow the responses are. A
 * request that was not answered with 200 counts as infinite.
 */
export async function latencies(
  url: string,
  options: { perSecond: number; forMs: number; headers: Record<string, string> },
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const gap = 1000 / options.perSecond
  const count = Math.floor(options.forMs / gap)
  const started = performance.now()
  const measured = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const due = started + index * gap
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, due - performance.now())))
      const isAnswered = await get(url, agent, options.headers).then(
        () => true,
        () => false,
      )
      return isAnswered ? performance.now() - due : Infinity
    }),
  )
  agent.destroy()
  return measured
}

/** What every browser sends. The response is not decompressed while it is measured. */
export const compressedHeaders = { 'accept-encoding': 'gzip, deflate, br, zstd' }

/** The body; throws for anything but 200. */
export function get(url: string, agent?: Agent, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString()
        if (response.statusCode === 200) resolve(body)
        else reject(new Error(`${url} answered ${response.statusCode}`))
      })
    })
    asked.on('error', reject)
    asked.end()
  })
}
