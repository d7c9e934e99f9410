import { changePosition, hasChangedSince } from './listener.server.ts'

type Kept = { madeAt: number; position: number; names: readonly string[] | null; answer: Promise<unknown> }

type Question<T> = {
  question: string
  /** What the answer depends on besides collections and settings; `shown` names what is known only from the answer. */
  dependsOn: readonly string[]
  shown?: (answer: T) => readonly string[]
}

const kept = new Map<string, Kept>()
const most = 500
/** Products become visible at a set time without a change of a row. */
const maxAgeMs = 60_000

/**
 * The answer to a question about the shop window, asked once and shared by everybody who asks until something changes
 * that it depends on. While this process does not hear of changes, and after a fault, it is asked anew.
 */
export function askOncePerCatalog<T>(of: Question<T>, ask: () => Promise<T>): Promise<T> {
  const { question, dependsOn, shown } = of
  const position = changePosition()
  if (position === null) return ask()
  const found = kept.get(question)
  if (found && !hasChangedSince(found.position, found.names) && Date.now() - found.madeAt < maxAgeMs)
    return found.answer as Promise<T>
  const answer = ask()
  // Until it is known what is shown, any change counts.
  const entry: Kept = { madeAt: Date.now(), position, names: shown ? null : dependsOn, answer }
  kept.delete(question)
  kept.set(question, entry)
  answer.then(
    (made) => {
      if (shown) entry.names = [...dependsOn, ...shown(made)]
    },
    () => kept.get(question) === entry && kept.delete(question),
  )
  for (const [oldest] of kept) {
    if (kept.size <= most) break
    kept.delete(oldest)
  }
  return answer
}
