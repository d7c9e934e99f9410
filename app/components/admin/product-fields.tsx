import { SelectField, CheckField, TextArea } from './fields.tsx'
import { Field } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import { Panel } from './panel.tsx'

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
        <TextArea
          {...field('description')}
          label="Description"
          hint="HTML with paragraphs, headings, lists, links and tables. Scripts, styles and external images are removed."
          rows={10}
          className="input--tall input--code"
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

/** Organization: what filters, conditions and the storefront use. */
export function ProductOrganizationFields({
  field,
  suggestions,
}: {
  field: FieldOf
  suggestions: Suggestions
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
      </div>
      <SuggestionList id="types" suggestions={suggestions.types} />
      <SuggestionList id="vendors" suggestions={suggestions.vendors} />
    </Panel>
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
}: {
  field: FieldOf<'handle' | 'seoTitle' | 'seoDescription'>
  /** "/products/" or "/collections/". */
  folder: string
  /** The stored value; absent on a page that creates something. */
  saved?: { handle: string; title: string; text: string }
}) {
  return (
    <Panel title="Search engines">
      <div className="fields">
        {saved && (
          <div className="preview" aria-label="Search result preview (after saving)">
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
