import { type ReviewStatus as ReviewStatusName, reviewStatusLabels } from '#app/domain/reviews/reviews.ts'
import { Status, type StatusTone } from './status.tsx'

const tones = { pending: 'warn', approved: 'good', rejected: 'bad' } satisfies Record<
  ReviewStatusName,
  StatusTone
>

export function ReviewStatus({ status }: { status: ReviewStatusName }) {
  return <Status tone={tones[status]}>{reviewStatusLabels[status]}</Status>
}

/** A review with the version that is shown, as the forms name it. */
export const selectionValue = ({ id, version }: { id: number; version: number }) => `${id}-${version}`
