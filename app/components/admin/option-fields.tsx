import { Field } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import { TextArea } from './fields.tsx'

/** The names and values of up to three options. `known` is how many the product has. */
export function OptionFields({
  field,
  known = 0,
}: {
  field: (name: `options[${number}].${'name' | 'values'}`) => FieldProps
  known?: number
}) {
  return (
    <>
      {[0, 1, 2].map((index) => (
        <div className="option-row" key={index}>
          {index < known && <input type="hidden" name={`options[${index}].was`} value={index} />}
          <Field
            {...field(`options[${index}].name`)}
            label={`Option ${index + 1}`}
            placeholder={['Size', 'Color', 'Material'][index]}
            autoComplete="off"
          />
          <TextArea
            {...field(`options[${index}].values`)}
            label="Values, separated by commas"
            placeholder={['S, M, L', 'Red, Blue', 'Linen'][index]}
            rows={1}
          />
        </div>
      ))}
    </>
  )
}
