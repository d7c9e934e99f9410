import type { SubmissionResult } from '@conform-to/react'
import { Form, useFetcher } from '@remix-run/react'
import { useRef } from 'react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { type RuleField, ruleFieldText } from '#app/domain/catalog/collection-words.ts'
import { urls } from '#app/urls.ts'
import { CheckField, ChoiceField, SelectField, TextArea, TextField } from './fields.tsx'
import { ErrorSummary, formProps, keptOr, useServerForm } from './form.tsx'
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

export type CollectionFormFacts = {
  values: CollectionValues
  version?: number
  saved?: { handle: string; title: string; text: string }
  /** Those that can hold it, as a tree. */
  parents: { id: number; title: string; depth: number }[]
  words: string[]
  timeZone: string
  constraint: Record<string, object>
  result?: SubmissionResult<string[]>
  children: React.ReactNode
}

/** Makes or changes a collection; `children` are the buttons. */
export function CollectionForm({ children, ...facts }: CollectionFormFacts) {
  const { values, version, saved, parents, timeZone, constraint, result } = facts
  const [form, fields] = useServerForm<CollectionValues>({ id: 'collection', result, constraint, values })
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      {version !== undefined && (
        <input type="hidden" name="version" value={keptOr(result, 'version', version)} />
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
                hint="Plain HTML, shown above the products."
                rows={4}
                className="input--code"
              />
            </div>
          </Panel>
          <Panel title="Products">
            <div className="fields">
              <ChoiceField
                field={fields.kind}
                label="How they get in"
                choices={[
                  { value: 'manual', label: 'By hand', hint: 'You choose them and their order.' },
                  {
                    value: 'rule',
                    label: 'By rules',
                    hint: 'Every product that fits is in, also tomorrow’s.',
                  },
                ]}
              />
              <Rules rules={fields.rules.getFieldList()} match={fields.match} words={facts.words} />
            </div>
          </Panel>
          <SearchPanel fields={fields} folder="/collections/" saved={saved} />
        </div>
        <div>
          <Panel title="In the shop">
            <div className="fields">
              <CheckField field={fields.isShown} label="Show it in the shop" />
              <TextField
                field={fields.publishedAt}
                label="From (optional)"
                type="datetime-local"
                hint={`Empty means at once. The clock of the shop: ${timeZone}.`}
              />
            </div>
          </Panel>
          <Panel title="Place">
            <div className="fields">
              <SelectField
                field={fields.parentId}
                label="Inside"
                choices={[
                  { value: '', label: 'At the top' },
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
                hint="Small numbers come first."
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

/** Rows of rules, and how many products they hold. An empty value is no rule; saving makes room for more. */
function Rules({ rules, match, words }: { rules: RuleRows; match: MatchField; words: string[] }) {
  const box = useRef<HTMLFieldSetElement>(null)
  const fetcher = useFetcher<{ count: number }>()
  const count = () => {
    const form = box.current?.closest('form')
    if (form) fetcher.load(`${urls.admin.ruleMatches()}?${matchQuery(new FormData(form))}`)
  }
  return (
    <fieldset className="fields" ref={box} onChange={count}>
      <legend className="label">Rules, for “by rules”</legend>
      <SelectField
        field={match}
        label="A product is in when"
        choices={[
          { value: 'all', label: 'all rules fit' },
          { value: 'any', label: 'any rule fits' },
        ]}
      />
      {rules.map((row, index) => {
        const rule = row.getFieldset()
        return (
          <div className="rule-row" key={row.key}>
            <SelectField
              field={rule.field}
              label={`Rule ${index + 1}: what`}
              silentLabel
              choices={Object.entries(ruleFieldText).map(([value, label]) => ({
                value: value as RuleField,
                label,
              }))}
            />
            <TextField
              field={rule.value}
              label={`Rule ${index + 1}: value`}
              silentLabel
              list="rule-words"
              autoComplete="off"
            />
          </div>
        )
      })}
      <datalist id="rule-words">
        {words.map((word) => (
          <option key={word} value={word} />
        ))}
      </datalist>
      <p className="field__hint" role="status">
        {fetcher.data
          ? `${fetcher.data.count} ${fetcher.data.count === 1 ? 'product fits' : 'products fit'} these rules.`
          : 'Capitals do not matter. Empty rows are left out; save for more rows.'}
      </p>
    </fieldset>
  )
}

/** The rules of the form as the counting page reads them. */
function matchQuery(form: FormData): string {
  const query = new URLSearchParams()
  for (const [name, value] of form)
    if (/^(match|rules\[\d+\]\.(field|value))$/.test(name) && typeof value === 'string')
      query.append(name, value)
  return query.toString()
}
