import { DateTime } from '#app/components/date-time.tsx'

/** From start to end, in the store's time zone. */
export function PromotionPeriod({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }) {
  return (
    <span className="period">
      <span>
        {!endsAt && 'From '}
        <DateTime at={startsAt} as="dated" />
        {endsAt && ' –'}
      </span>{' '}
      {endsAt && <DateTime at={endsAt} as="dated" />}
    </span>
  )
}
