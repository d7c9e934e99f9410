import { useMoney } from '#app/components/shop.ts'
import type { FieldValue } from '#app/domain/field-value.ts'
import { Moment } from '#app/components/moment.tsx'

/** A value as staff read it, in the shop's money and on its clock. */
export function FieldValueText({ value }: { value: FieldValue }) {
  const money = useMoney()
  switch (value.kind) {
    case 'nothing':
      return '(empty)'
    case 'money':
      return money(value.amount)
    case 'number':
      return value.number.toLocaleString('en')
    case 'flag':
      return value.on ? 'yes' : 'no'
    case 'date':
      return <Moment at={new Date(value.at)} as="long" />
    case 'html':
    case 'text':
      return value.text
  }
}
