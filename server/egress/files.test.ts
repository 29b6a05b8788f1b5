import { expect, test } from 'vitest'
import { egress, failure, ok, serve } from './test-servers.ts'

test('a multipart form, in which a name cannot end its quotes', async () => {
  const { seen, port } = await serve(ok)
  await egress().request({
    method: 'POST',
    url: `http://a.test:${port}`,
    headers: { 'Content-Type': 'text/plain' },
    parts: [
      { name: 'a"\r\nX-Evil: 1', value: 'é' },
      { name: 'file', filename: 'x";\r\n.png', type: 'image/png\r\nX: y', bytes: Buffer.from('png') },
    ],
  })
  const [, boundary] =
    /^multipart\/form-data; boundary=(\S+)$/.exec(seen[0]?.headers['content-type'] ?? '') ?? []
  expect(seen[0]?.body).toBe(
    [
      `--${boundary}`,
      'Content-Disposition: form-data; name="a%22%0D%0AX-Evil: 1"',
      '',
      'é',
      `--${boundary}`,
      'Content-Disposition: form-data; name="file"; filename="x%22;%0D%0A.png"',
      'Content-Type: application/octet-stream',
      '',
      'png',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  )
})

test('bytes go out and come back as they are', async () => {
  const bytes = Uint8Array.from([0, 255, 1, 254])
  const { seen, port } = await serve((_, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(bytes)
  })
  const url = `http://a.test:${port}`
  const reply = await egress().request({ method: 'POST', url, bytes, expect: 'bytes' })
  expect(seen[0]?.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': '4',
  })
  expect(reply.body).toBeNull()
  expect(reply.bytes && [...reply.bytes]).toEqual([...bytes])
})

test('an error is read also where a file was asked for', async () => {
  const { port } = await serve((_, response) => {
    response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":"gone"}')
  })
  const reply = await egress().request({ url: `http://a.test:${port}`, expect: 'bytes' })
  expect(reply).toMatchObject({ status: 404, body: { error: 'gone' } })
  expect(reply.bytes).toBeUndefined()
})

test('what is too large is not sent', async () => {
  const bytes = new Uint8Array(61 * 1024 * 1024)
  expect(await failure({ method: 'POST', url: 'http://a.test:8000', bytes })).toMatchObject({
    code: 'request_too_large',
  })
})
