import type { Socket } from 'node:net'
import type { SocketTarget } from '#server/egress/socket.ts'

/** The guarded way out, for what is not HTTP. */
export type Connects = (target: SocketTarget) => Promise<Socket>
