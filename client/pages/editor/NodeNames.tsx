import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { keyAfter, nameNode } from '#client/canvas/name-node.ts'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { edit, select } from '#client/canvas/verbs.ts'
import { useT } from '#client/lib/use-t.ts'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { InlineText } from './InlineText.tsx'

/** The maker's name for a node, and the key that expressions call it by. */
export function NodeNames({ node, info }: { node: DocumentNode; info: NodeInfo | undefined }) {
  const t = useT('editor')
  const store = useEditorStore()
  const readonly = useEditor((state) => state.readonly)
  const [renaming, setRenaming] = useState(false)
  const isTrigger = info?.role === 'trigger'

  const rename = (name: string) => {
    const change = nameNode(store.getState().document, { node, info, name })
    if (edit(store, change, 'rename')) select(store, [keyAfter(change, node.key)])
  }
  const renameKey = (to: string) => {
    setRenaming(false)
    if (edit(store, { type: 'rename-key', key: node.key, to }, 'rename')) select(store, [to])
  }
  return (
    <div className="min-w-0 grow">
      <InlineText
        label={t('panel.name')}
        value={node.name ?? ''}
        placeholder={info?.title ?? node.type}
        maxLength={120}
        readOnly={readonly}
        onCommit={rename}
        className="font-semibold text-lg"
      />
      {renaming ? (
        <InlineText
          label={t('panel.key')}
          value={node.key}
          maxLength={63}
          autoFocus
          onCommit={renameKey}
          onCancel={() => setRenaming(false)}
          className="font-mono text-sm"
        />
      ) : (
        <button
          type="button"
          disabled={readonly}
          onClick={() => setRenaming(true)}
          title={t('panel.keyHelp')}
          aria-label={t('panel.changeKey', { key: node.key })}
          className="group flex max-w-full items-center gap-1.5 rounded-xs px-1.5 font-mono text-faint text-xs leading-6 hover:text-ink"
        >
          <span className="truncate">{isTrigger ? 'trigger' : `steps.${node.key}`}</span>
          {!readonly && <Pencil aria-hidden className="size-3 shrink-0 opacity-0 group-hover:opacity-100" />}
        </button>
      )}
    </div>
  )
}
