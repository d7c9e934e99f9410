import { Link } from '@remix-run/react'
import { acceptedImageTypes } from '#app/domain/media/upload.ts'
import { formatCount } from '#app/domain/intl.ts'
import type { ImageForStaff } from '#app/domain/products/product-editor.server.ts'
import { urls } from '#app/urls.ts'
import { Panel } from './panel.tsx'

/** The images of a product, and a field to add some with the form. `uploaded` are those of a refused form. */
export function ProductImagesPanel({
  productId,
  images = [],
  uploaded,
  errors,
}: {
  productId?: number
  images?: ImageForStaff[]
  uploaded: string[]
  errors?: string[]
}) {
  return (
    <Panel
      title="Images"
      action={
        productId !== undefined &&
        images.length > 0 && <Link to={urls.admin.productImages(productId)}>Order, alt texts, delete</Link>
      }
    >
      {images.length > 0 && (
        <ul role="list" className="image-strip">
          {images.map((image) => (
            <li key={image.id}>
              <StripImage image={image} />
            </li>
          ))}
        </ul>
      )}
      {uploaded.map((hash) => (
        <input key={hash} type="hidden" name="images" value={hash} />
      ))}
      {uploaded.length > 0 && (
        <p className="soft small">
          {formatCount(uploaded.length, 'image is', 'images are')} uploaded and added when you save.
        </p>
      )}
      <div className={images.length > 0 ? 'field apart' : 'field'}>
        <label htmlFor="product-file">Add images</label>
        <p className="field__hint" id="product-file-hint">
          JPEG, PNG, WebP, AVIF or GIF; at most 25 MB each and 64 MB together.
        </p>
        <input
          id="product-file"
          className="file"
          type="file"
          name="file"
          accept={acceptedImageTypes}
          multiple
          aria-describedby={errors ? 'product-file-hint product-file-error' : 'product-file-hint'}
          aria-invalid={errors ? true : undefined}
        />
        {errors && (
          <p className="field__error" id="product-file-error">
            {errors.join(' ')}
          </p>
        )}
      </div>
    </Panel>
  )
}

function StripImage({ image }: { image: ImageForStaff }) {
  if (image.status === 'ready' && image.hash && image.width)
    return (
      <img
        src={urls.media(image.hash, Math.min(320, image.width), 'webp')}
        alt={image.alt || `Image ${image.position}`}
        width="88"
        height="88"
        loading="lazy"
        decoding="async"
      />
    )
  return (
    <span className="image-strip__text">
      {image.status === 'failed' ? 'Can’t be read' : image.status === 'pending' ? 'Processing…' : 'Waiting'}
    </span>
  )
}
