-- Invariants of the shop. Each returned row names a violated rule and the row that violates it. Run after every story,
-- race and crash test; safe to run on a running shop.
select 'ledger sum differs from the stock' as rule, v.id::text as row
from variants v
where v.stock <> (select coalesce(sum(l.delta), 0) from stock_ledger l where l.variant_id = v.id)

union all
select 'ledger balance differs from the running sum', l.id::text
from (
  select id, balance, sum(delta) over (partition by variant_id order by id) as running from stock_ledger
) l
where l.balance <> l.running

union all
select 'sold below zero without backorders', l.id::text
from stock_ledger l
where l.reason = 'sale' and l.balance < 0 and not l.oversold

union all
select 'order lines do not add up to the subtotal', o.id::text
from orders o
where o.subtotal - o.discount_total <> (select coalesce(sum(l.line_total), 0) from order_lines l where l.order_id = o.id)

union all
select 'price breakdown does not add up to the total', o.id::text
from orders o
where o.total <> (select coalesce(sum((s ->> 'amount')::bigint), 0) from jsonb_array_elements(o.price_breakdown) s)

union all
select 'order without lines', o.id::text
from orders o
where not exists (select from order_lines l where l.order_id = o.id)

union all
select 'stock taken differs from the order lines', o.id::text
from orders o
where o.canceled_at is null and exists (
  select l.variant_id, l.quantity from order_lines l
  where l.order_id = o.id and l.stock_taken and l.variant_id is not null
  except
  select s.variant_id, -s.delta from stock_ledger s where s.order_id = o.id and s.reason = 'sale'
)

union all
select 'canceled order did not return its stock', o.id::text
from orders o
where o.canceled_at is not null and exists (
  select from stock_ledger s
  join variants v on v.id = s.variant_id and v.track_stock
  where s.order_id = o.id
  group by s.variant_id having sum(s.delta) <> 0
)

union all
select 'paid order without full payment', o.id::text
from orders o
where o.payment_state = 'paid'
  and o.total <> (select coalesce(sum(p.amount), 0) from payments p where p.order_id = o.id and p.currency = o.currency)

union all
select 'payment of an order that is not paid', p.id::text
from payments p join orders o on o.id = p.order_id
where o.payment_state <> 'paid'

union all
select 'fulfilled quantity differs from its fulfillments', l.id::text
from order_lines l
where l.fulfilled_quantity <> (select coalesce(sum(f.quantity), 0) from fulfillment_lines f where f.order_line_id = l.id)

union all
select 'fulfillment state differs from the lines', o.id::text
from orders o
join (
  select order_id, sum(quantity) as ordered, sum(fulfilled_quantity) as sent from order_lines group by order_id
) l on l.order_id = o.id
where o.fulfillment_state::text <> case
  when l.sent = l.ordered then 'fulfilled' when l.sent > 0 then 'partly-fulfilled' else 'unfulfilled' end

union all
select 'canceled order was shipped', o.id::text
from orders o
where o.canceled_at is not null and o.fulfillment_state <> 'unfulfilled'

union all
select 'order not in its own timeline exactly once', o.id::text
from orders o
where 1 <> (select count(*) from order_events e where e.order_id = o.id and e.kind = 'placed')

union all
select 'order without a confirmation email', o.id::text
from orders o
where not exists (select from emails m where m.order_id = o.id and m.kind = 'order-confirmed')

union all
select 'fulfillment of another order''s line', f.fulfillment_id::text
from fulfillment_lines f
join fulfillments ff on ff.id = f.fulfillment_id
join order_lines l on l.id = f.order_line_id
where l.order_id <> ff.order_id

union all
select 'session of a disabled user', s.id::text
from sessions s join users u on u.id = s.user_id
where u.disabled_at is not null and s.expires_at > now()

union all
select 'addresses without exactly one default', a.user_id::text
from addresses a group by a.user_id having count(*) filter (where a.is_default) <> 1

union all
select 'recovery codes without two-factor authentication', c.user_id::text
from recovery_codes c join users u on u.id = c.user_id
where u.totp_enabled_at is null

union all
select 'staff session that lasts more than a day', s.id::text
from sessions s join users u on u.id = s.user_id
where u.role <> 'customer' and s.expires_at > s.created_at + interval '12 hours 1 minute'

union all
select 'cart with too many lines', c.cart_id::text
from cart_lines c group by c.cart_id having count(*) > 100

union all
select 'price range differs from the variants', p.id::text
from products p
left join (select product_id, min(price) as low, max(price) as high from variants group by product_id) v on v.product_id = p.id
where (p.price_min, p.price_max) is distinct from (v.low, v.high)

union all
select 'product without a variant', p.id::text
from products p
where not exists (select from variants v where v.product_id = p.id)

union all
select 'discounts of an order differ from its redemptions', o.id::text
from orders o
where o.discount_total + o.shipping_discount
  <> (select coalesce(sum(r.amount), 0) from promotion_redemptions r where r.order_id = o.id)

union all
select 'order lines do not add up to the discount', o.id::text
from orders o
where o.discount_total <> (select coalesce(sum(l.discount_total), 0) from order_lines l where l.order_id = o.id)

union all
select 'redemption of a canceled order counts, or that of another order does not', r.id::text
from promotion_redemptions r join orders o on o.id = r.order_id
where (r.released_at is null) <> (o.canceled_at is null)

union all
select 'promotion used more often than its limit', p.id::text
from promotions p
where p.usage_limit
  < (select count(*) from promotion_redemptions r where r.promotion_id = p.id and r.released_at is null)

union all
select 'promotion used more often by a customer than its limit', p.id::text
from promotions p
where p.limit_per_customer < (
  select max(n) from (
    select count(*) as n from promotion_redemptions r join orders o on o.id = r.order_id
    where r.promotion_id = p.id and r.released_at is null group by o.customer_key
  ) used)

union all
select 'generated code used more than once', c.code
from promotion_codes c join promotion_redemptions r on r.code = c.code and r.promotion_id = c.promotion_id
where r.released_at is null
group by c.code having count(*) > 1

union all
select 'first-order promotion of a later order', r.id::text
from promotion_redemptions r
join promotions p on p.id = r.promotion_id and p.is_first_order_only
join orders o on o.id = r.order_id
where r.released_at is null and exists (
  select from promotion_redemptions r2 join orders o2 on o2.id = r2.order_id
  where r2.promotion_id = p.id and r2.released_at is null and o2.customer_key = o.customer_key and o2.id < o.id)

union all
select 'tax of the lines exceeds the tax of the order', o.id::text
from orders o
where o.tax_total < (select coalesce(sum(l.tax_total), 0) from order_lines l where l.order_id = o.id)

union all
select 'tax in the price breakdown differs from the tax of the order', o.id::text
from orders o
where not o.is_reverse_charge and o.tax_total
  <> (select coalesce(sum((s -> 'tax' ->> 'amount')::bigint), 0) from jsonb_array_elements(o.price_breakdown) s)

union all
select 'newest row of the price history differs from the variant', v.id::text
from variants v
join products p on p.id = v.product_id
left join lateral (
  select price, is_reduced, published_at from price_history h where h.variant_id = v.id order by h.id desc limit 1
) h on true
where case when p.status = 'active' and p.published_at is not null and v.price is not null
  then (h.price, h.is_reduced, h.published_at)
    is distinct from (v.price, coalesce(v.compare_at_price > v.price, false), p.published_at)
  else h.price is not null end
