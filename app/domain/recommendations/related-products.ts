/** Related products on a product's page. */
export const relatedShown = 4

/** Those that staff chose for a product: more than its page shows, because some may be unpublished. */
export const maxPicked = 12
