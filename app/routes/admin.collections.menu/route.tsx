import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { MoveStatus } from '#app/components/admin/move-status.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { useShop } from '#app/components/shop.ts'
import { listMenu, type MenuCollection } from '#app/domain/collections/collection-order.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { SiblingList } from './sibling-list.tsx'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Menu order')

export async function loader() {
  return { collections: await listMenu(new Date()) }
}

export default function MenuOrder() {
  const { collections } = useLoaderData<typeof loader>()
  const top = collections.filter(({ parentId }) => parentId === null)
  const parents = collections.filter(({ id }) => collections.some(({ parentId }) => parentId === id))
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.collections(), label: 'Collections' }]}
        title="Menu order"
        about="The order of collections in the store’s menu and lists. Changes are saved at once."
      />
      {top.length === 0 ? (
        <EmptyState icon="collections" title="No collections yet">
          <Link className="button" to={urls.admin.newCollection()}>
            Add collection
          </Link>
        </EmptyState>
      ) : (
        <>
          <Preview collections={top} />
          <Siblings title="In the menu" siblings={top} />
          {parents.map(({ id, title }) => (
            <Siblings
              key={id}
              title={`In ${title}`}
              siblings={collections.filter(({ parentId }) => parentId === id)}
            />
          ))}
        </>
      )}
    </>
  )
}

function Siblings({ title, siblings }: { title: string; siblings: MenuCollection[] }) {
  const moves = siblings.map(({ id }) => urls.admin.collectionPosition(id))
  return (
    <Panel title={title} action={<MoveStatus moves={moves} />} flush>
      <SiblingList siblings={siblings} />
    </Panel>
  )
}

/** The menu as shoppers see it on a wide screen; a screen without room shows the rest behind "More". */
function Preview({ collections }: { collections: MenuCollection[] }) {
  const shop = useShop()
  const shown = collections.filter(({ isVisible }) => isVisible)
  return (
    <section className="menu-preview" aria-labelledby="preview">
      <h2 id="preview" className="label">
        Preview
      </h2>
      <div className="menu-preview__bar">
        <b dir="auto">{shop?.name}</b>
        <ul role="list">
          {shown.map(({ id, title }) => (
            <li key={id} dir="auto">
              {title}
            </li>
          ))}
        </ul>
      </div>
      {shown.length === 0 && <p className="soft small">No collection is visible in the store yet.</p>}
    </section>
  )
}
