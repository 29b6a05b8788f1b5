import net from 'node:net'
import tls from 'node:tls'

export interface FakeMail {
  from: string
  to: string[]
  text: string
  user: string | undefined
}

export interface FakeSmtp {
  port: number
  mails: FakeMail[]
  /** What came of connections; a test sees that none was made. */
  connections: () => number
  close(): Promise<void>
}

interface About {
  user?: string
  password?: string
  /** Offers STARTTLS with this certificate, and refuses everything before it. */
  tls?: { key: string; cert: string }
  /** Recipients it does not know. */
  unknown?: readonly string[]
}

/** A mail server on loopback: real SMTP with AUTH PLAIN and LOGIN, and STARTTLS where asked for. */
export async function fakeSmtp(about: About = {}): Promise<FakeSmtp> {
  const mails: FakeMail[] = []
  const sockets = new Set<net.Socket>()
  let connections = 0
  const server = net.createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    socket.write('220 fake.example ESMTP\r\n')
    speak(socket, { about, mails, secure: false })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    mails,
    connections: () => connections,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}

interface Talk {
  about: About
  mails: FakeMail[]
  secure: boolean
}

function speak(socket: net.Socket, talk: Talk): void {
  const { about, mails, secure } = talk
  let buffer = ''
  let mail: { from: string; to: string[] } | null = null
  let reading = false
  let user: string | undefined
  /** What the next line answers. */
  let asked: 'user' | 'password' | null = null
  const say = (line: string) => socket.write(`${line}\r\n`)
  const signIn = (name: string, password: string) => {
    if (name !== about.user || password !== about.password) return say('535 5.7.8 Authentication failed')
    user = name
    return say('235 2.7.0 Accepted')
  }

  const onData = (chunk: Buffer) => {
    buffer += chunk.toString('latin1')
    for (;;) {
      const end = reading ? '\r\n.\r\n' : '\r\n'
      const at = buffer.indexOf(end)
      if (at < 0) return
      const text = buffer.slice(0, at)
      buffer = buffer.slice(at + end.length)
      if (reading) finish(text)
      else if (!command(text)) return
    }
  }

  function finish(text: string) {
    reading = false
    if (mail) mails.push({ ...mail, text: text.replaceAll('\r\n..', '\r\n.'), user })
    mail = null
    say('250 2.0.0 Ok: queued')
  }

  /** False when the conversation goes on elsewhere. */
  function command(line: string): boolean {
    if (asked) return answered(line)
    const [verb = '', rest = ''] = line.split(/ (.*)/s)
    const name = verb.toUpperCase()
    if (about.tls && !secure && !['EHLO', 'STARTTLS', 'QUIT', 'NOOP'].includes(name)) {
      say('530 5.7.0 Must issue a STARTTLS command first')
      return true
    }
    switch (name) {
      case 'EHLO':
        say(
          `250-fake.example\r\n250-SIZE 26214400${about.tls && !secure ? '\r\n250-STARTTLS' : ''}\r\n250 AUTH PLAIN LOGIN`,
        )
        return true
      case 'STARTTLS':
        return upgrade()
      case 'AUTH':
        auth(rest)
        return true
      case 'QUIT':
        say('221 2.0.0 Bye')
        socket.end()
        return false
    }
    envelope(name, rest)
    return true
  }

  function envelope(name: string, rest: string) {
    if (name === 'NOOP') return say('250 Ok')
    if (about.user && !user) return say('530 5.7.0 Authentication required')
    if (name === 'MAIL') {
      mail = { from: /<([^>]*)>/.exec(rest)?.[1] ?? '', to: [] }
      return say('250 2.1.0 Ok')
    }
    if (name === 'RCPT' && mail) {
      const to = /<([^>]*)>/.exec(rest)?.[1] ?? ''
      if (about.unknown?.includes(to)) return say(`550 5.1.1 <${to}>: Recipient address rejected`)
      mail.to.push(to)
      return say('250 2.1.5 Ok')
    }
    if (name === 'DATA' && mail && mail.to.length > 0) {
      reading = true
      return say('354 End data with <CR><LF>.<CR><LF>')
    }
    return say('503 5.5.1 Bad sequence of commands')
  }

  function auth(rest: string) {
    const [method = '', initial] = rest.split(' ')
    if (method.toUpperCase() === 'PLAIN' && initial) {
      const [, name = '', password = ''] = Buffer.from(initial, 'base64').toString().split('\0')
      return signIn(name, password)
    }
    if (method.toUpperCase() !== 'LOGIN') return say('504 5.5.4 Unrecognized authentication type')
    asked = 'user'
    return say('334 VXNlcm5hbWU6')
  }

  let name = ''
  function answered(line: string): boolean {
    const text = Buffer.from(line, 'base64').toString()
    if (asked === 'user') {
      name = text
      asked = 'password'
      say('334 UGFzc3dvcmQ6')
    } else {
      asked = null
      signIn(name, text)
    }
    return true
  }

  function upgrade(): boolean {
    if (!about.tls || secure) {
      say('502 5.5.1 Not available')
      return true
    }
    say('220 2.0.0 Ready to start TLS')
    socket.removeListener('data', onData)
    const safe = new tls.TLSSocket(socket, { isServer: true, ...about.tls })
    safe.on('error', () => socket.destroy())
    speak(safe, { ...talk, secure: true })
    return false
  }

  socket.on('data', onData)
}
