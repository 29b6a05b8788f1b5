import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { publicAddress } from './hook.ts'

export interface HookAddressProps {
  node: DocumentNode
  info: NodeInfo
  workflow: { hookBase: string; eventBase: string }
}

/** Where a trigger is reached from outside, once it is published: to copy, and to open where people go there. */
export function HookAddress({ node, info, workflow }: HookAddressProps) {
  const t = useT('editor')
  const { slug } = useTenant()
  const address = publicAddress(node, { starts: info.starts, slug, ...workflow })
  if (!address) return null
  return (
    <div className="flex flex-col gap-2 rounded-sm border border-line bg-sunken/60 p-3">
      <div className="text-faint text-xs">
        {t(`hook.${address.kind === 'event' ? 'eventAddress' : address.kind}`)}
      </div>
      <CopyLine text={address.url} label={t('hook.copyAddress')} />
      {address.kind === 'event' && <p className="text-muted text-sm">{t('hook.eventHelp')}</p>}
      {(address.kind === 'chat' || address.kind === 'form') && (
        <a
          href={address.url}
          target="_blank"
          rel="noreferrer"
          className="self-start text-accent text-sm hover:underline"
        >
          {t('hook.open')}
        </a>
      )}
      {address.curl !== undefined && (
        <>
          <div className="text-faint text-xs">{t('hook.fromTerminal')}</div>
          <CopyLine text={address.curl} label={t('hook.copyCurl')} />
        </>
      )}
    </div>
  )
}

function CopyLine({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start gap-2">
      <code className="min-w-0 grow break-all font-mono text-ink text-xs leading-5">{text}</code>
      <CopyButton text={text} label={label} compact variant="quiet" />
    </div>
  )
}
