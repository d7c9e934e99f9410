import type { ImportFacts, ImportStatus as StatusName } from '#app/domain/imports/imports.ts'
import { pendingCount } from '#app/domain/imports/imports.ts'
import { Status, type StatusTone } from './status.tsx'

const statusLabels = {
  uploaded: 'Waiting',
  reading: 'Checking',
  ready: 'Ready to apply',
  applying: 'Applying',
  applied: 'Applied',
  failed: 'Couldn’t read file',
  discarded: 'Discarded',
} satisfies Record<StatusName, string>

const tones = {
  uploaded: 'plain',
  reading: 'plain',
  ready: 'warn',
  applying: 'plain',
  applied: 'good',
  failed: 'bad',
  discarded: 'plain',
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
  const isHalf = facts.status === 'reading' || facts.status === 'applying'
  return (
    <Status tone={tones[facts.status]} half={isHalf}>
      {statusLabels[facts.status]}
    </Status>
  )
}
