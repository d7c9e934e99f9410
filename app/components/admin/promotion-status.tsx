import type { PromotionStatus as StatusName } from '#app/domain/promotions/promotions.ts'
import { Status } from './status.tsx'

export function PromotionStatus({ status }: { status: StatusName }) {
  if (status === 'active') return <Status tone="good">Active</Status>
  if (status === 'scheduled') return <Status tone="warn">Scheduled</Status>
  return <Status>Ended</Status>
}
