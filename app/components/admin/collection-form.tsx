import type { SubmissionResult } from '@conform-to/react'
import { Form, useFetcher } from '@remix-run/react'
import { useRef } from 'react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { type RuleField, ruleFieldLabels } from '#app/domain/collections/rule-fields.ts'
import { urls } from '#app/urls.ts'
import { CheckField, ChoiceField, SelectField, TextArea, TextField } from './fields.tsx'
import { ErrorSummary, formProps, submittedOr, useServerForm } from './form.tsx'
import { Panel } from './panel.tsx'
import { SearchPanel } from './product-fields.tsx'

export type CollectionValues = {
  title: string
  handle: string
  description: string
  parentId: string
  position: string
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
  constraint: Record<string, object>
  result?: SubmissionResult<string[]>
  children: React.ReactNode
}

/** The form that creates or changes a collection; `children` are the buttons. */
export function CollectionForm({ children, ...props }: CollectionFormProps) {
  const { values, version, saved, parents, timeZone, constraint, result } = props
  const [form, fields] = useServerForm<CollectionValues>({ id: 'collection', result, constraint, values })
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      {version !== undefined && (
        <input type="hidden" name="version" value={submittedOr(result, 'version', version)} />
      )}
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          <Panel>
            <div className="fields">
              <TextField field={fields.title} label="Title" autoComplete="off" />
              <TextArea
                field={fields.description}
                label="Description (optional)"
                hint="HTML, shown above the products."
                rows={4}
                className="input--code"
              />
            </div>
          </Panel>
          <Panel title="Products">
            <div className="fields">
              <ChoiceField
                field={fields.kind}
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
              <Rules
                rules={fields.rules.getFieldList()}
                match={fields.match}
                suggestions={props.suggestions}
              />
            </div>
          </Panel>
          <SearchPanel fields={fields} folder="/collections/" saved={saved} />
        </div>
        <div>
          <Panel title="Visibility">
            <div className="fields">
              <CheckField field={fields.isShown} label="Show in store" />
              <TextField
                field={fields.publishedAt}
                label="Publish date (optional)"
                type="datetime-local"
                hint={`Leave empty to publish now. Time zone: ${timeZone}.`}
              />
            </div>
          </Panel>
          <Panel title="Menu position">
            <div className="fields">
              <SelectField
                field={fields.parentId}
                label="Parent"
                choices={[
                  { value: '', label: 'None' },
                  ...parents.map(({ id, title, depth }) => ({
                    value: String(id),
                    label: `${'\u2003'.repeat(depth)}${title}`,
                  })),
                ]}
              />
              <TextField
                field={fields.position}
                label="Position"
                type="number"
                min={0}
                hint="Lower numbers first."
              />
            </div>
          </Panel>
        </div>
      </div>
      <div className="save-bar">{children}</div>
    </Form>
  )
}

type RuleRows = ReturnType<ReturnType<typeof useServerForm<CollectionValues>>[1]['rules']['getFieldList']>
type MatchField = ReturnType<typeof useServerForm<CollectionValues>>[1]['match']

/**
 * The rows of conditions and the number of matching products. A row with an empty value is ignored; saving adds empty
 * rows.
 */
function Rules({ rules, match, suggestions }: { rules: RuleRows; match: MatchField; suggestions: string[] }) {
  const box = useRef<HTMLFieldSetElement>(null)
  const fetcher = useFetcher<{ count: number }>()
  const count = () => {
    const form = box.current?.closest('form')
    if (form) fetcher.load(`${urls.admin.ruleMatches()}?${matchQuery(new FormData(form))}`)
  }
  return (
    <fieldset className="fields" ref={box} onChange={count}>
      <legend className="label">Conditions</legend>
      <SelectField
        field={match}
        label="Products must match"
        choices={[
          { value: 'all', label: 'all conditions' },
          { value: 'any', label: 'any condition' },
        ]}
      />
      {rules.map((row, index) => {
        const rule = row.getFieldset()
        return (
          <div className="rule-row" key={row.key}>
            <SelectField
              field={rule.field}
              label={`Condition ${index + 1}: field`}
              silentLabel
              choices={Object.entries(ruleFieldLabels).map(([value, label]) => ({
                value: value as RuleField,
                label,
              }))}
            />
            <TextField
              field={rule.value}
              label={`Condition ${index + 1}: value`}
              silentLabel
              list="rule-suggestions"
              autoComplete="off"
            />
          </div>
        )
      })}
      <datalist id="rule-suggestions">
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
      <p className="field__hint" role="status">
        {fetcher.data
          ? `${fetcher.data.count} ${fetcher.data.count === 1 ? 'product matches' : 'products match'} these conditions.`
          : 'Not case-sensitive. Save to add more conditions.'}
      </p>
    </fieldset>
  )
}

/** The form's conditions as the route that counts matches reads them. */
function matchQuery(form: FormData): string {
  const query = new URLSearchParams()
  for (const [name, value] of form)
    if (/^(match|rules\[\d+\]\.(field|value))$/.test(name) && typeof value === 'string')
      query.append(name, value)
  return query.toString()
}
