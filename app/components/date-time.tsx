import { dateFormat } from '#app/domain/intl.ts'
import { useShop } from '#app/components/shop.ts'

const formats = {
  /** 23 Nov, 09:30. */
  short: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  /** 23 Nov 2026, 09:30. */
  dated: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  long: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

/** A point in time in the store's time zone, the same on the server and in the browser. */
export function DateTime({ at, as = 'short' }: { at: Date; as?: keyof typeof formats }) {
  const shop = useShop()
  const format = dateFormat('en-GB', {
    ...formats[as],
    hourCycle: 'h23',
    timeZone: shop?.timeZone ?? 'UTC',
  })
  return <time dateTime={at.toISOString()}>{format.format(at)}</time>
}
