import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const idler = `
  const { parentPort } = require('node:worker_threads')
  const { monitorEventLoopDelay } = require('node:perf_hooks')
  const delays = monitorEventLoopDelay({ resolution: 10 })
  delays.enable()
  parentPort.on('message', () => {
    parentPort.postMessage(delays.max / 1e6)
    delays.reset()
  })`

/**
 * An idle thread: what delays it may delay every process on this machine. `longest` is the longest delay since the last
 * call, in milliseconds.
 */
export function watchEventLoopLag(): { longest(): Promise<number>; stop(): Promise<unknown> } {
  const thread = new Worker(idler, { eval: true })
  return {
    longest: async () => {
      thread.postMessage('how long?')
      const [waited] = (await once(thread, 'message')) as [number]
      return waited
    },
    stop: () => thread.terminate(),
  }
}
