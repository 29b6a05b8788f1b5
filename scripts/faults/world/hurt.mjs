// Loaded into a process of Trama before Trama (node --import), by the fault harness alone: what it takes to hurt the
// process from within. No part of the product knows of it.
import diagnostics from 'node:diagnostics_channel'
import fs from 'node:fs'
import net from 'node:net'
import { Readable } from 'node:stream'

const { clockMs = 0, blockMs = 0, dieAt = 0, countIn = '' } = JSON.parse(process.env.TRAMA_FAULTS ?? '{}')

// Whoever is called knows which process called.
diagnostics.subscribe('undici:request:create', ({ request }) => {
  request.addHeader('x-faults-process', String(process.pid))
})

// A clock that is wrong.
if (clockMs !== 0) {
  const Real = Date
  globalThis.Date = new Proxy(Real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [Real.now() + clockMs] : args, newTarget),
    apply: () => new Real(Real.now() + clockMs).toString(),
    get: (target, name) => (name === 'now' ? () => Real.now() + clockMs : Reflect.get(target, name)),
  })
}

// An event loop that stands still: on SIGUSR2, for so long.
if (blockMs > 0 && dieAt === 0 && countIn === '')
  process.on('SIGUSR2', () => {
    const until = performance.now() + blockMs
    while (performance.now() < until);
  })

// A death at the k-th time that bytes leave or enter, counted from SIGUSR2 on; or, to know how many there are, a count.
if (dieAt > 0 || countIn !== '') {
  let armed = false
  let count = 0
  const busy = new WeakSet()
  const boundary = (socket) => {
    // What one socket does in one go, such as the parts of one query, is one boundary.
    if (!armed || busy.has(socket)) return
    busy.add(socket)
    setImmediate(() => busy.delete(socket))
    count++
    if (countIn !== '') fs.writeFileSync(countIn, String(count))
    else if (count === dieAt) process.kill(process.pid, 'SIGKILL')
  }
  process.on('SIGUSR2', () => {
    armed = true
  })
  const { write } = net.Socket.prototype
  net.Socket.prototype.write = function (...args) {
    boundary(this)
    return write.apply(this, args)
  }
  net.Socket.prototype.push = function (chunk, encoding) {
    if (chunk !== null) boundary(this)
    return Readable.prototype.push.call(this, chunk, encoding)
  }
}
