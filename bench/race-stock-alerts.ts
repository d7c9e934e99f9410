import { eq } from 'drizzle-orm'
import { notifyBackInStock } from '#app/domain/stock-alerts/notify-back-in-stock.server.ts'
import { requestStockAlert } from '#app/domain/stock-alerts/request-alert.server.ts'
import { stopStockAlerts } from '#app/domain/stock-alerts/stock-alerts.server.ts'
import { adjustStock } from '#app/domain/stock/adjust-stock.server.ts'
import { db } from '#db/client.ts'
import { emails, stockLedger } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'

const workers = 8
const perDelivery = 3

/**
 * People wait for a sold-out product. While it is restocked three units at a time, for half of them, the alerts job runs
 * eight times at once, again and again; others buy, and some of those who are next stop their alert. Prints the emails;
 * returns whether one person was notified for each unit, and nobody twice.
 */
export async function raceStockAlerts(people: number): Promise<boolean> {
  const { olga: by } = await createShop()
  const product = await createProduct({ title: 'Back in stock', stock: 0 })
  const waiting = Array.from({ length: people }, (_, index) => `waiting-${index}@example.com`)
  for (const email of waiting)
    await requestStockAlert({
      product: product.handle,
      variantId: product.variantId,
      email,
      isVerified: true,
    })

  const deliveries = Math.floor(people / 2 / perDelivery)
  const units = deliveries * perDelivery
  const started = performance.now()
  let isDelivering = true
  let runs = 0
  const work = async () => {
    for (;;) {
      // The last run begins after the last delivery.
      const isLast = !isDelivering
      await notifyBackInStock(new Date())
      runs += 1
      if (isLast) return
    }
  }
  const deliver = async () => {
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      await adjustStock({ ...product, shown: 0, stock: perDelivery, reason: 'received', note: '', by })
      await stopStockAlerts(db, waiting[delivery * perDelivery + 1]!)
      if (delivery % 2) await createOrder(product)
    }
    isDelivering = false
  }
  await Promise.all([deliver(), ...Array.from({ length: workers }, work)])
  const ms = Math.round(performance.now() - started)

  const sent = await db.select({ to: emails.toEmail }).from(emails).where(eq(emails.kind, 'back-in-stock'))
  const notified = new Set(sent.map(({ to }) => to))
  const ledger = await db.select().from(stockLedger).where(eq(stockLedger.variantId, product.variantId))
  const sold = ledger.reduce((sum, { delta, reason }) => sum - (reason === 'sale' ? delta : 0), 0)
  console.table([
    { people, 'units delivered': units, sold, runs, emails: sent.length, notified: notified.size, ms },
  ])
  return sent.length === units && notified.size === units
}
