import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db } from '#db/client.ts'
import { emails, orderLines, orders, stockLedger } from '#db/schema/index.ts'
import { createGuest, createProduct, filledForm, now, createShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { createPromotion } from '#tests/support/pricing.ts'
import { findInvariantViolations } from '#tests/support/invariants.ts'

/** Runs the order in its own process, which is killed at that statement; false when it has fewer statements. */
async function placeOrderAndCrash(
  sessionId: number,
  form: unknown,
  when: string,
  statement: number,
): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [
      'tests/support/place-order-and-crash.ts',
      databaseUrl,
      String(sessionId),
      JSON.stringify(form),
      when,
      String(statement),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (signal === 'SIGKILL') return true
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return false
}

test.each(['before', 'after'])(
  'a server killed %s any statement of placeOrder leaves nothing or one whole order, and a retry finds it',
  { timeout: 480_000 },
  async (when) => {
    const { settings } = await createShop()
    await createPromotion({ isAutomatic: true, usageLimit: 1_000 })
    const shelf = [await createProduct({ stock: 100 }), await createProduct({ stock: 100 })]
    let statement = 0
    let survived = 0
    for (;;) {
      statement += 1
      const shopper = await createGuest(...shelf)
      const form = await filledForm(shopper, settings)
      const died = await placeOrderAndCrash(shopper.sessionId, form, when, statement)
      expect(await findInvariantViolations()).toEqual([])
      const placed = await db.select().from(orders).where(eq(orders.checkoutKey, form.checkoutKey))
      if (!died) {
        expect(placed).toHaveLength(1)
        break
      }
      survived += placed.length

      const again = await placeOrder({ shopper, form, settings, now })
      expect(again).toMatchObject({ ok: true, isNew: placed.length === 0 })
      const orderId = again.ok ? again.orderId : 0
      expect(await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))).toHaveLength(2)
      expect(await db.select().from(stockLedger).where(eq(stockLedger.orderId, orderId))).toHaveLength(2)
      expect(await db.select().from(emails).where(eq(emails.orderId, orderId))).toHaveLength(1)
    }
    expect(statement).toBeGreaterThan(10)
    // Only a commit that was already sent can have succeeded.
    expect(survived).toBeLessThanOrEqual(when === 'before' ? 0 : 1)
    console.info(`killed ${when} each of ${statement - 1} statements`)
  },
)
