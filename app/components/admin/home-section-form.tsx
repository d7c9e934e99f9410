import { EditForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { CheckField, SelectField, TextArea } from '#app/components/admin/fields.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { describe, Field, FieldError, FieldFrame } from '#app/components/field.tsx'
import {
  type Constraint,
  type FieldProps,
  formFields,
  type FormResponse,
  submittedOr,
} from '#app/components/form-fields.ts'
import { acceptedImageTypes } from '#app/domain/media/upload.ts'
import {
  hasPart,
  homeSectionKinds,
  type HomeSectionKind,
  otherLink,
} from '#app/domain/storefront/home-sections.ts'
import { urls } from '#app/urls.ts'

export type LinkTargets = {
  collections: { id: number; handle: string; title: string }[]
  products: { handle: string; title: string }[]
  pages: { path: string; title: string }[]
}

export type HomeSectionValues = {
  heading: string
  body: string
  linkLabel: string
  link: string
  linkPath: string
  featuredCollectionId: string
  itemCount: string
  imageAlt: string
  removesImage: string
  isVisible: string
}

type Image = {
  hash: string
  status: string
  error: string | null
  width: number | null
  height: number | null
}

/** The form of a section of the home page. The image comes last: the server reads the fields before it. */
export function HomeSectionForm({
  kind,
  action,
  values,
  version,
  image,
  targets,
  constraint,
  result,
  children,
}: {
  kind: HomeSectionKind
  action: string
  values: HomeSectionValues
  version?: number
  image?: Image | null
  targets: LinkTargets
  constraint: Record<string, Constraint>
  result: FormResponse | undefined
  /** The buttons. */
  children: React.ReactNode
}) {
  const form = formFields<HomeSectionValues>({ id: 'section', answer: result, constraint, values })
  const { field } = form
  const { fallback } = homeSectionKinds[kind]
  return (
    <EditForm method="post" action={action} encType="multipart/form-data" answer={result}>
      <CsrfField />
      {version !== undefined && (
        <input type="hidden" name="version" value={submittedOr(result, 'version', version)} />
      )}
      <ErrorSummary form={form} />
      <Panel>
        <div className="fields">
          <Field
            {...field('heading')}
            label="Heading"
            isOptional
            hint={kind === 'image-with-text' ? undefined : `Left empty, the page shows: ${fallback}.`}
            autoComplete="off"
          />
          {hasPart(kind, 'text') && (
            <TextArea
              {...field('body')}
              label="Text"
              isOptional
              hint="An empty line starts a new paragraph."
              rows={kind === 'hero' ? 3 : 6}
            />
          )}
          {hasPart(kind, 'collection') && (
            <SelectField
              {...field('featuredCollectionId')}
              label="Collection"
              choices={[
                { value: '', label: 'Choose a collection' },
                ...targets.collections.map(({ id, title }) => ({ value: String(id), label: title })),
              ]}
            />
          )}
          {hasPart(kind, 'count') && (
            <Field
              {...field('itemCount')}
              label={kind === 'collection-list' ? 'Number of collections' : 'Number of products'}
              type="number"
              min={1}
              max={24}
            />
          )}
          <CheckField {...field('isVisible')} label="Show on the home page" />
        </div>
      </Panel>
      {hasPart(kind, 'text') && (
        <Panel title="Link">
          <div className="fields link-fields">
            <Field
              {...field('linkLabel')}
              label="Label"
              isOptional
              hint="The text of the button, such as “Shop the collection”."
              autoComplete="off"
            />
            <LinkSelect field={field('link')} targets={targets} />
            <div className="link-fields__path">
              <Field
                {...field('linkPath')}
                label="Address"
                isOptional
                hint="A page of your store, such as /products/blue-mug. For the choice “Another address”."
                autoComplete="off"
                spellCheck={false}
              />
            </div>
          </div>
        </Panel>
      )}
      {hasPart(kind, 'image') && <ImageFields form={form} image={image} />}
      <SaveBar>{children}</SaveBar>
    </EditForm>
  )
}

function LinkSelect({
  field: { id, name, defaultValue, errors },
  targets,
}: {
  field: FieldProps
  targets: LinkTargets
}) {
  const error = errors?.[0]
  return (
    <FieldFrame id={id} label="Link to" error={error}>
      <select {...{ id, name, defaultValue }} {...describe(id, { error })} className="input">
        <option value="">No link</option>
        <option value={urls.allProducts()}>All products</option>
        <option value={urls.collections()}>All collections</option>
        {targets.collections.length > 0 && (
          <optgroup label="Collections">
            {targets.collections.map(({ handle, title }) => (
              <option key={handle} value={urls.collection(handle)}>
                {title}
              </option>
            ))}
          </optgroup>
        )}
        {targets.products.length > 0 && (
          <optgroup label="Products">
            {targets.products.map(({ handle, title }) => (
              <option key={handle} value={urls.product(handle)}>
                {title}
              </option>
            ))}
          </optgroup>
        )}
        {targets.pages.length > 0 && (
          <optgroup label="Pages">
            {targets.pages.map(({ path, title }) => (
              <option key={path} value={path}>
                {title}
              </option>
            ))}
          </optgroup>
        )}
        <option value={otherLink}>Another address</option>
      </select>
    </FieldFrame>
  )
}

function ImageFields({
  form: { field, idOf, answer },
  image,
}: {
  form: ReturnType<typeof formFields<HomeSectionValues>>
  image: Image | null | undefined
}) {
  const error = answer?.errors.image?.[0]
  return (
    <Panel title="Image">
      <div className="fields">
        {image?.status === 'pending' && <p className="soft">Processing… It is shown in a moment.</p>}
        {image?.status === 'failed' && <p className="field__error">{image.error}</p>}
        {image?.status === 'ready' && image.width && image.height && (
          <img
            className="collection-picture"
            src={urls.media(image.hash, Math.min(640, image.width), 'webp')}
            width={image.width}
            height={image.height}
            alt=""
          />
        )}
        <Field
          {...field('imageAlt')}
          label="Alt text"
          isOptional
          hint="Describes the image for people who can’t see it. Leave it empty for a decoration."
          autoComplete="off"
        />
        {image && <CheckField {...field('removesImage')} label="Remove the image" />}
        <div className="drop">
          <label htmlFor={idOf('image')}>{image ? 'Replace image' : 'Image'}</label>
          <input
            id={idOf('image')}
            type="file"
            name="image"
            accept={acceptedImageTypes}
            {...describe(idOf('image'), { error })}
          />
          <p className="field__hint">
            JPEG, PNG, WebP, AVIF or GIF, at most 25 MB. Best at least 1,920 pixels wide.
          </p>
          {error && <FieldError id={idOf('image')} error={error} />}
        </div>
      </div>
    </Panel>
  )
}
