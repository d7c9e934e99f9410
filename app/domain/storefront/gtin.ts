/**
 * Whether the digits are a GTIN-8, -12, -13 or -14 with a valid check digit (GS1 General Specifications, 7.9), and one
 * that is used for sale: not one of a store's own (prefixes 02, 04 and 2) or a coupon.
 */
export function isGtin(digits: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(digits) || /^0+$/.test(digits)) return false
  const padded = digits.padStart(14, '0')
  if (digits.length > 8 && /^.(2|02|04|98|99|05)/.test(padded)) return false
  const sum = Array.from(padded, Number).reduce(
    (total, digit, index) => total + digit * (index % 2 ? 1 : 3),
    0,
  )
  return sum % 10 === 0
}
