import { expect, test } from 'vitest'
import { isGtin } from './gtin.ts'

test('the four lengths of GTIN are valid with their check digit', () => {
  for (const digits of ['96385074', '036000291452', '4006381333931', '10614141000415'])
    expect(isGtin(digits), digits).toBe(true)
  for (const digits of ['96385075', '036000291453', '4006381333932', '10614141000416'])
    expect(isGtin(digits), digits).toBe(false)
})

test('other lengths, zeros and the numbers of a store of its own are none', () => {
  for (const digits of ['', '400638133393', '40063813339310', 'abc', '00000000', '0000000000000'])
    expect(isGtin(digits), digits).toBe(false)
  // In-store numbers and coupons, with valid check digits.
  for (const digits of ['2000000000008', '212345678992', '9900000000004', '412345678903'])
    expect(isGtin(digits), digits).toBe(false)
})
