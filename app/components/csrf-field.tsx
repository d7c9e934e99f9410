import { useRouteLoaderData } from '@remix-run/react'

/** The CSRF token field; empty without a session, where there is nothing to forge. */
export function CsrfField() {
  const root = useRouteLoaderData<{ csrfToken: string }>('root')
  return <input type="hidden" name="csrf" value={root?.csrfToken ?? ''} />
}
