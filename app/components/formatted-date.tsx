import { dateFormat } from '#app/domain/intl.ts'
import { useShop } from './shop.ts'

/** A date in the store's time zone and locale; the same on the server and in the browser. */
export function FormattedDate({ at }: { at: Date }) {
  const shop = useShop()
  const format = dateFormat(shop?.locale ?? 'en', {
    dateStyle: 'long',
    timeZone: shop?.timeZone ?? 'UTC',
  })
  return <time dateTime={at.toISOString()}>{format.format(at)}</time>
}
