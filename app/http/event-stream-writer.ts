import type { ServerResponse } from 'node:http'

export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  // Ends with the connection: without chunks, a message is one write to the socket.
  connection: 'close',
}

/** More than this is not kept for a reader who does not take it. */
const mostQueued = 64 * 1024

type Hooks = {
  /** The message for a reader who missed something. */
  missed: () => string
  fellBehind: () => void
}

/**
 * Writes to one reader. While they take nothing, nothing is queued beyond `mostQueued`; once they take it again,
 * they are told to read their pages anew.
 */
export class EventWriter {
  /** Since when the reader takes nothing, or 0. */
  behindSince = 0
  readonly #response: ServerResponse
  readonly #hooks: Hooks

  constructor(response: ServerResponse, hooks: Hooks) {
    this.#response = response
    this.#hooks = hooks
    response.useChunkedEncodingByDefault = false
    response.shouldKeepAlive = false
    response.writeHead(200, streamHeaders)
    // A reader who is gone is noticed by 'close'; what was written meanwhile does not matter.
    response.on('error', ignore)
  }

  hear(bytes: Buffer | string) {
    if (this.behindSince > 0) return
    const queued = this.#response.writableLength
    if (queued === 0 || queued + bytes.length <= mostQueued) return void this.#response.write(bytes)
    this.#fallBehind()
    this.#response.once('drain', () => {
      if (this.#response.writableEnded) return
      this.behindSince = 0
      this.hear(this.#hooks.missed())
    })
  }

  /** Ends with a last message, which somebody who takes nothing does not hold up for long. */
  close(text: string) {
    if (this.#response.writableEnded) return
    this.#response.end(text)
    this.#fallBehind()
  }

  #fallBehind() {
    if (this.behindSince === 0) this.behindSince = Date.now()
    this.#hooks.fellBehind()
  }

  drop() {
    this.#response.destroy()
  }
}

function ignore() {}
