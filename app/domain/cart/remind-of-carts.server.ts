import { and, eq, lt, type SQL, sql } from 'drizzle-orm'
import { hasConsented } from '#app/domain/consents/consents.server.ts'
import { enqueueShopperEmails } from '#app/domain/mail/outbox.server.ts'
import { isBuyable, isPublished } from '#app/domain/products/published.server.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import {
  cartLines,
  cartReminders,
  carts,
  marketingConsents,
  orders,
  products,
  users,
  variants,
} from '#db/schema/index.ts'

/** A reminder is sent a day after the last change, and no longer after four: not months later, when it is turned on. */
const hours = { after: 24, until: 96 }

/** Reminders of one run; the rest follow with the next. */
const atMost = 500

/**
 * Queues a reminder of each cart that was left a day ago, if the store reminds of carts and its owner agreed to
 * marketing emails: a customer with a verified address, or a guest who gave theirs at checkout. Once per content of a
 * cart, once a day per address, and not when an order with this address was placed since. A cart that is being ordered
 * or changed at this moment is skipped. Returns how many were queued.
 */
export async function remindOfCarts(now: Date): Promise<number> {
  if (!(await readSettings())?.remindsOfCarts) return 0
  return transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('remind-of-carts', 0))`)
    const rows = await tx.execute<{ id: number; email: string }>(insertReminders(now))
    await enqueueShopperEmails(
      tx,
      rows.map(({ id, email: to }) => ({
        ...{ kind: 'cart-reminder' as const, to, about: `cart-reminder:${id}` },
        cartReminderId: id,
      })),
    )
    return rows.length
  })
}

/** Writes a reminder of the newest due cart of each address, with its lines; a content that was reminded of is left out. */
function insertReminders(now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  return sql`
    with due as (${dueCarts(at)} order by c.updated_at, c.id limit ${atMost} for update of c skip locked),
    newest as (select distinct on (email) id, email from due order by email, updated_at desc, id)
    insert into ${cartReminders} (cart_id, email, content_hash, lines, created_at)
    select n.id, n.email,
      sha256(convert_to(string_agg(l.variant_id || ':' || l.quantity, ',' order by l.variant_id), 'UTF8')),
      jsonb_agg(jsonb_build_object('variantId', l.variant_id, 'quantity', l.quantity,
        'name', concat_ws(', ', p.title, nullif(array_to_string(v.option_values, ' / '), ''))) order by l.id),
      ${at}
    from newest n
    join ${cartLines} l on l.cart_id = n.id
    join ${variants} v on v.id = l.variant_id
    join ${products} p on p.id = v.product_id
    group by n.id, n.email
    on conflict do nothing
    returning id::int as id, email`
}

/** The carts that were left and hold something that can be bought, each with the consenting address of its owner. */
function dueCarts(at: SQL): SQL {
  const email = sql`address.email`
  return sql`
    select c.id, c.updated_at, ${email} from ${carts} c
    left join ${users} u on u.id = c.user_id
    left join ${marketingConsents} m on m.id = c.consent_id
    cross join lateral (
      select case when c.user_id is null then m.email
        when u.email_verified_at is not null and u.disabled_at is null then u.email end as email
    ) address
    where c.updated_at <= ${at} - make_interval(hours => ${hours.after})
      and c.updated_at > ${at} - make_interval(hours => ${hours.until})
      and (c.user_id is not null or c.consent_id is not null)
      and ${hasConsented(email)}
      and not ${hasOrdered(email, sql`c.updated_at`)}
      and not exists (select from ${cartReminders} r where r.email = ${email} and r.created_at > ${at} - interval '1 day')
      and exists (
        select from ${cartLines} l join ${variants} on ${variants.id} = l.variant_id
        join ${products} on ${products.id} = ${variants.productId}
        where l.cart_id = c.id and ${isPublished} and ${isBuyable})`
}

/**
 * A reminder whose email may still be sent: the cart is as it was, nothing was ordered with the address since, and its
 * owner still agrees. Null otherwise.
 */
export async function getReminderToSend(id: number) {
  const [found] = await db
    .select({ id: cartReminders.id, lines: cartReminders.lines })
    .from(cartReminders)
    .innerJoin(carts, eq(carts.id, cartReminders.cartId))
    .where(
      and(
        eq(cartReminders.id, id),
        sql`${carts.updatedAt} <= ${cartReminders.createdAt}`,
        hasConsented(sql`${cartReminders.email}`),
        sql`not ${hasOrdered(sql`${cartReminders.email}`, sql`${carts.updatedAt}`)}`,
      ),
    )
  return found ?? null
}

/** Deletes the reminders sent to an address, as a step of the caller's transaction. */
export async function deleteCartReminders(tx: Pick<Tx, 'delete'>, email: string): Promise<void> {
  await tx.delete(cartReminders).where(eq(cartReminders.email, email))
}

/** Deletes reminders after 30 days; their links then no longer work. */
export async function deleteOldCartReminders(): Promise<void> {
  await db.delete(cartReminders).where(lt(cartReminders.createdAt, sql`now() - interval '30 days'`))
}

const hasOrdered = (email: SQL, since: SQL) =>
  sql`exists (select from ${orders} o where o.customer_key = customer_key(${email}) and o.placed_at >= ${since})`
