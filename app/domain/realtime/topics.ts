/** The topics that an open page can subscribe to. Database triggers announce under the same names. */

export const topics = {
  /** The public facts of a product. */
  product: (id: number) => `product:${id}`,
  /** With the version that the page shows, here and below: only newer versions are sent. */
  cart: (id: number, version: number) => `cart:${id}@${version}`,
  order: (id: number, version: number) => `order:${id}@${version}`,
  import: (id: number) => `import:${id}`,
  /** A user's notifications, on all their devices. */
  user: (id: number) => `user:${id}`,
  /** The end of a session; every stream of that session receives it. */
  session: (id: number) => `session:${id}`,
  /** New and changed orders, for staff. */
  admin: 'admin',
  /** New and changed reviews, for staff who moderate them. */
  reviews: 'reviews',
  /** Too many products changed at once to announce each. */
  catalog: 'catalog',
}

/** Whether a topic is public: available without a session. */
export function isPublic(topic: string): boolean {
  return topic === topics.catalog || topic.startsWith('product:')
}
