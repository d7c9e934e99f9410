import { type ClientRequest, request } from 'node:http'
import type { Visitor } from './visitor.ts'

export type StreamMessage = { type: string; id: string; data: Record<string, unknown> }

export type OpenStream = {
  messages: StreamMessage[]
  /** The first message that matches, of those received so far or later. */
  receives(fits: (message: StreamMessage) => boolean): Promise<StreamMessage>
  /** Passes on every message, including those received so far. */
  onMessage(take: (message: StreamMessage) => void): void
  /** Resolves when the server has closed the stream. */
  ended: Promise<void>
  close(): void
}

const open = new Set<ClientRequest>()

/** Closes the streams that a test left open. */
export function closeStreams() {
  for (const asked of open) asked.destroy()
}

/** The grants in a page's data. */
export function grantsIn(page: string): string[] {
  return [...page.matchAll(/\d{10}~[\w.]+~\d*~[\w:,@]*~[\w-]{32}/g)].map(([text]) => text)
}

/**
 * Opens an event stream like a page of the shop; `headers` overrides the defaults. Returns the status if it is not 200.
 */
export async function listenTo(
  visitor: Pick<Visitor, 'origin' | 'cookies'>,
  query: string,
  headers: Record<string, string> = {},
): Promise<OpenStream> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const messages: StreamMessage[] = []
  const looking = new Set<() => void>()
  const taking: ((message: StreamMessage) => void)[] = []
  return new Promise((resolve, reject) => {
    const asked = request(new URL(`/events?${query}`, visitor.origin), {
      agent: false,
      headers: { 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}), ...headers },
    })
    open.add(asked)
    asked.on('error', reject)
    asked.on('response', (response) => {
      if (response.statusCode !== 200) {
        response.resume()
        return reject(new Error(String(response.statusCode)))
      }
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        const parts = (text + chunk).split('\n\n')
        text = parts.pop()!
        const come = parts.map(parseMessage)
        messages.push(...come)
        for (const message of come) taking.forEach((take) => take(message))
        for (const look of looking) look()
      })
      const ended = new Promise<void>((done) => {
        response.on('close', () => {
          open.delete(asked)
          done()
        })
        response.on('error', () => {})
      })
      const receives = (fits: (message: StreamMessage) => boolean) =>
        new Promise<StreamMessage>((found, missed) => {
          const look = () => {
            const message = messages.find(fits)
            if (!message) return
            looking.delete(look)
            found(message)
          }
          looking.add(look)
          look()
          void ended.then(() => missed(new Error(`It ended after ${JSON.stringify(messages.slice(-5))}`)))
        })
      const onMessage = (take: (message: StreamMessage) => void) => {
        messages.forEach(take)
        taking.push(take)
      }
      resolve({ messages, receives, onMessage, ended, close: () => asked.destroy() })
    })
    asked.end()
  })
}

function parseMessage(text: string): StreamMessage {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? ''
  return {
    type: field('event') || 'message',
    id: field('id'),
    data: JSON.parse(field('data') || '{}') as Record<string, unknown>,
  }
}
