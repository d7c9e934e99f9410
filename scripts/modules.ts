/**
 * The structure of app/domain: which module may import which, and which module writes which table.
 * `npm run check` holds both (scripts/check-modules.ts).
 */

/** In order: a module imports only modules of earlier lines. Modules of one line do not import each other. */
export const moduleOrder: string[][] = [
  ['access', 'consents', 'media', 'payments', 'pricing', 'rate-limits', 'realtime'],
  ['shipping'],
  ['settings', 'stock', 'taxes'],
  ['mail'],
  ['products', 'notifications'],
  ['cart', 'collections', 'orders', 'pages', 'stock-alerts'],
  ['promotions', 'invoices', 'reviews'],
  ['billing'],
  ['returns'],
  ['accounts', 'catalog', 'storefront'],
  ['audit', 'customers', 'recommendations', 'search', 'setup', 'staff'],
  ['checkout', 'imports', 'reports'],
  ['order-edits', 'drafts', 'redirects'],
  ['emails'],
  ['maintenance'],
]

/** The module that writes a table. A second one is named with its reason. */
export const tableOwners: Record<string, string[]> = {
  users: ['accounts', 'staff'], // staff: role, permissions and suspension only
  sessions: ['accounts'],
  addresses: ['accounts'],
  recoveryCodes: ['accounts'],
  setupCodes: ['setup'],
  pendingSignIns: ['accounts'],
  invitations: ['staff', 'accounts'], // accounts: a new password revokes the invitations that the user sent
  auditLog: [], // written by triggers
  carts: ['cart'],
  cartLines: ['cart'],
  cartReminders: ['cart'],
  marketingConsents: ['consents'],
  stockAlerts: ['stock-alerts'],
  reviews: ['reviews'],
  productRatings: [], // written by triggers
  reviewPhotos: ['reviews'],
  reviewVotes: ['reviews'],
  reviewReports: ['reviews'],
  reviewRequests: ['reviews'],
  products: ['products'],
  productImages: ['products'],
  variants: ['products', 'stock'], // stock: the stock column, together with the ledger
  boughtTogether: ['recommendations'],
  relatedProducts: ['recommendations'],
  searchDocuments: [], // written by triggers
  searchBitmaps: ['search'],
  searchFacets: ['search'],
  searchWords: ['search'],
  searchDeletions: ['search'],
  searchQueue: ['search'], // written by triggers
  searchSynonyms: ['search'],
  searchPins: ['search'],
  searchPinProducts: ['search'],
  searchBoosts: ['search'],
  searchCounts: ['reports'],
  searchClicks: ['reports'],
  stockLedger: ['stock', 'products'], // products: in the statement that creates or imports variants
  collections: ['collections'],
  collectionProducts: ['collections'],
  homeSections: ['storefront'],
  pages: ['pages'],
  productSales: ['storefront'],
  handleHistory: [], // written by triggers
  redirects: ['redirects'],
  imports: ['imports'],
  importChunks: ['imports'],
  importChanges: ['imports'],
  importProblems: ['imports'],
  imageFetches: ['imports'],
  importImages: ['imports'],
  draftOrders: ['drafts'],
  emails: ['mail', 'emails'], // emails: content and delivery status of the email it sends
  emailLinks: ['mail'],
  media: ['media'],
  mediaRenditions: ['media'],
  notifications: ['notifications'],
  notificationPreferences: ['notifications'],
  orders: ['orders'],
  orderLines: ['orders'],
  orderEvents: ['orders'],
  orderPresence: ['orders'],
  fulfillments: ['orders'],
  fulfillmentLines: ['orders'],
  payments: ['billing'],
  paymentAttempts: ['billing'],
  providerEvents: ['billing'],
  refunds: ['billing'],
  refundLines: ['billing'],
  refundTransfers: ['billing'],
  returns: ['returns'],
  returnLines: ['returns'],
  invoices: ['invoices'],
  invoiceCounters: ['invoices'],
  promotions: ['promotions'],
  promotionItems: ['promotions'],
  promotionCodes: ['promotions'],
  promotionRedemptions: ['orders'],
  settings: ['settings'],
  priceHistory: ['pricing'], // cleanup only; rows are written by triggers
  shippingZones: ['shipping'],
  shippingZonePlaces: ['shipping'],
  shippingMethods: ['shipping'],
  taxClasses: ['taxes'],
  taxRates: ['taxes'],
  pricingVersion: ['checkout'], // read only; the row is written by triggers
}
