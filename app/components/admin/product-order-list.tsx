import { Form, Link, useSubmit } from '@remix-run/react'
import { CsrfField, useCsrfToken } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'
import { DragHandle, useDragOrder } from './drag-order.tsx'
import { MoveButton } from './move-button.tsx'
import { Thumbnail } from './thumbnail.tsx'

export type ListedProduct = {
  id: number
  title: string
  status: string
  isPublished: boolean
  image: { hash: string; width: number } | null
}

type ListProps = {
  products: ListedProduct[]
  /** How many products are on earlier pages. */
  before?: number
  total: number
  /** The URLs that move a product and that remove it. */
  moveUrl: (id: number) => string
  removeUrl: (id: number) => string
}

/** Products in an order that staff set: by dragging, by buttons or by position. */
export function ProductOrderList(props: ListProps) {
  // Another order, another page or another product: the list starts from what is stored.
  return <OrderList key={props.products.map(({ id }) => id).join(' ')} {...props} />
}

function OrderList({ products, before = 0, total, moveUrl, removeUrl }: ListProps) {
  const submit = useSubmit()
  const csrf = useCsrfToken()
  const drag = useDragOrder(
    products.map(({ id }) => id),
    (id, index) =>
      submit(
        { csrf, position: before + index + 1 },
        { method: 'post', action: moveUrl(id), preventScrollReset: true },
      ),
  )
  const byId = new Map(products.map((product) => [product.id, product]))
  return (
    <ul className="lines lines--order" role="list" {...drag.listProps}>
      {drag.order.map((id, index) => (
        <ProductRow
          key={id}
          product={byId.get(id)!}
          place={before + index + 1}
          last={total}
          drag={drag}
          moveUrl={moveUrl(id)}
          removeUrl={removeUrl(id)}
        />
      ))}
    </ul>
  )
}

type RowProps = {
  product: ListedProduct
  place: number
  last: number
  drag: ReturnType<typeof useDragOrder>
  moveUrl: string
  removeUrl: string
}

/** Move up, move down, set the position, remove. */
function ProductRow({ product, place, last, drag, moveUrl, removeUrl }: RowProps) {
  const { id, title } = product
  return (
    <li {...drag.itemProps(id)}>
      <span className="with-thumb">
        <DragHandle isReady={drag.isReady} {...drag.handleProps(id)} />
        <Thumbnail image={product.image} />
        <ProductName product={product} />
      </span>
      <div className="row-of-actions">
        <MoveButton
          to={moveUrl}
          position={place - 1}
          disabled={place === 1}
          label={`Move ${title} up`}
          icon="up"
        />
        <MoveButton
          to={moveUrl}
          position={place + 1}
          disabled={place === last}
          label={`Move ${title} down`}
          icon="down"
        />
        <Form method="post" action={moveUrl} className="row-of-actions">
          <CsrfField />
          <input
            className="input input--number input--place"
            type="number"
            name="position"
            min={1}
            max={100_000}
            required
            key={place}
            defaultValue={place}
            aria-label={`Position of ${title}`}
          />
          <button className="button button--small" type="submit">
            Move
          </button>
        </Form>
      </div>
      <RemoveButton to={removeUrl} title={title} />
    </li>
  )
}

/** A link to the product, and whether shoppers see it. */
export function ProductName({ product }: { product: ListedProduct }) {
  const { id, title, status, isPublished } = product
  return (
    <span>
      <Link className="list__link" to={urls.admin.product(id)} dir="auto">
        {title}
      </Link>
      {!isPublished && (
        <span className="soft small"> {status === 'active' ? 'hidden' : `${status}, hidden`}</span>
      )}
    </span>
  )
}

/** Takes a product out of a list. */
export function RemoveButton({ to, title }: { to: string; title: string }) {
  return (
    <Form method="post" action={to} className="lines__amount">
      <CsrfField />
      <button className="button button--small" type="submit">
        Remove<span className="visually-hidden"> {title}</span>
      </button>
    </Form>
  )
}
