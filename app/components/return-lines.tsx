import { Field } from './field.tsx'
import type { FieldProps } from './form-fields.ts'

type ReturnLine = { id: number; title: string; variantTitle: string; left: number }
type LinesForm = { field: (name: `lines[${number}].quantity`) => FieldProps }

/** How many units of each line are returned. */
export function ReturnLines({ form, lines }: { form: LinesForm; lines: ReturnLine[] }) {
  return lines.map((line, index) => (
    <div key={line.id}>
      <input type="hidden" name={`lines[${index}].orderLineId`} value={line.id} />
      <Field
        {...form.field(`lines[${index}].quantity`)}
        label={[line.title, line.variantTitle].filter(Boolean).join(', ')}
        hint={line.left === 1 ? '1 can be returned' : `Up to ${line.left} can be returned`}
        type="number"
        min={0}
        max={line.left}
      />
    </div>
  ))
}

/** Nothing is chosen at first, except the only unit there is. */
export function initialUnits(lines: ReturnLine[]): { quantity: string }[] {
  const isOnly = lines.length === 1 && lines[0]!.left === 1
  return lines.map(() => ({ quantity: isOnly ? '1' : '0' }))
}
