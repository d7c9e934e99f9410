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
  select from (
    select l.variant_id, sum(l.quantity) - coalesce((
      select sum(r.restocked_quantity) from refund_lines r
      where r.order_line_id = any (array_agg(l.id))), 0) - coalesce((
      select sum(r.restocked_quantity) from return_lines r
      where r.order_line_id = any (array_agg(l.id))), 0) as kept
    from order_lines l
    where l.order_id = o.id and l.stock_taken and l.variant_id is not null
    group by l.variant_id
  ) l
  join variants v on v.id = l.variant_id and v.track_stock
  where l.kept <> (
    select -coalesce(sum(s.delta), 0) from stock_ledger s where s.order_id = o.id and s.variant_id = l.variant_id)
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
select 'sums of an order differ from its payments and refunds', o.id::text
from orders o
where (o.received_total, o.authorized_total, o.refunded_total) is distinct from (
  (select coalesce(sum(p.amount), 0) from payments p
    where p.order_id = o.id and p.status = 'received' and p.currency = o.currency),
  (select coalesce(sum(p.amount), 0) from payments p
    where p.order_id = o.id and p.status = 'authorized' and p.currency = o.currency),
  (select coalesce(sum(t.amount), 0) from refund_transfers t join refunds r on r.id = t.refund_id
    where r.order_id = o.id and t.status <> 'failed'))

union all
select 'payment state differs from the sums of the order', o.id::text
from orders o
where o.payment_state::text <> case
  when o.refunded_total > 0 and o.refunded_total = o.received_total then 'refunded'
  when o.refunded_total > 0 then 'partially-refunded'
  when o.canceled_at is not null and o.received_total = 0 then 'voided'
  when o.canceled_at is not null or o.received_total >= o.total then 'paid'
  when o.received_total + o.authorized_total >= o.total then 'authorized'
  when o.received_total = 0
    and exists (select from payments p where p.order_id = o.id and p.status = 'released') then 'voided'
  else 'pending' end

union all
select 'more refunded of a payment than was received', p.id::text
from payments p
where (p.status = 'received') < exists (select from refund_transfers t where t.payment_id = p.id)
  or p.amount < (
    select coalesce(sum(t.amount), 0) from refund_transfers t where t.payment_id = p.id and t.status <> 'failed')

union all
select 'refund of another order''s payment', t.id::text
from refund_transfers t join refunds r on r.id = t.refund_id join payments p on p.id = t.payment_id
where p.order_id <> r.order_id

union all
select 'parts of a refund do not add up', r.id::text
from refunds r
where r.amount <> r.shipping_amount + r.extra_amount + r.excess_amount
  + (select coalesce(sum(l.amount), 0) from refund_lines l where l.refund_id = r.id)

union all
select 'more transferred than a refund', r.id::text
from refunds r
where r.amount < (
  select coalesce(sum(t.amount), 0) from refund_transfers t where t.refund_id = r.id and t.status <> 'failed')

union all
select 'refunded quantity differs from the refunds', l.id::text
from order_lines l
where l.refunded_quantity <> (select coalesce(sum(r.quantity), 0) from refund_lines r where r.order_line_id = l.id)

union all
select 'returned quantity differs from the returns', l.id::text
from order_lines l
where l.returned_quantity <> (
  select coalesce(sum(rl.quantity), 0) from return_lines rl join returns r on r.id = rl.return_id
  where rl.order_line_id = l.id and r.state in ('received', 'refunded'))

union all
select 'more units in returns than were shipped', l.id::text
from order_lines l
where l.fulfilled_quantity < (
  select coalesce(sum(rl.quantity), 0) from return_lines rl join returns r on r.id = rl.return_id
  where rl.order_line_id = l.id and r.state not in ('declined', 'canceled'))

union all
select 'gap in the numbers of a series', c.series::text
from invoice_counters c
join lateral (
  select count(*) as issued, coalesce(max(number), 0) as highest from invoices i where i.series = c.series
) i on true
where c.last <> i.issued or c.last <> i.highest

union all
select 'credit note of another order''s invoice', i.id::text
from invoices i
where i.series = 'credit-note'
  and not exists (select from invoices o where o.id = i.invoice_id and o.order_id = i.order_id and o.series = 'invoice')

union all
select 'refund of an invoiced order without a credit note', r.id::text
from refunds r
where exists (select from invoices i where i.order_id = r.order_id and i.series = 'invoice' and i.created_at < r.created_at)
  and r.amount > r.excess_amount and not exists (select from invoices i where i.refund_id = r.id)

union all
select 'paid attempt without a payment', a.id::text
from payment_attempts a
where a.status = 'paid' and not exists (select from payments p where p.order_id = a.order_id and p.provider_id is not null)

union all
select 'fulfilled quantity differs from its fulfillments', l.id::text
from order_lines l
where l.fulfilled_quantity <> (
  select coalesce(sum(f.quantity), 0) from fulfillment_lines f join fulfillments s on s.id = f.fulfillment_id
  where f.order_line_id = l.id and s.canceled_at is null)

union all
select 'fulfillment state differs from the lines', o.id::text
from orders o
join (
  select order_id, sum(quantity - removed_quantity) as wanted, sum(fulfilled_quantity) as sent
  from order_lines group by order_id
) l on l.order_id = o.id
where o.fulfillment_state::text <> case
  when l.sent = 0 then 'unfulfilled' when l.sent = l.wanted then 'fulfilled' else 'partly-fulfilled' end

union all
select 'more units with the customer or refunded unshipped than ordered', l.id::text
from order_lines l
where l.fulfilled_quantity - l.returned_quantity + l.removed_quantity > l.quantity

union all
select 'refunded units that were not shipped can still be shipped', l.id::text
from order_lines l
where l.refunded_quantity - l.removed_quantity > l.fulfilled_quantity

union all
select 'canceled order was shipped', o.id::text
from orders o
where o.canceled_at is not null and o.fulfillment_state <> 'unfulfilled'

union all
select 'order not in its own timeline exactly once', o.id::text
from orders o
where 1 <> (select count(*) from order_events e where e.order_id = o.id and e.kind = 'placed')

union all
select 'placed draft order that its order does not name, or with items left', d.id::text
from draft_orders d
where d.state = 'placed' and (
  1 <> (select count(*) from order_events e
    where e.order_id = d.order_id and e.kind = 'placed' and e.detail like '%draft #D' || d.id)
  or exists (select from cart_lines l join carts c on c.id = l.cart_id where c.draft_id = d.id))

union all
select 'order that names a draft order which was not placed', o.id::text
from orders o
where exists (select from order_events e where e.order_id = o.id and e.kind = 'placed' and e.detail like '%draft #D%')
  and not exists (select from draft_orders d where d.order_id = o.id and d.state = 'placed')

union all
select 'withdrawn consent that was never given', w.id::text
from marketing_consents w
where w.kind = 'withdrawn' and not exists (
  select from marketing_consents g where g.customer_key = w.customer_key and g.kind = 'given' and g.id < w.id)

union all
select 'cart with a consent that was withdrawn by its entry, or of a cart that is no guest''s', c.id::text
from carts c join marketing_consents m on m.id = c.consent_id
where m.kind <> 'given' or c.session_id is null

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

union all
select 'search document differs from its product', coalesce(d.product_id, f.product_id)::text
from (select * from search_documents) d
full join (select * from search_documents_of(array(select id from products))) f using (product_id)
where (d.product_id, d.published_at, d.title collate "C", d.is_available, d.price_min, d.price_max, d.facets, d.title_words, d.words)
    is distinct from (f.product_id, f.published_at, f.title collate "C", f.is_available, f.price_min, f.price_max, f.facets,
      f.title_words, f.words)
  and coalesce(d.product_id, f.product_id) not in (
  select q.product_id from search_queue q where q.is_stale
)
union all
-- A word is in one group of synonyms, and once.
select 'word in two groups of synonyms', word
from search_synonyms, unnest(folded) as word group by word having count(*) > 1
union all
-- A list that staff order has no ties, and is not longer than its page allows.
select 'related products out of order', product_id::text
from related_products group by product_id
having count(*) > 12 or count(distinct position) <> count(*)
union all
select 'pinned products out of order', pin_id::text
from search_pin_products group by pin_id
having count(*) > 12 or count(distinct position) <> count(*)

union all
select 'rating differs from the approved reviews', p.id::text
from products p
left join product_ratings c on c.product_id = p.id
cross join lateral (
  select count(*) filter (where stars = 1) as one, count(*) filter (where stars = 2) as two,
    count(*) filter (where stars = 3) as three, count(*) filter (where stars = 4) as four,
    count(*) filter (where stars = 5) as five, count(*) as count, coalesce(sum(stars), 0) as sum
  from reviews r where r.product_id = p.id and r.status = 'approved'
) slow
where (slow.one, slow.two, slow.three, slow.four, slow.five, slow.count, slow.sum) is distinct from (
  coalesce(c.stars_1, 0), coalesce(c.stars_2, 0), coalesce(c.stars_3, 0), coalesce(c.stars_4, 0),
  coalesce(c.stars_5, 0), coalesce(c.count, 0), coalesce(c.sum, 0))

union all
select 'helpful count differs from the votes', r.id::text
from reviews r
where r.helpful_count <> (select count(*) from review_votes v where v.review_id = r.id)
