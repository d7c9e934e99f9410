import { useRouteLoaderData } from '@remix-run/react'

/** The form's proof that it is ours; empty without a session, which nobody could misuse. */
export function CsrfField() {
  const root = useRouteLoaderData<{ csrfToken: string }>('root')
  return <input type="hidden" name="csrf" value={root?.csrfToken ?? ''} />
}
