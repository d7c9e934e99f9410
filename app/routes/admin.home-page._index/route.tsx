import { Link, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { Icon } from '#app/components/admin/icons.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { listHomeSections } from '#app/domain/storefront/home-sections.server.ts'
import {
  defaultHomeSections,
  homeSectionKinds,
  type HomeSectionKind,
  maxHomeSections,
} from '#app/domain/storefront/home-sections.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { SectionRow } from './section-row.tsx'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Home page')

export async function loader() {
  return { rows: await listHomeSections() }
}

export default function HomePageSections() {
  const { rows } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Home page" about="What shoppers see first, from top to bottom.">
        <a className="button" href={urls.home()} target="_blank" rel="noreferrer">
          <Icon name="external" /> View home page
        </a>
      </PageHead>
      {rows.length === 0 ? (
        <DefaultLayout />
      ) : (
        <Panel title="Sections" flush>
          <ol className="lines" role="list">
            {rows.map((row, index) => (
              <SectionRow key={row.section.id} row={row} place={index + 1} last={rows.length} />
            ))}
          </ol>
        </Panel>
      )}
      {rows.length < maxHomeSections && <AddSection />}
    </>
  )
}

function DefaultLayout() {
  return (
    <Panel
      title="Default layout"
      action={<ActionForm to={urls.admin.customizeHomePage()}>Customize</ActionForm>}
      flush
    >
      <ol className="lines" role="list">
        {defaultHomeSections.map(({ kind }) => (
          <li key={kind}>
            <div>
              <b>{homeSectionKinds[kind].label}</b>
              <span className="sub">{homeSectionKinds[kind].about}</span>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function AddSection() {
  const kinds = Object.entries(homeSectionKinds) as [HomeSectionKind, { label: string; about: string }][]
  return (
    <Panel title="Add a section">
      <ul className="kinds" role="list">
        {kinds.map(([kind, { label, about }]) => (
          <li key={kind} className="kinds__kind">
            <Link to={urls.admin.newHomeSection(kind)}>{label}</Link>
            <span className="sub">{about}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
