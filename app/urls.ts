/** Every link of the shop. */

const segment = encodeURIComponent

export const urls = {
  home: () => '/',
  collections: () => '/collections',
  collection: (handle: string) => `/collections/${segment(handle)}`,
  allProducts: () => '/collections/all',
  product: (handle: string, variantId?: number) =>
    `/products/${segment(handle)}${variantId ? `?variant=${variantId}` : ''}`,
  search: (query?: string) => (query ? `/search?q=${segment(query)}` : '/search'),
  media: (hash: string, width: number, format: 'avif' | 'webp' | 'jpeg') =>
    `/media/${hash}/${width}.${format}`,

  cart: () => '/cart',
  cartLines: () => '/cart/lines',
  cartLine: (variantId: number) => `/cart/lines/${variantId}`,
  checkout: () => '/checkout',
  order: (token: string) => `/orders/${token}`,

  setup: (code: string) => `/setup?code=${segment(code)}`,
  login: (next?: string) => (next ? `/login?next=${segment(next)}` : '/login'),
  logout: () => '/logout',

  admin: {
    home: () => '/admin',
    orders: () => '/admin/orders',
    order: (id: number) => `/admin/orders/${id}`,
    orderPayment: (id: number) => `/admin/orders/${id}/payment`,
    orderFulfilments: (id: number) => `/admin/orders/${id}/fulfilments`,
    orderCancellation: (id: number) => `/admin/orders/${id}/cancellation`,
    orderNotes: (id: number) => `/admin/orders/${id}/notes`,
    products: () => '/admin/products',
    newProduct: () => '/admin/products/new',
    product: (id: number) => `/admin/products/${id}`,
    collections: () => '/admin/collections',
    newCollection: () => '/admin/collections/new',
    collection: (id: number) => `/admin/collections/${id}`,
    imports: () => '/admin/imports',
    import: (id: number) => `/admin/imports/${id}`,
    mails: () => '/admin/mails',
    mail: (id: number) => `/admin/mails/${id}`,
    settings: () => '/admin/settings',
  },
}
