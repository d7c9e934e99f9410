import { catalogVersion } from './listener.server.ts'

type Kept = { version: number; madeAt: number; answer: Promise<unknown> }

const kept = new Map<string, Kept>()
const most = 500
/** Products become visible at a set time without a change of a row. */
const maxAgeMs = 60_000

/**
 * The answer to a question about the shop window, asked once per catalogue version and shared by everybody who
 * asks meanwhile. While this process does not hear of changes, and after a fault, it is asked anew.
 */
export function askOncePerCatalog<T>(question: string, ask: () => Promise<T>): Promise<T> {
  const version = catalogVersion()
  if (version === null) return ask()
  const found = kept.get(question)
  if (found?.version === version && Date.now() - found.madeAt < maxAgeMs) return found.answer as Promise<T>
  const answer = ask()
  kept.delete(question)
  kept.set(question, { version, madeAt: Date.now(), answer })
  answer.catch(() => kept.delete(question))
  for (const [oldest] of kept) {
    if (kept.size <= most) break
    kept.delete(oldest)
  }
  return answer
}
