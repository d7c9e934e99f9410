import { refreshProductSales } from '#app/domain/storefront/product-sales.server.ts'

export async function refreshSales(): Promise<void> {
  await refreshProductSales(new Date())
}
