/** What a field held, in the way that a person reads it. */
export type FieldValue =
  | { kind: 'text'; text: string }
  | { kind: 'html'; text: string }
  | { kind: 'money'; amount: number }
  | { kind: 'number'; number: number }
  | { kind: 'flag'; on: boolean }
  | { kind: 'date'; at: string }
  | { kind: 'nothing' }
