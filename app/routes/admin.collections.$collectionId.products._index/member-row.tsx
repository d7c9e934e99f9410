import { Form, Link } from '@remix-run/react'
import { DragHandle, type useDragOrder } from '#app/components/admin/drag-order.tsx'
import { MoveButton } from '#app/components/admin/move-button.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'

export type Member = {
  id: number
  title: string
  status: string
  image: { hash: string; width: number } | null
}

/** A product of the collection: move up, move down, set the position, remove. */
export function MemberRow({
  collectionId,
  member,
  place,
  last,
  drag,
}: {
  collectionId: number
  member: Member
  place: number
  last: number
  drag: ReturnType<typeof useDragOrder>
}) {
  const to = urls.admin.collectionProduct(collectionId, member.id)
  return (
    <li {...drag.itemProps(member.id)}>
      <span className="with-thumb">
        <DragHandle isReady={drag.isReady} {...drag.handleProps(member.id)} />
        <Thumbnail image={member.image} />
        <span>
          <Link className="list__link" to={urls.admin.product(member.id)} dir="auto">
            {member.title}
          </Link>
          {member.status !== 'active' && <span className="soft small"> {member.status}, hidden</span>}
        </span>
      </span>
      <div className="row-of-actions">
        <MoveButton
          to={to}
          position={place - 1}
          disabled={place === 1}
          label={`Move ${member.title} up`}
          icon="up"
        />
        <MoveButton
          to={to}
          position={place + 1}
          disabled={place === last}
          label={`Move ${member.title} down`}
          icon="down"
        />
        <Form method="post" action={to} className="row-of-actions">
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
            aria-label={`Position of ${member.title}`}
          />
          <button className="button button--small" type="submit">
            Move
          </button>
        </Form>
      </div>
      <Form
        method="post"
        action={urls.admin.deleteCollectionProduct(collectionId, member.id)}
        className="lines__amount"
      >
        <CsrfField />
        <button className="button button--small" type="submit">
          Remove<span className="visually-hidden"> {member.title}</span>
        </button>
      </Form>
    </li>
  )
}
