import { expect, test } from 'vitest'
import { passwordProblem } from './weak-passwords.server.ts'

const about = { shopName: 'Hill & Co', name: 'Ada Byron', email: 'ada.byron@example.com' }

test.each(['password', 'Password', '12345678', 'qwertyuiop', 'iloveyou', 'aaaaaaaaaa', 'abababab'])(
  '%s is tried first by everybody',
  async (password) => {
    expect(await passwordProblem(password, about)).toBe('common')
  },
)

test.each(['hillco?', 'Hill & Co 2026!', 'adabyron1', 'ada.byron', 'ada.byron@example.com'])(
  '%s is nothing but a name that everybody knows',
  async (password) => {
    expect(await passwordProblem(password, about)).toBe('about-you')
  },
)

test.each(['four words in a row', 'xK3$vv90qQ', 'Ada likes engines', '花鳥風月花鳥風月', 'Trustno1trustno2'])(
  '%s may be used',
  async (password) => {
    expect(await passwordProblem(password, about)).toBeNull()
  },
)
