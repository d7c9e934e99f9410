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
    productOptions: (id: number) => `/admin/products/${id}/options`,
    productVariants: (id: number) => `/admin/products/${id}/variants`,
    productVariant: (id: number, variantId: number) => `/admin/products/${id}/variants/${variantId}`,
    productVariantStock: (id: number, variantId: number) =>
      `/admin/products/${id}/variants/${variantId}/stock`,
    productVariantDeletion: (id: number, variantId: number) =>
      `/admin/products/${id}/variants/${variantId}/deletion`,
    productImages: (id: number) => `/admin/products/${id}/images`,
    productImage: (id: number, imageId: number) => `/admin/products/${id}/images/${imageId}`,
    productImagePosition: (id: number, imageId: number) => `/admin/products/${id}/images/${imageId}/position`,
    productImageDeletion: (id: number, imageId: number) => `/admin/products/${id}/images/${imageId}/deletion`,
    productDeletion: (id: number) => `/admin/products/${id}/deletion`,
    collections: () => '/admin/collections',
    newCollection: () => '/admin/collections/new',
    collection: (id: number) => `/admin/collections/${id}`,
    collectionProducts: (id: number) => `/admin/collections/${id}/products`,
    collectionProduct: (id: number, productId: number) => `/admin/collections/${id}/products/${productId}`,
    collectionProductDeletion: (id: number, productId: number) =>
      `/admin/collections/${id}/products/${productId}/deletion`,
    collectionPicture: (id: number) => `/admin/collections/${id}/picture`,
    collectionDeletion: (id: number) => `/admin/collections/${id}/deletion`,
    ruleMatches: () => '/admin/collections/matches',
    imports: () => '/admin/imports',
    import: (id: number) => `/admin/imports/${id}`,
    importReading: (id: number) => `/admin/imports/${id}/reading`,
    importApplication: (id: number) => `/admin/imports/${id}/application`,
    importDisposal: (id: number) => `/admin/imports/${id}/disposal`,
    mails: () => '/admin/mails',
    mail: (id: number) => `/admin/mails/${id}`,
    mailAttempts: (id: number) => `/admin/mails/${id}/attempts`,
    settings: () => '/admin/settings',
  },
}
