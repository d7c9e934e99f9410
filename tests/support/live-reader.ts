import { setTimeout as wait } from 'node:timers/promises'
import { grantsIn, listenTo, type OpenStream, type StreamMessage } from './event-stream.ts'
import { createVisitor, type Visitor } from './visitor.ts'

/**
 * A browser with one page open, as far as live events go: it knows what the page shows, then what the stream sends, and
 * where events were missed or the stream breaks, it reloads the page and reconnects.
 */
export class LiveReader {
  /** The newest version of each subject on the page, by topic. */
  readonly versions = new Map<string, number>()
  /** The versions that the stream sent, in order. */
  readonly received: { topic: string; version: number }[] = []
  /** The price of the page's product, in minor units. */
  price: number | undefined
  /** How often the page had to be reloaded. */
  rereads = -1
  readonly #visitor: Pick<Visitor, 'get' | 'origin' | 'cookies'>
  readonly #page: string
  readonly #looking = new Set<() => void>()
  #stream: OpenStream | undefined
  #isOver = false

  constructor(origin: string, cookies: Record<string, string>, page: string) {
    this.#visitor = createVisitor(origin, { cookies })
    this.#page = page
  }

  /** Listens until `close`. */
  async open(): Promise<void> {
    await this.#read()
    void this.#stayOpen()
  }

  close() {
    this.#isOver = true
    this.#stream?.close()
  }

  /** Whether it receives this within the time. */
  async receives(topic: string, withinMs: number): Promise<boolean> {
    const isKnown = () => this.versions.has(topic)
    return new Promise((resolve) => {
      const settle = (found: boolean) => {
        clearTimeout(timer)
        this.#looking.delete(look)
        resolve(found)
      }
      const timer = setTimeout(() => settle(false), withinMs)
      const look = () => isKnown() && settle(true)
      this.#looking.add(look)
      look()
    })
  }

  /** Loads the page and opens a stream from the page's position. */
  async #read() {
    const { status, body } = await this.#visitor.get(this.#page)
    if (status !== 200) throw new Error(String(status))
    this.rereads += 1
    const grants = grantsIn(body)
    for (const topic of grants.flatMap((text) => text.split('~')[3]!.split(','))) {
      const [name, version] = topic.split('@')
      if (version) this.#learn(name!, Number(version))
    }
    const price = /"price":"([\d.]+)"/.exec(body)?.[1]
    if (price) this.price = Math.round(Number(price) * 100)
    this.#stream = await listenTo(this.#visitor, grants.map((text) => `grant=${text}`).join('&'))
    this.#stream.onMessage((message) => this.#receive(message))
  }

  async #stayOpen() {
    for (;;) {
      await this.#stream!.ended
      while (!this.#isOver) {
        const isBack = await this.#read().then(
          () => true,
          () => false,
        )
        if (isBack) break
        // The shop is down: a browser retries after a while, too.
        await wait(50)
      }
      if (this.#isOver) return
    }
  }

  #receive({ type, data }: StreamMessage) {
    if (type === 'resync') this.#stream!.close()
    if (type !== 'message') return
    const { topic, marker, version, variants } = data as {
      topic: string
      marker?: string
      version?: number
      variants?: { price: number }[]
    }
    if (version !== undefined) {
      this.received.push({ topic, version })
      this.#learn(topic, version)
    }
    if (variants) this.price = variants[0]!.price
    if (marker) this.#learn(marker, 1)
  }

  #learn(name: string, version: number) {
    this.versions.set(name, Math.max(version, this.versions.get(name) ?? 0))
    for (const look of this.#looking) look()
  }
}
