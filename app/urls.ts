/** Every URL of the store. */

const segment = encodeURIComponent

/** Asks for an unpublished product or page as staff see it. Such a page is never cached. */
export const previewParameter = 'preview'

/** The query: of the results page, and of a product page that was opened from a search. */
export const searchParameter = 'q'

export type SettingsSection =
  'general' | 'region' | 'shipping' | 'taxes' | 'payments' | 'invoices' | 'marketing' | 'security'

export const urls = {
  home: () => '/',
  collections: () => '/collections',
  collection: (handle: string) => `/collections/${segment(handle)}`,
  allProducts: () => '/collections/all',
  product: (handle: string, variantId?: number) =>
    `/products/${segment(handle)}${variantId ? `?variant=${variantId}` : ''}`,
  /** The same with the search that led to the product, if there was one. The page is the same. */
  foundProduct: (
    handle: string,
    query: string | null | undefined,
    parameters: Record<string, string> = {},
  ) => {
    const search = new URLSearchParams({
      ...parameters,
      ...(query && { [searchParameter]: query }),
    }).toString()
    return `/products/${segment(handle)}${search && `?${search}`}`
  },
  /** For staff, also while it is a draft. */
  productPreview: (handle: string) => `/products/${segment(handle)}?${previewParameter}=on`,
  /** Written by staff. Policies have fixed handles. */
  page: (handle: string) => `/pages/${segment(handle)}`,
  policy: (handle: string) => `/policies/${segment(handle)}`,
  /** For staff, before it is published. */
  pagePreview: (path: string) => `${path}?${previewParameter}=on`,
  /** Asks to be notified when the variant is back in stock. */
  stockAlert: (handle: string, variantId?: number) =>
    `/products/${segment(handle)}/stock-alert${variantId ? `?variant=${variantId}` : ''}`,
  /** The reviews section of a product's page. */
  productReviews: (handle: string) => `/products/${segment(handle)}#reviews`,
  newReview: (handle: string) => `/products/${segment(handle)}/reviews/new`,
  voteForReview: (id: number) => `/reviews/${id}/helpful`,
  reportReview: (id: number) => `/reviews/${id}/report`,
  /** From an email about an order: its products, each with a form for a review. */
  orderReviews: (token: string) => `/order-reviews/${segment(token)}`,
  orderReview: (token: string, productId: number) => `/order-reviews/${segment(token)}/${productId}`,
  confirmStockAlert: (token: string) => `/stock-alerts/${segment(token)}`,
  recentlyViewed: (ids: number[]) => `/recently-viewed?ids=${ids.join(',')}`,
  search: (query?: string) => (query ? `/search?q=${segment(query)}` : '/search'),
  searchSuggestions: (query: string) => `/search/suggestions?q=${segment(query)}`,
  media: (hash: string, width: number, format: 'avif' | 'webp' | 'jpeg') =>
    `/media/${hash}/${width}.${format}`,

  cart: () => '/cart',
  /** The cart with the form that estimates shipping to another address. */
  cartEstimate: () => '/cart?estimate=',
  cartLines: () => '/cart/lines',
  cartLine: (variantId: number) => `/cart/lines/${variantId}`,
  cartCodes: () => '/cart/codes',
  removeCartCode: (code: string) => `/cart/codes/${segment(code)}/delete`,
  cartDestination: () => '/cart/destination',
  /** From a reminder: shows what the link adds to the cart. */
  restoreCart: (token: string) => `/cart/restore/${segment(token)}`,
  /** Applies a code and shows a page of the store. */
  discount: (code: string) => `/discount/${segment(code)}`,
  checkout: (addressId?: number) => (addressId ? `/checkout?address=${addressId}` : '/checkout'),
  addressForm: (country: string) => `/address-form?country=${segment(country)}`,
  order: (token: string) => `/orders/${segment(token)}`,
  /** Opens the payment page of an unpaid order. */
  payOrder: (token: string) => `/orders/${segment(token)}/payment`,
  /** Where a customer places an order that staff prepared. */
  draft: (token: string) => `/drafts/${segment(token)}`,
  stripeWebhook: () => '/webhooks/stripe',

  setup: (code: string) => `/setup?code=${segment(code)}`,
  login: (next?: string) => (next ? `/login?next=${segment(next)}` : '/login'),
  logout: () => '/logout',
  twoFactorSignIn: () => '/login/two-factor',
  signUp: () => '/signup',
  signUpToken: (token: string) => `/signup/${segment(token)}`,
  forgotPassword: () => '/forgot-password',
  resetPassword: (token: string) => `/reset-password/${segment(token)}`,
  confirmEmail: (token: string) => `/confirm-email/${segment(token)}`,
  invitation: (token: string) => `/invitations/${segment(token)}`,
  checkYourEmail: () => '/check-your-email',
  /** In emails that can be stopped; email services post to it themselves (RFC 8058). */
  unsubscribe: (token: string) => `/unsubscribe/${segment(token)}`,
  findOrders: () => '/orders',
  orderInvoice: (token: string, id: number) => `/orders/${segment(token)}/invoices/${id}`,
  cancelOwnOrder: (token: string) => `/orders/${segment(token)}/cancel`,
  returnItems: (token: string) => `/orders/${segment(token)}/returns`,
  withdrawReturn: (token: string, returnId: number) =>
    `/orders/${segment(token)}/returns/${returnId}/withdraw`,
  reorder: (token: string) => `/orders/${segment(token)}/reorder`,

  readNotification: (id: number) => `/notifications/${id}/read`,
  readAllNotifications: () => '/notifications/read',

  account: {
    notifications: () => '/account/notifications',
    notificationPreferences: () => '/account/notifications/preferences',
    home: () => '/account',
    orders: (page = 1) => (page > 1 ? `/account/orders?page=${page}` : '/account/orders'),
    reviews: () => '/account/reviews',
    addresses: () => '/account/addresses',
    newAddress: () => '/account/addresses/new',
    address: (id: number) => `/account/addresses/${id}`,
    deleteAddress: (id: number) => `/account/addresses/${id}/delete`,
    defaultAddress: (id: number) => `/account/addresses/${id}/default`,
    profile: () => '/account/profile',
    marketing: () => '/account/marketing',
    security: () => '/account/security',
    email: () => '/account/email',
    password: () => '/account/password',
    twoFactor: () => '/account/two-factor',
    twoFactorConfirmation: () => '/account/two-factor/confirmation',
    disableTwoFactor: () => '/account/two-factor/disable',
    recoveryCodes: () => '/account/two-factor/recovery-codes',
    devices: () => '/account/devices',
    deleteDevice: (id: number) => `/account/devices/${id}/delete`,
    deleteOtherDevices: () => '/account/devices/others/delete',
    export: () => '/account/export.json',
    deleteAccount: () => '/account/delete',
  },

  admin: {
    home: () => '/admin',
    orders: () => '/admin/orders',
    order: (id: number) => `/admin/orders/${id}`,
    drafts: () => '/admin/orders/drafts',
    newDraft: () => '/admin/orders/drafts/new',
    draft: (id: number) => `/admin/orders/drafts/${id}`,
    placeDraft: (id: number) => `/admin/orders/drafts/${id}/order`,
    sendDraft: (id: number) => `/admin/orders/drafts/${id}/send`,
    deleteDraft: (id: number) => `/admin/orders/drafts/${id}/delete`,
    orderPayment: (id: number) => `/admin/orders/${id}/payment`,
    capturePayment: (id: number, paymentId: number) => `/admin/orders/${id}/payments/${paymentId}/capture`,
    voidPayment: (id: number, paymentId: number) => `/admin/orders/${id}/payments/${paymentId}/void`,
    acceptPayment: (id: number, paymentId: number) => `/admin/orders/${id}/payments/${paymentId}/accept`,
    returnPayment: (id: number, paymentId: number) => `/admin/orders/${id}/payments/${paymentId}/return`,
    orderFulfillments: (id: number) => `/admin/orders/${id}/fulfillments`,
    editOrder: (id: number) => `/admin/orders/${id}/edit`,
    editOrderAddress: (id: number) => `/admin/orders/${id}/address`,
    shipmentTracking: (id: number, shipmentId: number) =>
      `/admin/orders/${id}/fulfillments/${shipmentId}/tracking`,
    shipmentDelivered: (id: number, shipmentId: number) =>
      `/admin/orders/${id}/fulfillments/${shipmentId}/delivered`,
    cancelShipment: (id: number, shipmentId: number) =>
      `/admin/orders/${id}/fulfillments/${shipmentId}/cancel`,
    startReturn: (id: number) => `/admin/orders/${id}/returns/new`,
    answerReturn: (id: number, returnId: number) => `/admin/orders/${id}/returns/${returnId}/answer`,
    receiveReturn: (id: number, returnId: number) => `/admin/orders/${id}/returns/${returnId}/receive`,
    cancelReturn: (id: number, returnId: number) => `/admin/orders/${id}/returns/${returnId}/cancel`,
    refundOrder: (id: number, returnId?: number) =>
      returnId ? `/admin/orders/${id}/refund?return=${returnId}` : `/admin/orders/${id}/refund`,
    retryRefund: (id: number, transferId: number) => `/admin/orders/${id}/transfers/${transferId}/retry`,
    refundSent: (id: number, transferId: number) => `/admin/orders/${id}/transfers/${transferId}/sent`,
    cancelOrder: (id: number) => `/admin/orders/${id}/cancel`,
    orderInvoices: (id: number) => `/admin/orders/${id}/invoices`,
    orderInvoice: (id: number, invoiceId: number) => `/admin/orders/${id}/invoices/${invoiceId}`,
    packingSlip: (id: number) => `/admin/orders/${id}/packing-slip`,
    packingSlips: () => '/admin/orders/packing-slips',
    invoices: () => '/admin/invoices',
    invoicesFile: () => '/admin/invoices.csv',
    orderPresence: (id: number) => `/admin/orders/${id}/presence`,
    leaveOrderPresence: (id: number) => `/admin/orders/${id}/presence/leave`,
    orderNotes: (id: number) => `/admin/orders/${id}/notes`,
    products: () => '/admin/products',
    newProduct: () => '/admin/products/new',
    product: (id: number) => `/admin/products/${id}`,
    productVariant: (id: number, variantId: number) => `/admin/products/${id}/variants/${variantId}`,
    productVariantStock: (id: number, variantId: number) =>
      `/admin/products/${id}/variants/${variantId}/stock`,
    deleteProductVariant: (id: number, variantId: number) =>
      `/admin/products/${id}/variants/${variantId}/delete`,
    productImages: (id: number) => `/admin/products/${id}/images`,
    productImage: (id: number, imageId: number) => `/admin/products/${id}/images/${imageId}`,
    productImagePosition: (id: number, imageId: number) => `/admin/products/${id}/images/${imageId}/position`,
    deleteProductImage: (id: number, imageId: number) => `/admin/products/${id}/images/${imageId}/delete`,
    relatedProducts: (id: number) => `/admin/products/${id}/related`,
    relatedProduct: (id: number, relatedId: number) => `/admin/products/${id}/related/${relatedId}`,
    deleteRelatedProduct: (id: number, relatedId: number) =>
      `/admin/products/${id}/related/${relatedId}/delete`,
    deleteProduct: (id: number) => `/admin/products/${id}/delete`,
    reviews: () => '/admin/reviews',
    review: (id: number) => `/admin/reviews/${id}`,
    reviewPhoto: (id: number, photoId: number) => `/admin/reviews/${id}/photos/${photoId}`,
    approveReviews: () => '/admin/reviews/approve',
    rejectReviews: () => '/admin/reviews/reject',
    collections: () => '/admin/collections',
    newCollection: () => '/admin/collections/new',
    collectionMenu: () => '/admin/collections/menu',
    collectionPosition: (id: number) => `/admin/collections/${id}/position`,
    collection: (id: number) => `/admin/collections/${id}`,
    collectionProducts: (id: number) => `/admin/collections/${id}/products`,
    collectionProduct: (id: number, productId: number) => `/admin/collections/${id}/products/${productId}`,
    deleteCollectionProduct: (id: number, productId: number) =>
      `/admin/collections/${id}/products/${productId}/delete`,
    collectionSelection: (id: number) => `/admin/collections/${id}/products/selection`,
    collectionImage: (id: number) => `/admin/collections/${id}/image`,
    deleteCollection: (id: number) => `/admin/collections/${id}/delete`,
    ruleMatches: () => '/admin/collections/matches',
    homePage: () => '/admin/home-page',
    customizeHomePage: () => '/admin/home-page/customize',
    newHomeSection: (kind: string) => `/admin/home-page/sections/new?kind=${kind}`,
    homeSection: (id: number) => `/admin/home-page/sections/${id}`,
    homeSectionPosition: (id: number) => `/admin/home-page/sections/${id}/position`,
    hideHomeSection: (id: number) => `/admin/home-page/sections/${id}/hide`,
    showHomeSection: (id: number) => `/admin/home-page/sections/${id}/show`,
    deleteHomeSection: (id: number) => `/admin/home-page/sections/${id}/delete`,
    pages: () => '/admin/pages',
    newPage: () => '/admin/pages/new',
    newPolicy: (handle: string) => `/admin/pages/new?policy=${handle}`,
    page: (id: number) => `/admin/pages/${id}`,
    pagePosition: (id: number) => `/admin/pages/${id}/position`,
    deletePage: (id: number) => `/admin/pages/${id}/delete`,
    /** Synonyms, with pins and boosts as its other pages. */
    search: () => '/admin/search',
    searchSynonyms: (id: number) => `/admin/search/synonyms/${id}`,
    deleteSearchSynonyms: (id: number) => `/admin/search/synonyms/${id}/delete`,
    searchPins: () => '/admin/search/pins',
    searchPin: (id: number) => `/admin/search/pins/${id}`,
    deleteSearchPin: (id: number) => `/admin/search/pins/${id}/delete`,
    pinnedProduct: (id: number, productId: number) => `/admin/search/pins/${id}/products/${productId}`,
    deletePinnedProduct: (id: number, productId: number) =>
      `/admin/search/pins/${id}/products/${productId}/delete`,
    searchBoosts: () => '/admin/search/boosts',
    deleteSearchBoost: (productId: number) => `/admin/search/boosts/${productId}/delete`,
    promotions: () => '/admin/promotions',
    newPromotion: (kind?: string) => (kind ? `/admin/promotions/new?kind=${kind}` : '/admin/promotions/new'),
    promotion: (id: number) => `/admin/promotions/${id}`,
    promotionCodes: (id: number) => `/admin/promotions/${id}/codes`,
    promotionCodesFile: (id: number) => `/admin/promotions/${id}/codes.csv`,
    endPromotion: (id: number) => `/admin/promotions/${id}/end`,
    deletePromotion: (id: number) => `/admin/promotions/${id}/delete`,
    imports: () => '/admin/imports',
    import: (id: number) => `/admin/imports/${id}`,
    importProblems: (id: number, severity: 'error' | 'warning') =>
      `/admin/imports/${id}/problems.csv?severity=${severity}`,
    importImages: (id: number) => `/admin/imports/${id}?show=images`,
    retryImportImages: (id: number) => `/admin/imports/${id}/images/retry`,
    retryImportImage: (id: number, fetchId: number) => `/admin/imports/${id}/images/${fetchId}/retry`,
    recheckImport: (id: number) => `/admin/imports/${id}/recheck`,
    applyImport: (id: number) => `/admin/imports/${id}/apply`,
    discardImport: (id: number) => `/admin/imports/${id}/discard`,
    emails: () => '/admin/emails',
    testEmail: () => '/admin/emails/test-message',
    email: (id: number) => `/admin/emails/${id}`,
    emailAttempts: (id: number) => `/admin/emails/${id}/attempts`,
    settings: (section?: SettingsSection) => (section ? `/admin/settings/${section}` : '/admin/settings'),
    newShippingZone: () => '/admin/settings/shipping/zones/new',
    shippingZone: (id: number) => `/admin/settings/shipping/zones/${id}`,
    deleteShippingZone: (id: number) => `/admin/settings/shipping/zones/${id}/delete`,
    newShippingMethod: (zoneId: number) => `/admin/settings/shipping/zones/${zoneId}/methods/new`,
    shippingMethod: (id: number) => `/admin/settings/shipping/methods/${id}`,
    deleteShippingMethod: (id: number) => `/admin/settings/shipping/methods/${id}/delete`,
    newTaxClass: () => '/admin/settings/taxes/classes/new',
    taxClass: (id: number) => `/admin/settings/taxes/classes/${id}`,
    deleteTaxClass: (id: number) => `/admin/settings/taxes/classes/${id}/delete`,
    newTaxRate: () => '/admin/settings/taxes/rates/new',
    taxRate: (id: number) => `/admin/settings/taxes/rates/${id}`,
    deleteTaxRate: (id: number) => `/admin/settings/taxes/rates/${id}/delete`,
    staff: () => '/admin/staff',
    invite: () => '/admin/staff/invitations/new',
    deleteInvitation: (id: number) => `/admin/staff/invitations/${id}/delete`,
    staffMember: (id: number) => `/admin/staff/${id}`,
    suspendStaff: (id: number) => `/admin/staff/${id}/suspend`,
    unsuspendStaff: (id: number) => `/admin/staff/${id}/unsuspend`,
    deleteStaffSessions: (id: number) => `/admin/staff/${id}/sessions/delete`,
    disableStaffTwoFactor: (id: number) => `/admin/staff/${id}/two-factor/disable`,
    removeStaff: (id: number) => `/admin/staff/${id}/delete`,
    staffOwnership: (id: number) => `/admin/staff/${id}/ownership`,
    customers: () => '/admin/customers',
    customer: (id: number) => `/admin/customers/${id}`,
    suspendCustomer: (id: number) => `/admin/customers/${id}/suspend`,
    unsuspendCustomer: (id: number) => `/admin/customers/${id}/unsuspend`,
    deleteCustomerSessions: (id: number) => `/admin/customers/${id}/sessions/delete`,
    searchReport: (days?: string) =>
      days ? `/admin/reports/searches?days=${days}` : '/admin/reports/searches',
    searchedTerm: (query: string, days: string) =>
      `/admin/reports/searches/term?q=${segment(query)}&days=${days}`,
    searchReportFile: () => '/admin/reports/searches.csv',
    activity: () => '/admin/activity',
    notifications: () => '/admin/notifications',
    /** The changes of one row: activityOf('products', 12). */
    activityOf: (table: string, key: string | number) => `/admin/activity?row=${table}/${key}`,
  },
}
