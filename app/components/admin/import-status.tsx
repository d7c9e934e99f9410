import type { ImportFacts, ImportStatus as StatusName } from '#app/domain/imports/imports.ts'
import { isRunning, pendingCount } from '#app/domain/imports/imports.ts'
import { Status, type StatusTone } from './status.tsx'

const statusLabels = {
  uploaded: 'Waiting',
  reading: 'Checking',
  ready: 'Ready to apply',
  applying: 'Applying',
  applied: 'Applied',
  failed: 'Couldn’t read file',
  discarded: 'Discarded',
  undoing: 'Undoing',
  undone: 'Undone',
} satisfies Record<StatusName, string>

const tones = {
  uploaded: 'plain',
  reading: 'plain',
  ready: 'warn',
  applying: 'plain',
  applied: 'good',
  failed: 'bad',
  discarded: 'plain',
  undoing: 'plain',
  undone: 'plain',
} satisfies Record<StatusName, StatusTone>

export function ImportStatus({ of: facts }: { of: ImportFacts }) {
  const left = pendingCount(facts)
  if (facts.status === 'ready' && left === 0) return <Status tone="good">Nothing to change</Status>
  if (facts.status === 'applied' && left > 0) {
    return (
      <Status tone="warn" half>
        Partly applied
      </Status>
    )
  }
  if (facts.status === 'undone' && facts.keptCount > 0) {
    return (
      <Status tone="warn" half>
        Partly undone
      </Status>
    )
  }
  const isHalf = isRunning(facts) && facts.status !== 'uploaded'
  return (
    <Status tone={tones[facts.status]} half={isHalf}>
      {statusLabels[facts.status]}
    </Status>
  )
}
