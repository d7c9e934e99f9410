import { Readable } from 'node:stream'
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { getPromotionForStaff } from '#app/domain/promotions/edit-promotion.server.ts'
import { readAllCodes } from '#app/domain/promotions/generate-codes.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { csvLine } from '#app/domain/csv.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'promotions' } satisfies RouteHandle

/** All codes of a promotion as a file, streamed in steps. */
export async function loader({ params }: LoaderFunctionArgs) {
  const { promotion } = orNotFound(await getPromotionForStaff(parseId(params.promotionId)))
  return new Response(createReadableStreamFromReadable(Readable.from(csvOf(promotion.id))), {
    headers: {
      'cache-control': 'private, no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="codes-${promotion.id}.csv"`,
    },
  })
}

async function* csvOf(promotionId: number) {
  yield Buffer.from(`\ufeff${csvLine(['Code', 'Status', 'Order'])}`)
  for await (const codes of readAllCodes(promotionId)) {
    const lines = codes.map(({ code, orderId, number, numberPrefix }) =>
      orderId === null
        ? csvLine([code, 'Unused', ''])
        : csvLine([code, 'Used', orderName({ number: number!, numberPrefix: numberPrefix! })]),
    )
    yield Buffer.from(lines.join(''))
  }
}
