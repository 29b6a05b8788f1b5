import {
  CalendarClock,
  ClipboardList,
  LogIn,
  MessageCircle,
  MousePointerClick,
  TriangleAlert,
  Webhook,
  Zap,
} from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'

const looks = {
  'trigger.manual': { icon: MousePointerClick, word: 'triggers.manual' },
  'trigger.webhook': { icon: Webhook, word: 'triggers.webhook' },
  'trigger.schedule': { icon: CalendarClock, word: 'triggers.schedule' },
  'trigger.form': { icon: ClipboardList, word: 'runs.startedBy.form' },
  'trigger.chat': { icon: MessageCircle, word: 'runs.startedBy.chat' },
  'trigger.called': { icon: LogIn, word: 'runs.startedBy.call' },
  'trigger.error': { icon: TriangleAlert, word: 'runs.startedBy.error' },
} as const

const isKnown = (type: string): type is keyof typeof looks => Object.hasOwn(looks, type)
// The others are of services, which call us or are asked.
const look = (type: string) =>
  isKnown(type) ? looks[type] : ({ icon: Zap, word: 'runs.startedBy.event' } as const)

/** What starts a workflow, in icons and words. */
export function TriggerTags({ triggers }: { triggers: readonly string[] }) {
  const t = useT('pages')
  if (triggers.length === 0) return <span className="text-faint">{t('workflows.noTrigger')}</span>
  return (
    <span className="flex min-w-0 items-center gap-3 overflow-hidden">
      {triggers.map((type) => {
        const { icon: Icon, word } = look(type)
        return (
          <span key={type} className="flex min-w-0 items-center gap-1.5 text-muted">
            <Icon aria-hidden className="size-3.5 shrink-0 text-faint" />
            <span className="truncate">{t(word)}</span>
          </span>
        )
      })}
    </span>
  )
}
