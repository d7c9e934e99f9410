import { expect, test } from 'vitest'
import { type Area, areas } from './access.ts'
import type { Role } from './accounts.ts'
import { grantableAreas, type Person, refusalToAppoint, refusalToChange } from './staff.ts'

let ids = 0
const a = (role: Role, ...open: Area[]): Person => ({ id: ++ids, role, areas: open })

const owner = a('owner')
const admin = a('admin')
const clerk = a('staff', 'orders')
const lead = a('staff', 'staff', 'orders', 'catalogue')

test('nobody changes themselves, not even the owner', () => {
  for (const person of [owner, admin, clerk, lead]) expect(refusalToChange(person, person)).toBe('yourself')
})

test('nobody changes the owner', () => {
  for (const by of [admin, lead, clerk]) expect(refusalToChange(by, owner)).toBe('the-owner')
})

test('only the owner changes admins and makes them', () => {
  expect(refusalToChange(owner, admin)).toBe(null)
  expect(refusalToChange(a('admin'), admin)).toBe('only-the-owner')
  expect(refusalToChange(lead, admin)).toBe('only-the-owner')
  expect(refusalToAppoint(owner, { role: 'admin', areas: [] })).toBe(null)
  expect(refusalToAppoint(admin, { role: 'admin', areas: [] })).toBe('only-the-owner')
})

test('admins give every area, staff only those that they have themselves', () => {
  expect(refusalToAppoint(admin, { role: 'staff', areas: [...areas] })).toBe(null)
  expect(refusalToAppoint(lead, { role: 'staff', areas: ['orders', 'staff'] })).toBe(null)
  expect(refusalToAppoint(lead, { role: 'staff', areas: ['orders', 'settings'] })).toBe('beyond-you')
  expect(grantableAreas(owner)).toEqual(areas)
  expect(grantableAreas(lead)).toEqual(['orders', 'catalogue', 'staff'])
})

test('staff change colleagues who may use no more than they do', () => {
  expect(refusalToChange(lead, clerk)).toBe(null)
  expect(refusalToChange(lead, a('staff'))).toBe(null)
  expect(refusalToChange(lead, a('staff', 'orders', 'settings'))).toBe('beyond-you')
})

test('without the area nobody is changed: staff ask for the one, customers for the other', () => {
  const support = a('staff', 'customers')
  expect(refusalToChange(clerk, a('staff'))).toBe('not-allowed')
  expect(refusalToChange(support, a('staff'))).toBe('not-allowed')
  expect(refusalToChange(lead, a('customer'))).toBe('not-allowed')
  expect(refusalToChange(support, a('customer'))).toBe(null)
  expect(refusalToChange(admin, a('customer'))).toBe(null)
  expect(refusalToChange(a('customer'), a('customer'))).toBe('not-allowed')
  expect(grantableAreas(clerk)).toEqual([])
})
