import { Form, Link } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { PageHead } from './page-head.tsx'
import { Panel } from './panel.tsx'

/** The page that asks before something is deleted: a form that is sent to its own URL. */
export function ConfirmDelete({
  title,
  submit,
  back,
  children,
}: {
  title: string
  submit: string
  back: string
  /** What is deleted with it. */
  children: React.ReactNode
}) {
  return (
    <>
      <PageHead title={`Delete “${title}”?`} />
      <div className="settings">
        <Panel>
          <p>{children}</p>
          <Form method="post" className="row-of-actions apart">
            <CsrfField />
            <button className="button button--danger" type="submit">
              {submit}
            </button>
            <Link className="button button--quiet" to={back}>
              Cancel
            </Link>
          </Form>
        </Panel>
      </div>
    </>
  )
}
