import type { LoaderFunctionArgs } from '@remix-run/node'
import { getPhotoForStaff } from '#app/domain/reviews/review-photos.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'reviews' } satisfies RouteHandle

/** A photo that is not public yet, or not any more. */
export async function loader({ params }: LoaderFunctionArgs) {
  const photo = { reviewId: parseId(params.reviewId), photoId: parseId(params.photoId) }
  const bytes = orNotFound(await getPhotoForStaff(photo))
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...noStore,
      'content-type': 'image/jpeg',
      'content-length': String(bytes.length),
      'content-security-policy': "sandbox; default-src 'none'",
    },
  })
}
