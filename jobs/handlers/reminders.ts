import { remindOfCarts as remind } from '#app/domain/cart/remind-of-carts.server.ts'
import { requestReviews as request } from '#app/domain/reviews/request-reviews.server.ts'
import { notifyBackInStock as notify } from '#app/domain/stock-alerts/notify-back-in-stock.server.ts'

export async function notifyBackInStock(): Promise<void> {
  await notify(new Date())
}

export async function remindOfCarts(): Promise<void> {
  await remind(new Date())
}

export async function requestReviews(): Promise<void> {
  await request(new Date())
}
