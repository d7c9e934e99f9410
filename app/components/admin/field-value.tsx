import { useMoney } from '#app/components/shop.ts'
import type { FieldValue } from '#app/domain/field-value.ts'
import { formatNumber } from '#app/domain/intl.ts'
import { DateTime } from '#app/components/date-time.tsx'

/** A value formatted for staff, in the store's currency and time zone. */
export function FieldValueText({ value }: { value: FieldValue }) {
  const money = useMoney()
  switch (value.kind) {
    case 'nothing':
      return '(empty)'
    case 'money':
      return money(value.amount)
    case 'number':
      return formatNumber(value.number)
    case 'flag':
      return value.on ? 'yes' : 'no'
    case 'date':
      return <DateTime at={new Date(value.at)} as="long" />
    case 'html':
    case 'text':
      return value.text
  }
}
