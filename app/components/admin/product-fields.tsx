import { SelectField, CheckField, TextArea } from './fields.tsx'
import { Field } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import { standardClass } from '#app/domain/taxes/tax-rate.ts'
import { toDescriptionHtml } from '#app/domain/products/description.ts'
import { Panel } from './panel.tsx'
import { RichTextField } from './rich-text/rich-text-field.tsx'

export type ProductFormValues = {
  title: string
  handle: string
  description: string
  vendor: string
  type: string
  tags: string
  category: string
  status: string
  isShown: string
  publishedAt: string
  taxClassId: string
  seoTitle: string
  seoDescription: string
}

type FieldOf<Name extends string = keyof ProductFormValues> = (name: Name) => FieldProps
type Suggestions = { vendors: string[]; types: string[] }

/** Title and description of a product. */
export function ProductContentFields({ field }: { field: FieldOf }) {
  return (
    <Panel>
      <div className="fields">
        <Field {...field('title')} label="Title" autoComplete="off" />
        <RichTextField
          {...field('description')}
          label="Description"
          isOptional
          toHtml={toDescriptionHtml}
          hint="An empty line starts a paragraph. HTML works too: headings, lists, links and tables."
          editorHint="Headings, lists, links and tables are kept when you paste text."
          rows={8}
          className="input--tall"
        />
      </div>
    </Panel>
  )
}

/** Visibility in the store and publish date. */
export function ProductVisibility({ field, timeZone }: { field: FieldOf; timeZone: string }) {
  return (
    <Panel title="Visibility">
      <div className="fields">
        <SelectField
          {...field('status')}
          label="Status"
          choices={[
            { value: 'draft', label: 'Draft: visible to staff only' },
            { value: 'active', label: 'Active: on sale' },
            { value: 'archived', label: 'Archived: no longer available' },
          ]}
        />
        <CheckField
          {...field('isShown')}
          label="Show in store"
          hint="If off, the product stays hidden even when active."
        />
        <Field
          {...field('publishedAt')}
          label="Publish date"
          isOptional
          type="datetime-local"
          hint={`Leave empty to publish now. Time zone: ${timeZone}.`}
        />
      </div>
    </Panel>
  )
}

/** The product's tax class; nothing while the store has only the standard one. */
export function ProductTaxPanel({
  field,
  classes,
}: {
  field: FieldOf
  classes: { id: number; title: string }[]
}) {
  if (classes.length === 0) return null
  return (
    <Panel title="Tax">
      <SelectField
        {...field('taxClassId')}
        label="Tax class"
        hint="Decides the tax rate."
        choices={[
          { value: '', label: standardClass },
          ...classes.map(({ id, title }) => ({ value: String(id), label: title })),
        ]}
      />
    </Panel>
  )
}

/** Organization: what filters, conditions and the storefront use. */
export function ProductOrganizationFields({
  field,
  suggestions,
  collections,
  chosen,
}: {
  field: FieldOf
  suggestions: Suggestions
  /** Manual collections, and the ids of those that the product is in. */
  collections: { id: number; title: string }[]
  chosen: string[]
}) {
  return (
    <Panel title="Organization">
      <div className="fields">
        <Field {...field('type')} label="Product type" isOptional list="types" autoComplete="off" />
        <Field {...field('vendor')} label="Vendor" isOptional list="vendors" autoComplete="off" />
        <Field
          {...field('tags')}
          label="Tags"
          isOptional
          hint="Separate with commas. Used for automatic collections."
          autoComplete="off"
        />
        <Field
          {...field('category')}
          label="Category"
          isOptional
          hint="A path, such as Home > Kitchen > Mugs."
          autoComplete="off"
        />
        {collections.length > 0 && <CollectionChecks collections={collections} chosen={chosen} />}
      </div>
      <SuggestionList id="types" suggestions={suggestions.types} />
      <SuggestionList id="vendors" suggestions={suggestions.vendors} />
    </Panel>
  )
}

function CollectionChecks({
  collections,
  chosen,
}: {
  collections: { id: number; title: string }[]
  chosen: string[]
}) {
  return (
    <fieldset className="field">
      <legend>
        Collections <span className="field__optional">(optional)</span>
      </legend>
      <div className="check-list">
        {collections.map(({ id, title }) => (
          <label className="check" key={id}>
            <input
              type="checkbox"
              name="collectionIds"
              value={id}
              defaultChecked={chosen.includes(String(id))}
            />
            <span className="check__text" dir="auto">
              {title}
            </span>
          </label>
        ))}
      </div>
      <p className="field__hint">Automatic collections add matching products by themselves.</p>
    </fieldset>
  )
}

function SuggestionList({ id, suggestions }: { id: string; suggestions: string[] }) {
  return (
    <datalist id={id}>
      {suggestions.map((suggestion) => (
        <option key={suggestion} value={suggestion} />
      ))}
    </datalist>
  )
}

/** Title and description in search results, and the URL. */
export function SearchPanel({
  field,
  folder,
  saved,
  hasFixedHandle = false,
}: {
  field: FieldOf<'handle' | 'seoTitle' | 'seoDescription'>
  /** "/products/", for example. */
  folder: string
  /** Without the field for the handle. */
  hasFixedHandle?: boolean
  /** The stored value; absent on a page that creates something. */
  saved?: { handle: string; title: string; text: string }
}) {
  return (
    <Panel title="Search engines">
      <div className="fields">
        {saved && (
          <div className="preview" role="group" aria-label="Search result preview (after saving)">
            <span className="preview__address">
              {folder}
              {saved.handle}
            </span>
            <span className="preview__title" dir="auto">
              {saved.title}
            </span>
            <span className="preview__text" dir="auto">
              {saved.text || 'No description yet.'}
            </span>
          </div>
        )}
        {!hasFixedHandle && (
          <Field
            {...field('handle')}
            label="Handle"
            isOptional
            unit={folder}
            hint={
              saved
                ? 'Last part of the URL. Links to the old URL redirect to the new one.'
                : 'Last part of the URL; generated from the title.'
            }
            autoComplete="off"
            spellCheck={false}
          />
        )}
        <Field {...field('seoTitle')} label="Title" isOptional hint="About 60 characters are shown." />
        <TextArea
          {...field('seoDescription')}
          label="Description"
          isOptional
          hint="About 160 characters are shown."
          rows={3}
        />
      </div>
    </Panel>
  )
}
