import { dateFormat } from '#app/domain/intl.ts'
import { useShop } from './shop.ts'

/** A day on the shop's calendar, written as its shoppers write it; the same on the server and in the browser. */
export function Day({ at }: { at: Date }) {
  const shop = useShop()
  const words = dateFormat(shop?.locale ?? 'en', {
    dateStyle: 'long',
    timeZone: shop?.timeZone ?? 'UTC',
  })
  return <time dateTime={at.toISOString()}>{words.format(at)}</time>
}
