import {
  type Constraint,
  type FieldProps,
  formFields,
  type FormResponse,
  submittedOr,
} from '#app/components/form-fields.ts'
import { Link } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { EditForm, SaveBar } from './edit-form.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { type RuleField, ruleFieldLabels } from '#app/domain/collections/rule-fields.ts'
import { formatCount } from '#app/domain/intl.ts'
import { urls } from '#app/urls.ts'
import { CheckField, ChoiceField, SelectField } from './fields.tsx'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Panel } from './panel.tsx'
import { RichTextField } from './rich-text/rich-text-field.tsx'
import { SearchPanel } from './product-fields.tsx'

export type CollectionValues = {
  title: string
  handle: string
  description: string
  parentId: string
  kind: string
  match: string
  rules: { field: string; value: string }[]
  isShown: string
  publishedAt: string
  seoTitle: string
  seoDescription: string
}

export type CollectionFormProps = {
  values: CollectionValues
  version?: number
  saved?: { handle: string; title: string; text: string }
  /** Collections that can be the parent, as a tree. */
  parents: { id: number; title: string; depth: number }[]
  suggestions: string[]
  timeZone: string
  constraint: Record<string, Constraint>
  result?: FormResponse
  children: React.ReactNode
}

/** The form that creates or changes a collection; `children` are the buttons. */
export function CollectionForm({ children, ...props }: CollectionFormProps) {
  const { values, version, saved, parents, timeZone, constraint, result } = props
  const form = formFields<CollectionValues>({ id: 'collection', answer: result, constraint, values })
  return (
    <EditForm method="post" answer={result}>
      <CsrfField />
      {version !== undefined && (
        <input type="hidden" name="version" value={submittedOr(result, 'version', version)} />
      )}
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          <Panel>
            <div className="fields">
              <Field {...form.field('title')} label="Title" autoComplete="off" />
              <RichTextField
                {...form.field('description')}
                label="Description"
                isOptional
                hint="HTML, shown above the products."
                editorHint="Shown above the products."
                rows={4}
                className="input--code"
              />
            </div>
          </Panel>
          <Panel title="Products">
            <div className="fields">
              <ChoiceField
                {...form.field('kind')}
                label="Type"
                choices={[
                  { value: 'manual', label: 'Manual', hint: 'You choose the products and their order.' },
                  {
                    value: 'rule',
                    label: 'Automatic',
                    hint: 'Includes matching products added later.',
                  },
                ]}
              />
              <Rules count={form.list('rules').length} field={form.field} suggestions={props.suggestions} />
            </div>
          </Panel>
          <SearchPanel field={form.field} folder="/collections/" saved={saved} />
        </div>
        <div>
          <Panel title="Visibility">
            <div className="fields">
              <CheckField {...form.field('isShown')} label="Show in store" />
              <Field
                {...form.field('publishedAt')}
                label="Publish date"
                isOptional
                type="datetime-local"
                hint={`Leave empty to publish now. Time zone: ${timeZone}.`}
              />
            </div>
          </Panel>
          <Panel title="Menu position">
            <div className="fields">
              <SelectField
                {...form.field('parentId')}
                label="Parent"
                choices={[
                  { value: '', label: 'None' },
                  ...parents.map(({ id, title, depth }) => ({
                    value: String(id),
                    label: `${'\u2003'.repeat(depth)}${title}`,
                  })),
                ]}
              />
              <p className="field__hint">
                <Link to={urls.admin.collectionMenu()}>Change the order in the menu</Link>
              </p>
            </div>
          </Panel>
        </div>
      </div>
      <SaveBar>{children}</SaveBar>
    </EditForm>
  )
}

/**
 * The rows of conditions and the number of matching products. A row with an empty value is ignored; saving adds empty
 * rows.
 */
function Rules({
  count: rowCount,
  field,
  suggestions,
}: {
  count: number
  field: (name: 'match' | `rules[${number}].${string}`) => FieldProps
  suggestions: string[]
}) {
  const box = useRef<HTMLFieldSetElement>(null)
  const { matches, count } = useMatchCount(box)
  return (
    <fieldset className="fields" ref={box} onChange={count}>
      <legend className="label">Conditions</legend>
      <SelectField
        {...field('match')}
        label="Products must match"
        choices={[
          { value: 'all', label: 'all conditions' },
          { value: 'any', label: 'any condition' },
        ]}
      />
      {Array.from({ length: rowCount }, (_, index) => (
        <div className="rule-row" key={index}>
          <SelectField
            {...field(`rules[${index}].field`)}
            label={`Condition ${index + 1}: field`}
            hidesLabel
            choices={Object.entries(ruleFieldLabels).map(([value, label]) => ({
              value: value as RuleField,
              label,
            }))}
          />
          <Field
            {...field(`rules[${index}].value`)}
            label={`Condition ${index + 1}: value`}
            hidesLabel
            list="rule-suggestions"
            autoComplete="off"
          />
        </div>
      ))}
      <datalist id="rule-suggestions">
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
      <p className="field__hint" role="status">
        {matches !== null
          ? `${formatCount(matches, 'product matches', 'products match')} these conditions.`
          : 'Not case-sensitive. Save to add more conditions.'}
      </p>
    </fieldset>
  )
}

const pauseMs = 250

/** Counts the products that match the form's conditions, once typing pauses; a newer count replaces an older one. */
function useMatchCount(box: React.RefObject<HTMLElement>) {
  const [matches, setMatches] = useState<number | null>(null)
  const latest = useRef<{ timer: ReturnType<typeof setTimeout>; request: AbortController } | null>(null)
  const stop = () => {
    clearTimeout(latest.current?.timer)
    latest.current?.request.abort()
  }
  useEffect(() => stop, [])
  const count = () => {
    stop()
    const request = new AbortController()
    const load = async () => {
      const form = box.current?.closest('form')
      if (!form) return
      const address = `${urls.admin.ruleMatches()}?${matchQuery(new FormData(form))}`
      const response = await fetch(address, { signal: request.signal })
      const answer = (await response.json()) as { count: number }
      setMatches(answer.count)
    }
    // Aborted by newer input, or offline: the hint keeps its text.
    latest.current = { request, timer: setTimeout(() => void load().catch(() => {}), pauseMs) }
  }
  return { matches, count }
}

/** The form's conditions as the route that counts matches reads them. */
function matchQuery(form: FormData): string {
  const query = new URLSearchParams()
  for (const [name, value] of form)
    if (/^(match|rules\[\d+\]\.(field|value))$/.test(name) && typeof value === 'string')
      query.append(name, value)
  return query.toString()
}
