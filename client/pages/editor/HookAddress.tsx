import { useT } from '#client/lib/use-t.ts'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { hookOf } from './hook.ts'

/** Where a webhook is called, and how. */
export function HookAddress({ node, hookBase }: { node: DocumentNode; hookBase: string }) {
  const t = useT('editor')
  const hook = hookOf(node, hookBase)
  if (!hook) return null
  return (
    <div className="flex flex-col gap-2 rounded-sm border border-line bg-sunken/60 p-3">
      <div className="text-faint text-xs">{t('hook.address')}</div>
      <CopyLine text={hook.url} label={t('hook.copyAddress')} />
      <div className="text-faint text-xs">{t('hook.fromTerminal')}</div>
      <CopyLine text={hook.curl} label={t('hook.copyCurl')} />
    </div>
  )
}

/** Where a service sends its events; it is entered there. */
export function EventAddress({ address }: { address: string }) {
  const t = useT('editor')
  return (
    <div className="flex flex-col gap-2 rounded-sm border border-line bg-sunken/60 p-3">
      <div className="text-faint text-xs">{t('hook.eventAddress')}</div>
      <CopyLine text={address} label={t('hook.copyAddress')} />
      <p className="text-faint text-xs">{t('hook.eventHelp')}</p>
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
