import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { consumeLink, findLink } from '#app/domain/mail/email-links.server.ts'
import { enqueueShopperEmails } from '#app/domain/mail/outbox.server.ts'
import { isBuyable, isPublished } from '#app/domain/products/published.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { emails, products, stockAlerts, variants } from '#db/schema/index.ts'
import { getStockAlert } from './stock-alerts.server.ts'

export type RequestAlertResult = { ok: true } | { ok: false; reason: 'not-found' | 'in-stock' }

/**
 * Asks for an email, once, when a sold-out variant of the product is back in stock. Unless the address is verified, an
 * email asks for its confirmation first. The result is the same whether the address has asked before or not; an open
 * alert that is confirmed stays as it is.
 */
export async function requestStockAlert(input: {
  product: string
  variantId: number
  email: string
  /** The signed-in customer's own, verified address. */
  isVerified: boolean
}): Promise<RequestAlertResult> {
  const { product, variantId, email, isVerified } = input
  return transaction(async (tx) => {
    const [variant] = await tx
      .select({ isBuyable, price: variants.price })
      .from(variants)
      .innerJoin(products, eq(products.id, variants.productId))
      .where(and(eq(variants.id, variantId), eq(products.handle, product), isPublished))
    if (!variant || variant.price === null) return { ok: false, reason: 'not-found' }
    if (variant.isBuyable) return { ok: false, reason: 'in-stock' }
    const confirmedAt = isVerified ? sql`now()` : null
    const [alert] = await tx
      .insert(stockAlerts)
      .values({ variantId, email, confirmedAt })
      .onConflictDoUpdate({
        target: [stockAlerts.variantId, stockAlerts.email],
        targetWhere: isNull(stockAlerts.notifiedAt),
        set: { confirmedAt: sql`coalesce(${stockAlerts.confirmedAt}, excluded.confirmed_at)` },
      })
      .returning({ id: stockAlerts.id, confirmedAt: stockAlerts.confirmedAt })
    if (alert!.confirmedAt === null) await askToConfirm(tx, alert!.id, email)
    return { ok: true }
  })
}

async function askToConfirm(tx: Tx, stockAlertId: number, email: string): Promise<void> {
  const about = `stock-alert:${stockAlertId}:${randomUUID()}`
  await enqueueShopperEmails(tx, [{ kind: 'stock-alert-confirmation', to: email, about, stockAlertId }])
}

/** The alert that an emailed link confirms; null for a link that is invalid, and for an alert that was stopped. */
export async function findAlertToConfirm(token: string) {
  const link = await findLink('stock-alert-confirmation', token)
  const [email] = link
    ? await db.select({ alertId: emails.stockAlertId }).from(emails).where(eq(emails.id, link.emailId))
    : []
  return email?.alertId ? getStockAlert(email.alertId) : null
}

/** Confirms that alert. The link works once. */
export async function confirmStockAlert(token: string): Promise<{ variantId: number } | null> {
  return transaction(async (tx) => {
    const link = await consumeLink(tx, 'stock-alert-confirmation', token)
    if (!link) return null
    const [alert] = await tx
      .update(stockAlerts)
      .set({ confirmedAt: sql`coalesce(${stockAlerts.confirmedAt}, now())` })
      .from(emails)
      .where(and(eq(emails.id, link.emailId), eq(stockAlerts.id, emails.stockAlertId)))
      .returning({ variantId: stockAlerts.variantId })
    return alert ?? null
  })
}
