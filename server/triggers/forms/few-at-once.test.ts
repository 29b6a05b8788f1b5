import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { fewAtOnce } from './few-at-once.ts'

function asking() {
  const letIn = fewAtOnce({ most: 4, mostOfOne: 2 })
  return async (ip: string, headers: Record<string, string> = {}) => {
    const raw = new ServerResponse(new IncomingMessage(new Socket()))
    await letIn({ ip, headers }, { raw })
    return () => raw.emit('close')
  }
}
const busy = { status: 503, code: 'busy' }

test('one address that sends many large bodies, slowly, leaves room for others', async () => {
  const ask = asking()
  const leave = await ask('1.1.1.1')
  await ask('1.1.1.1')
  await expect(ask('1.1.1.1')).rejects.toMatchObject(busy)
  await ask('2.2.2.2')
  await ask('3.3.3.3')
  await expect(ask('4.4.4.4')).rejects.toMatchObject(busy)
  leave()
  await ask('4.4.4.4')
})

test('small bodies are not counted', async () => {
  const ask = asking()
  for (let n = 0; n < 20; n++) await ask('1.1.1.1', { 'content-length': '1000' })
  await ask('1.1.1.1')
})
