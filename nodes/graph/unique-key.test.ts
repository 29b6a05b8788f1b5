import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NodeKey } from './document.ts'
import { uniqueKey } from './unique-key.ts'

test.each([
  ['Send mail', [], 'send_mail'],
  ['Send mail', ['send_mail'], 'send_mail_2'],
  ['Send mail', ['send_mail', 'send_mail_2'], 'send_mail_3'],
  ['Responder à ação', [], 'responder_a_acao'],
  ['2nd try', [], 'n_2nd_try'],
  ['送信', [], 'step'],
  ['', ['step'], 'step_2'],
  ['x'.repeat(80), ['x'.repeat(63)], `${'x'.repeat(61)}_2`],
])('%s', (name, taken, expected) => expect(uniqueKey(name, taken)).toBe(expected))

test('always a key, and never a taken one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.array(fc.string()), (name, others) => {
      const first = uniqueKey(name, others)
      const second = uniqueKey(name, [...others, first])
      expect(NodeKey.safeParse(first).success && NodeKey.safeParse(second).success).toBe(true)
      expect([...others, first]).not.toContain(second)
    }),
  )
})
