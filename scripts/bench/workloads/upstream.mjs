// The server that W4 calls: answers each request after 1 ms. Bare, so that it costs little beside what calls it.
import net from 'node:net'

const text = JSON.stringify({ price: 12.5 })
const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
)
const END_OF_HEAD = '\r\n\r\n'

const server = net.createServer({ noDelay: true }, (socket) => {
  let had = ''
  socket.on('error', () => undefined)
  socket.on('data', (part) => {
    had += part.toString('latin1')
    for (let end = had.indexOf(END_OF_HEAD); end >= 0; end = had.indexOf(END_OF_HEAD)) {
      had = had.slice(end + END_OF_HEAD.length)
      setTimeout(() => socket.write(answer), 1)
    }
  })
})
server.listen(0, '127.0.0.1', () => process.send({ origin: `http://127.0.0.1:${server.address().port}` }))
process.once('disconnect', () => process.exit())
