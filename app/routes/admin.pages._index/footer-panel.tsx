import { MoveButton } from '#app/components/admin/move-button.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { urls } from '#app/urls.ts'
import type { PageRow } from './route.tsx'

/** The pages that the footer links, in their order; nothing while there is none. */
export function FooterPanel({ pages }: { pages: PageRow[] }) {
  const linked = pages
    .flatMap((page) => (page.position === null ? [] : [{ ...page, position: page.position }]))
    .sort((a, b) => a.position - b.position || a.id - b.id)
  if (linked.length === 0) return null
  return (
    <Panel title="Order in the footer" flush>
      <ol className="lines lines--order" role="list">
        {linked.map(({ id, title, publishedAt }, index) => (
          <li key={id}>
            <div>
              <span dir="auto">{title}</span>
              {publishedAt === null && (
                <span className="sub">Hidden: linked once it is shown in the store</span>
              )}
            </div>
            <div className="row-of-actions">
              <MoveButton
                to={urls.admin.pagePosition(id)}
                position={index}
                disabled={index === 0}
                label={`Move ${title} up`}
                icon="up"
              />
              <MoveButton
                to={urls.admin.pagePosition(id)}
                position={index + 2}
                disabled={index === linked.length - 1}
                label={`Move ${title} down`}
                icon="down"
              />
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
