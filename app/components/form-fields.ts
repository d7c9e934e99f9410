/** The response of a form's action when it does not redirect: what was submitted, and why it was refused. */
export type FormResponse = {
  /** The submitted values, nested like the field names ("lines[0].quantity"). */
  typed: Record<string, unknown>
  /** By field name. */
  errors: Record<string, string[] | null>
  /** Error of the form as a whole. */
  problem: string | null
}

/** Limits of a field's value, as attributes of its control. */
export type Constraint = {
  required?: boolean
  minLength?: number
  maxLength?: number
  min?: number
  max?: number
}

/** What a field component needs to know of its field. */
export type FieldProps = Constraint & { id: string; name: string; defaultValue: string; errors?: string[] }

type Key<Values> = Extract<keyof Values, string>
type FieldName<Values> = Key<Values> | `${Key<Values>}[${number}]` | `${Key<Values>}[${number}].${string}`

export type FormFields = Pick<ReturnType<typeof formFields>, 'answer' | 'idOf'>

/**
 * The fields of a form: once it was submitted with the submitted values, where an empty one counts too, otherwise with
 * the page's own. `id` is the prefix of the fields' ids, for a page with several forms; `constraint` the limits by field
 * name ("lines[].quantity").
 */
export function formFields<Values = Record<string, unknown>>({
  id,
  answer,
  values = {},
  constraint = {},
}: {
  id?: string
  answer: FormResponse | undefined
  values?: Partial<Values>
  constraint?: Record<string, Constraint>
}) {
  const idOf = (name: string) => (id === undefined ? name : `${id}-${name}`)
  const valueOf = (name: string) => valueAt(answer?.typed ?? values, name)
  return {
    answer,
    idOf,
    field: (name: FieldName<Values>): FieldProps => ({
      ...constraint[name.replace(/\[\d+\]/g, '[]')],
      id: idOf(name),
      name,
      defaultValue: textOf(valueOf(name)),
      errors: answer?.errors[name] ?? undefined,
    }),
    /** The items of a list, or the values of a field that was sent several times. */
    list: (name: Key<Values>): unknown[] => [valueOf(name) ?? []].flat(),
  }
}

/** One field of a form without limits. */
export function fieldOf(answer: FormResponse | undefined, name: string, initial = ''): FieldProps {
  return formFields({ answer, values: { [name]: initial } }).field(name)
}

/**
 * A hidden value that must not change under the user: after a refusal it is the submitted one (a stale version has to
 * stay stale), otherwise the page's own.
 */
export function submittedOr(answer: FormResponse | undefined, name: string, own: number | string) {
  const submitted = answer && valueAt(answer.typed, name)
  return typeof submitted === 'string' ? submitted : own
}

function valueAt(values: object, name: string): unknown {
  let value: unknown = values
  for (const step of name.split(/[.[\]]+/).filter(Boolean))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined
  return value
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
