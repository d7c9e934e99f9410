import { sql } from 'drizzle-orm'
import { db } from '#db/client.ts'

/** All that a command has made of an order, without ids and times: equal for two orders that went through the same. */
export async function readOutcome(orderId: number): Promise<unknown> {
  const [row] = await db.execute<{ outcome: unknown }>(sql`
    with own_emails as (select * from emails where order_id = ${orderId}),
      own_refunds as (select * from refunds where order_id = ${orderId}),
      own_transfers as (select t.* from refund_transfers t join own_refunds r on r.id = t.refund_id)
    select json_build_object(
      'order', (select json_build_array(payment_state, fulfillment_state, canceled_at is not null, total, received_total,
        authorized_total, refunded_total, pay_by is not null, version) from orders where id = ${orderId}),
      'lines', (select json_agg(json_build_array(quantity, fulfilled_quantity, returned_quantity, refunded_quantity,
        removed_quantity) order by id) from order_lines where order_id = ${orderId}),
      'payments', (select json_agg(json_build_array(method, status, amount, by_user_id) order by id)
        from payments where order_id = ${orderId}),
      'attempts', (select json_agg(status order by id) from payment_attempts where order_id = ${orderId}),
      'refunds', (select json_agg(json_build_array(amount, shipping_amount, extra_amount, excess_amount) order by id)
        from own_refunds),
      'transfers', (select json_agg(json_build_array(status, amount, failure) order by id) from own_transfers),
      'returns', (select json_agg(json_build_array(state, version, refund_id is not null) order by id)
        from returns where order_id = ${orderId}),
      'fulfillments', (select json_agg(json_build_array(carrier, canceled_at is not null) order by id)
        from fulfillments where order_id = ${orderId}),
      'invoices', (select json_agg(json_build_array(series, total) order by id)
        from invoices where order_id = ${orderId}),
      'redemptions', (select json_agg(released_at is not null order by id)
        from promotion_redemptions where order_id = ${orderId}),
      'events', (select json_agg(json_build_array(kind, regexp_replace(detail, '^C?[0-9]+$', 'number'), by_user_id) order by id)
        from order_events where order_id = ${orderId}),
      'emails', (select json_agg(kind order by id) from own_emails),
      'notifications', (select json_agg(json_build_array(kind, user_id) order by id)
        from notifications where order_id = ${orderId}),
      'stock', (select json_agg(json_build_array(reason, delta) order by id)
        from stock_ledger where order_id = ${orderId}),
      'jobs', (select json_agg(name order by name) from pgboss.job j
        where (j.data ->> 'emailId')::bigint in (select id from own_emails)
          or (j.data ->> 'transferId')::bigint in (select id from own_transfers)
          or j.data ->> 'eventId' in (select e.id from provider_events e join payment_attempts a
            on a.order_id = ${orderId} and e.body like '%' || a.session_id || '%'))
    ) as outcome`)
  return row!.outcome
}

const watched = [
  ...['orders', 'order_lines', 'order_events', 'payments', 'payment_attempts', 'refunds', 'refund_transfers'],
  ...['returns', 'return_lines', 'fulfillments', 'invoices', 'invoice_counters', 'promotion_redemptions'],
  ...['emails', 'notifications', 'stock_ledger', 'variants', 'provider_events', 'audit_log'],
]

/** Changes with every committed change of a row of the watched tables: their counts and the transactions of their rows. */
export async function readFingerprint(): Promise<string> {
  const parts = watched.map(
    (table) =>
      sql`select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) as mark from ${sql.identifier(table)}`,
  )
  const rows = await db.execute<{ mark: string }>(
    sql`${sql.join(parts, sql` union all `)} union all select count(*)::text from pgboss.job`,
  )
  return rows.map(({ mark }) => mark).join()
}
