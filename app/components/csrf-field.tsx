import { useRouteLoaderData } from '@remix-run/react'

/** The form's proof that it is ours. Visitors without a session have none: their pages are the same for all. */
export function CsrfField() {
  const root = useRouteLoaderData<{ csrfToken: string | null }>('root')
  return root?.csrfToken ? <input type="hidden" name="csrf" value={root.csrfToken} /> : null
}
