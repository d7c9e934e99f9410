import { urls } from '#app/urls.ts'
import { type HealthText, several } from './health-check.ts'

/** Checks of the catalog, orders, promotions and reviews. */
export const dailyChecks = {
  'no-price': {
    isUrgent: true,
    ok: 'All products have a price',
    found: several(
      'product has a variant without a price or for free',
      'products have variants without a price or for free',
    ),
    why: 'Without a price it can’t be bought.',
    to: `${urls.admin.products()}?show=no-price`,
    link: 'View products',
  },
  'negative-stock': {
    ok: 'No stock is below zero',
    found: several('product has stock below zero', 'products have stock below zero'),
    why: 'More was sold than is there: restock, or correct the quantity.',
    to: `${urls.admin.products()}?show=negative-stock`,
    link: 'View products',
  },
  'without-image': {
    ok: 'All products have an image',
    found: several('product has no image', 'products have no image'),
    why: 'Products with images sell better.',
    to: `${urls.admin.products()}?show=without-image`,
    link: 'View products',
  },
  'failed-images': {
    ok: 'All images could be read',
    found: several('image couldn’t be read', 'images couldn’t be read'),
    why: 'They are not shown. Upload them in another format.',
    to: `${urls.admin.products()}?show=without-image`,
    link: 'View products',
  },
  'no-alt-text': {
    ok: 'All images have an alt text',
    found: several('product has an image without alt text', 'products have images without alt text'),
    why: 'Screen readers and search engines need it.',
    to: `${urls.admin.products()}?show=no-alt-text`,
    link: 'View products',
  },
  'unshipped-for-days': {
    isUrgent: true,
    ok: 'Paid orders are shipped within three days',
    found: several(
      'paid order is older than three days and not shipped',
      'paid orders are older than three days and not shipped',
    ),
    why: 'Customers are waiting.',
    to: `${urls.admin.orders()}?show=unfulfilled&sort=oldest`,
    link: 'View orders',
  },
  'unpaid-for-days': {
    ok: 'No order has been unpaid for a week',
    found: several(
      'order has been unpaid for more than a week',
      'orders have been unpaid for more than a week',
    ),
    why: 'They hold stock. Ask the customers, or cancel the orders.',
    to: `${urls.admin.orders()}?show=unpaid&sort=oldest`,
    link: 'View orders',
  },
  'unanswered-returns': {
    ok: 'All return requests are answered',
    found: several('return request is older than three days', 'return requests are older than three days'),
    why: 'Customers are waiting for an answer.',
    to: `${urls.admin.orders()}?show=returns&sort=oldest`,
    link: 'View orders',
  },
  'failed-emails': {
    ok: 'All emails were sent',
    found: several('email couldn’t be sent', 'emails couldn’t be sent'),
    why: 'The recipients don’t know what it says.',
    to: `${urls.admin.emails()}?show=failed`,
    link: 'View emails',
  },
  'endless-promotions': {
    ok: 'All active promotions have an end',
    found: several('active promotion has no end', 'active promotions have no end'),
    why: 'It is easy to forget a discount. That is fine for one that is meant to stay.',
    to: `${urls.admin.promotions()}?show=active`,
    link: 'View promotions',
  },
  'waiting-reviews': {
    ok: 'Reviews are answered within three days',
    found: several(
      'review has waited for more than three days',
      'reviews have waited for more than three days',
    ),
    why: 'They are not shown until you approve them.',
    to: urls.admin.reviews(),
    link: 'View reviews',
  },
} satisfies Record<string, HealthText>
