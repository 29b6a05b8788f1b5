import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useCan } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { TabPanel, Tabs } from '#client/ui/Tabs.tsx'
import { Raised } from './alerts/Raised.tsx'
import { RuleDialog } from './alerts/RuleDialog.tsx'
import { Rules } from './alerts/Rules.tsx'
import type { RuleRow } from './alerts/row.ts'
import { Page } from './frame/Page.tsx'

/** What was raised, and the rules that raise it. */
export default function Alerts() {
  const t = useT('monitoring')
  const manages = useCan('administer')
  const [query, setQuery] = useSearchParams()
  const [editing, setEditing] = useState<RuleRow | 'new' | null>(null)
  const tab = manages && query.get('tab') === 'rules' ? 'rules' : 'raised'
  const create = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setEditing('new')}>
      {t('alerts.create')}
    </Button>
  )
  if (!manages)
    return (
      <Page title={t('alerts.title')} className="flex flex-col">
        <Raised />
      </Page>
    )
  return (
    <Page title={t('alerts.title')} actions={create} className="flex flex-col">
      <Tabs
        label={t('alerts.tabs.label')}
        value={tab}
        onChange={(next) => setQuery(next === 'rules' ? { tab: next } : {}, { replace: true })}
        tabs={[
          { value: 'raised', label: t('alerts.tabs.raised') },
          { value: 'rules', label: t('alerts.tabs.rules') },
        ]}
        className="min-h-0 grow"
        listClassName="px-6 phone:px-4"
      >
        <TabPanel value="raised" className="flex flex-col">
          <Raised />
        </TabPanel>
        <TabPanel value="rules" className="flex flex-col">
          <Rules onEdit={setEditing} create={create} />
        </TabPanel>
      </Tabs>
      <RuleDialog rule={editing} onClose={() => setEditing(null)} />
    </Page>
  )
}
