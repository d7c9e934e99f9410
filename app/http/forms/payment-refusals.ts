/** Why staff could not change a payment, by the reason of the command. */

export const holdRefusals = {
  'not-held': 'This payment is no longer held, so nothing was changed.',
  refused: 'The payment provider refused this: the hold has probably ended.',
  'no-provider': 'Card payments are not set up, so nothing was changed.',
}

export const reviewRefusals = {
  'not-in-review': 'Someone else has already decided about this payment.',
  'other-currency': 'This payment is in another currency. Refund it in the payment provider’s dashboard.',
}
