import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import type { ConnectionRow } from './row.ts'
import { useConnect } from './use-connect.ts'

/** For a connection that waits for somebody to sign in. */
export function ConnectButton({ row }: { row: ConnectionRow }) {
  const t = useT('pages')
  const { connect, connecting } = useConnect()
  return (
    <Button size="sm" busy={connecting} onClick={() => void connect(row.id)}>
      {t(row.trouble === null ? 'connections.connect' : 'connections.reconnect')}
    </Button>
  )
}
