import { DateTime } from '#app/components/date-time.tsx'

/** From start to end, in the store's time zone. */
export function PromotionPeriod({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }) {
  return (
    <>
      {endsAt ? '' : 'From '}
      <DateTime at={startsAt} />
      {endsAt && (
        <>
          {' – '}
          <DateTime at={endsAt} />
        </>
      )}
    </>
  )
}
