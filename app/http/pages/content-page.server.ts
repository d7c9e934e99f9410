import { data, type LoaderFunctionArgs } from '@remix-run/node'
import type { PageKind } from '#app/domain/pages/pages.ts'
import { type ContentPage, getPublishedPage, getUnpublishedPage } from '#app/domain/pages/pages.server.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import { movedOrNotFound } from './moved.server.ts'
import { asksForPreview } from './preview.server.ts'

/**
 * The data of a page or policy that staff wrote. What is not published is shown to staff who ask for a preview; for
 * everyone else it throws a 404, or the redirect from a page's former handle.
 */
export async function loadContentPage({ request, params, context }: LoaderFunctionArgs, kind: PageKind) {
  const address = { kind, handle: params.handle! }
  const preview = (await asksForPreview(request)) ? await getUnpublishedPage(address) : null
  const page = preview ?? (await getPublishedPage(address)) ?? (await missing(request, address))
  context.dependsOn?.([])
  const shown = { page, isPreview: preview !== null }
  return preview ? data(shown, { headers: { ...noStore, 'x-robots-tag': 'noindex' } }) : shown
}

async function missing(
  request: Request,
  { kind, handle }: { kind: PageKind; handle: string },
): Promise<ContentPage> {
  return kind === 'page' ? movedOrNotFound(request, 'page', handle) : orNotFound<ContentPage>(null)
}
