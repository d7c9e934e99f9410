import { expect, test } from 'vitest'
import { findPasswordIssue } from './weak-passwords.server.ts'

const about = { shopName: 'Hill & Co', name: 'Ada Byron', email: 'ada.byron@example.com' }

test.each(['password', 'Password', '12345678', 'qwertyuiop', 'iloveyou', 'aaaaaaaaaa', 'abababab'])(
  '%s is too common',
  async (password) => {
    expect(await findPasswordIssue(password, about)).toBe('common')
  },
)

test.each(['hillco?', 'Hill & Co 2026!', 'adabyron1', 'ada.byron', 'ada.byron@example.com'])(
  '%s is only a well-known name',
  async (password) => {
    expect(await findPasswordIssue(password, about)).toBe('about-you')
  },
)

test.each(['four words in a row', 'xK3$vv90qQ', 'Ada likes engines', '花鳥風月花鳥風月', 'Trustno1trustno2'])(
  '%s is accepted',
  async (password) => {
    expect(await findPasswordIssue(password, about)).toBeNull()
  },
)
