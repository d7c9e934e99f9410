import type { ServerResponse } from 'node:http'

export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  // Ends with the connection: without chunked encoding, a message is one write to the socket.
  connection: 'close',
}

/** Maximum bytes buffered for a reader that does not read. */
const maxQueued = 64 * 1024

type Hooks = {
  /** The message for a reader that missed events. */
  missed: () => string
  onBackpressure: () => void
}

/**
 * Writes to one reader. While the reader is blocked, at most `maxQueued` bytes are buffered; when it reads again, it
 * is told to reload its pages.
 */
export class EventWriter {
  /** Since when the reader has been blocked, or 0. */
  blockedSince = 0
  readonly #response: ServerResponse
  readonly #hooks: Hooks

  constructor(response: ServerResponse, hooks: Hooks) {
    this.#response = response
    this.#hooks = hooks
    response.useChunkedEncodingByDefault = false
    response.shouldKeepAlive = false
    response.writeHead(200, streamHeaders)
    // A reader that disconnected is noticed by 'close'; what was written in between does not matter.
    response.on('error', ignore)
  }

  send(bytes: Buffer | string) {
    if (this.blockedSince > 0) return
    const queued = this.#response.writableLength
    if (queued === 0 || queued + bytes.length <= maxQueued) return void this.#response.write(bytes)
    this.#block()
    this.#response.once('drain', () => {
      if (this.#response.writableEnded) return
      this.blockedSince = 0
      this.send(this.#hooks.missed())
    })
  }

  /** Ends with a last message; a blocked reader does not delay it for long. */
  close(text: string) {
    if (this.#response.writableEnded) return
    this.#response.end(text)
    this.#block()
  }

  #block() {
    if (this.blockedSince === 0) this.blockedSince = Date.now()
    this.#hooks.onBackpressure()
  }

  drop() {
    this.#response.destroy()
  }
}

function ignore() {}
