/**
 * Loaded into the measured process with --import: reports over IPC its memory after a garbage collection and its CPU
 * time, and takes a CPU profile between two messages.
 */
import type { Profiler } from 'node:inspector'
import { Session } from 'node:inspector/promises'

export type ProbeRequest = 'memory' | 'cpu' | 'start-profile' | 'stop-profile'
type ProbeAnswer = NodeJS.MemoryUsage | NodeJS.CpuUsage | Profiler.Profile | null

const session = new Session()

process.on('message', (request: ProbeRequest) => {
  void answer(request).then((answer) => process.send!(answer))
})
process.channel?.unref()

async function answer(request: ProbeRequest): Promise<ProbeAnswer> {
  if (request === 'memory') {
    // The first collection finds what the second may free; array buffers are freed by a separate thread.
    for (let turn = 0; turn < 4; turn += 1) {
      globalThis.gc!()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return process.memoryUsage()
  }
  if (request === 'cpu') return process.cpuUsage()
  if (request === 'start-profile') {
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.start')
    return null
  }
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return profile
}
