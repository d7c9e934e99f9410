import { expect, test } from 'vitest'
import { groupNotifications, groupText, type NotificationKind } from './notifications.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 4, 2, hour))
const told = (kind: NotificationKind, hour: number, isRead = false) => ({ kind, isRead, createdAt: at(hour) })

test('notifications of one kind and day form one group, read ones apart', () => {
  const groups = groupNotifications([
    told('new-order', 30),
    told('low-stock', 29),
    told('new-order', 28),
    told('new-order', 27, true),
    told('new-order', 5),
  ])
  expect(groups.map(({ kind, items }) => [kind, items.length])).toEqual([
    ['new-order', 2],
    ['low-stock', 1],
    ['new-order', 1],
    ['new-order', 1],
  ])
})

test('a group is a number and a noun', () => {
  expect(groupText('new-order', 3)).toBe('3 new orders')
})
