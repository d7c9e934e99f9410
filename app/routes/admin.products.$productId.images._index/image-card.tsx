import { Form } from '@remix-run/react'
import { EditForm } from '#app/components/admin/edit-form.tsx'
import { MoveButton } from '#app/components/admin/move-button.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import type { ImageForStaff } from '#app/domain/products/product-editor.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import { urls } from '#app/urls.ts'

/** One image with alt text, position and delete button. */
export function ImageCard({
  productId,
  image,
  place,
  last,
}: {
  productId: number
  image: ImageForStaff
  place: number
  last: number
}) {
  const name = image.alt || image.filename || `image ${image.position}`
  return (
    <li className="picture-card">
      <div className="picture-card__frame">
        <ImageStatus image={image} />
      </div>
      <div className="picture-card__body">
        <EditForm
          method="post"
          action={urls.admin.productImage(productId, image.id)}
          className="fields"
          key={`${image.alt} ${image.position}`}
        >
          <CsrfField />
          <div className="field">
            <label htmlFor={`alt-${image.id}`}>Alt text</label>
            <input
              className="input"
              id={`alt-${image.id}`}
              name="alt"
              defaultValue={image.alt}
              maxLength={500}
              placeholder="Describe the image for screen readers"
            />
          </div>
          <div className="row-of-actions">
            <label htmlFor={`place-${image.id}`}>Position</label>
            <input
              className="input input--number input--place"
              id={`place-${image.id}`}
              name="position"
              type="number"
              min={1}
              max={250}
              required
              defaultValue={image.position}
            />
            <button className="button button--small" type="submit">
              Save<span className="visually-hidden"> {name}</span>
            </button>
          </div>
        </EditForm>
        <div className="row-of-actions">
          <MoveButton
            to={urls.admin.productImagePosition(productId, image.id)}
            position={place - 1}
            disabled={place === 1}
            label={`Move ${name} forward`}
            icon="up"
          />
          <MoveButton
            to={urls.admin.productImagePosition(productId, image.id)}
            position={place + 1}
            disabled={place === last}
            label={`Move ${name} back`}
            icon="down"
          />
          <Form method="post" action={urls.admin.deleteProductImage(productId, image.id)}>
            <CsrfField />
            <button className="button button--small button--danger" type="submit">
              Delete<span className="visually-hidden"> {name}</span>
            </button>
          </Form>
        </div>
        {image.variantCount > 0 && (
          <p className="field__hint">Used by {formatCount(image.variantCount, 'variant')}.</p>
        )}
      </div>
    </li>
  )
}

function ImageStatus({ image }: { image: ImageForStaff }) {
  if (image.status === 'ready' && image.hash && image.width && image.height)
    return (
      <img
        src={urls.media(image.hash, Math.min(640, image.width), 'webp')}
        width={image.width}
        height={image.height}
        alt={image.alt}
        loading="lazy"
        decoding="async"
      />
    )
  if (image.status === 'failed')
    return <p className="picture-card__words">{image.error ?? 'This image couldn’t be read.'}</p>
  if (image.status === 'pending') return <p className="picture-card__words">Processing…</p>
  return <p className="picture-card__words">Waiting to download from {image.sourceUrl}</p>
}
