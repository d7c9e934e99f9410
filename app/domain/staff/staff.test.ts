import { expect, test } from 'vitest'
import { type Permission, permissions } from '#app/domain/access/access.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { grantablePermissions, type StaffUser, checkCanGrant, checkCanChange } from './staff.ts'

let ids = 0
const a = (role: Role, ...open: Permission[]): StaffUser => ({ id: ++ids, role, permissions: open })

const owner = a('owner')
const admin = a('admin')
const clerk = a('staff', 'orders')
const lead = a('staff', 'staff', 'orders', 'catalog')

test('users cannot change themselves, not even the owner', () => {
  for (const user of [owner, admin, clerk, lead]) expect(checkCanChange(user, user)).toBe('yourself')
})

test('the owner cannot be changed', () => {
  for (const by of [admin, lead, clerk]) expect(checkCanChange(by, owner)).toBe('the-owner')
})

test('only the owner changes admins and grants the role', () => {
  expect(checkCanChange(owner, admin)).toBe(null)
  expect(checkCanChange(a('admin'), admin)).toBe('only-the-owner')
  expect(checkCanChange(lead, admin)).toBe('only-the-owner')
  expect(checkCanGrant(owner, { role: 'admin', permissions: [] })).toBe(null)
  expect(checkCanGrant(admin, { role: 'admin', permissions: [] })).toBe('only-the-owner')
})

test('admins grant every permission, staff only their own', () => {
  expect(checkCanGrant(admin, { role: 'staff', permissions: [...permissions] })).toBe(null)
  expect(checkCanGrant(lead, { role: 'staff', permissions: ['orders', 'staff'] })).toBe(null)
  expect(checkCanGrant(lead, { role: 'staff', permissions: ['orders', 'settings'] })).toBe(
    'missing-permission',
  )
  expect(grantablePermissions(owner)).toEqual(permissions)
  expect(grantablePermissions(lead)).toEqual(['orders', 'catalog', 'staff'])
})

test('staff change colleagues who have no more permissions than they do', () => {
  expect(checkCanChange(lead, clerk)).toBe(null)
  expect(checkCanChange(lead, a('staff'))).toBe(null)
  expect(checkCanChange(lead, a('staff', 'orders', 'settings'))).toBe('missing-permission')
})

test('changing staff or customers requires the respective permission', () => {
  const support = a('staff', 'customers')
  expect(checkCanChange(clerk, a('staff'))).toBe('not-allowed')
  expect(checkCanChange(support, a('staff'))).toBe('not-allowed')
  expect(checkCanChange(lead, a('customer'))).toBe('not-allowed')
  expect(checkCanChange(support, a('customer'))).toBe(null)
  expect(checkCanChange(admin, a('customer'))).toBe(null)
  expect(checkCanChange(a('customer'), a('customer'))).toBe('not-allowed')
  expect(grantablePermissions(clerk)).toEqual([])
})
