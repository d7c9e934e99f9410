import { Link, useSubmit } from '@remix-run/react'
import { DragHandle, useDragOrder } from '#app/components/admin/drag-order.tsx'
import { MoveButton } from '#app/components/admin/move-button.tsx'
import { useCsrfToken } from '#app/components/csrf-field.tsx'
import type { MenuCollection } from '#app/domain/collections/collection-order.server.ts'
import { urls } from '#app/urls.ts'

/** Collections with one parent; a new order starts a new list. */
export function SiblingList({ siblings }: { siblings: MenuCollection[] }) {
  return <List key={siblings.map(({ id }) => id).join(' ')} siblings={siblings} />
}

function List({ siblings }: { siblings: MenuCollection[] }) {
  const submit = useSubmit()
  const csrf = useCsrfToken()
  const drag = useDragOrder(
    siblings.map(({ id }) => id),
    (id, index) =>
      submit(
        { csrf, position: index + 1 },
        { method: 'post', action: urls.admin.collectionPosition(id), preventScrollReset: true },
      ),
  )
  const byId = new Map(siblings.map((collection) => [collection.id, collection]))
  return (
    <ol className="lines lines--order" role="list" {...drag.listProps}>
      {drag.order.map((id, index) => {
        const { title, isVisible } = byId.get(id)!
        const to = urls.admin.collectionPosition(id)
        return (
          <li key={id} {...drag.itemProps(id)}>
            <span className="with-thumb">
              <DragHandle isReady={drag.isReady} {...drag.handleProps(id)} />
              <span>
                <Link className="list__link" to={urls.admin.collection(id)} dir="auto">
                  {title}
                </Link>
                {!isVisible && <span className="soft small"> hidden</span>}
              </span>
            </span>
            <div className="row-of-actions">
              <MoveButton
                to={to}
                position={index}
                disabled={index === 0}
                label={`Move ${title} up`}
                icon="up"
              />
              <MoveButton
                to={to}
                position={index + 2}
                disabled={index === siblings.length - 1}
                label={`Move ${title} down`}
                icon="down"
              />
            </div>
          </li>
        )
      })}
    </ol>
  )
}
