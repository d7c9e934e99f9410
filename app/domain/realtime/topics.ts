/** What an open page can listen to. The database announces under the same names (drizzle, live triggers). */

export const topics = {
  /** The public facts of a product. */
  product: (id: number) => `product:${id}`,
  /** With the version that the page shows, here and below: what is not newer is no news. */
  cart: (id: number, version: number) => `cart:${id}@${version}`,
  order: (id: number, version: number) => `order:${id}@${version}`,
  import: (id: number) => `import:${id}`,
  /** What somebody is told, on all devices of theirs. */
  user: (id: number) => `user:${id}`,
  /** The end of somebody's session; every stream of that session hears it. */
  session: (id: number) => `session:${id}`,
  /** New and changed orders, for staff. */
  admin: 'admin',
  /** So many products changed at once that they are not told one by one. */
  catalog: 'catalog',
}

/** What anybody may hear, with a session or without. */
export function isPublic(topic: string): boolean {
  return topic === topics.catalog || topic.startsWith('product:')
}
