/** The value of a field, for display. */
export type FieldValue =
  | { kind: 'text'; text: string }
  | { kind: 'html'; text: string }
  | { kind: 'money'; amount: number }
  | { kind: 'number'; number: number }
  | { kind: 'flag'; on: boolean }
  | { kind: 'date'; at: string }
  | { kind: 'nothing' }
