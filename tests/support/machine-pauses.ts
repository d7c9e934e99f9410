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
 * A thread that does nothing: what it has to wait for its turn, everybody on this machine may have to wait.
 * `longest` is the longest wait since it was asked last, in milliseconds.
 */
export function watchMachine(): { longest(): Promise<number>; stop(): Promise<unknown> } {
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
