import type { ReactNode } from 'react'
import { JsonView } from '#client/forms/JsonView.tsx'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import type { AuditRow } from './row.ts'

/** All of one entry. */
export function AuditDetails({ row, onClose }: { row: AuditRow | null; onClose: () => void }) {
  const t = useT('monitoring')
  const format = useFormat()
  return (
    <Dialog
      open={row !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={<span className="font-mono text-base">{row?.action}</span>}
    >
      {row && (
        <>
          <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1.5">
            <Line name={t('audit.columns.at')}>{format.moment(row.at)}</Line>
            <Line name={t('audit.columns.actor')}>
              {row.actor.name} <span className="text-faint">({t(`audit.kind.${row.actor.kind}`)})</span>
            </Line>
            <Line name={t('audit.columns.subject')}>{row.subject.name || row.subject.id || '–'}</Line>
            {row.subject.id && (
              <Line name={t('audit.id')}>
                <code className="break-all font-mono text-sm">{row.subject.id}</code>
              </Line>
            )}
            {row.ip && <Line name={t('audit.ip')}>{row.ip}</Line>}
          </dl>
          {Object.keys(row.detail).length > 0 && (
            <div className="mt-4 max-h-80 overflow-auto rounded-sm border border-line bg-sunken p-3">
              <JsonView name="detail" value={row.detail} />
            </div>
          )}
        </>
      )}
    </Dialog>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
