import { useMutation } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { chooseNode } from '#client/canvas/choose-node.ts'
import { type GuideStep, guideNow, guideProgress, guideSteps } from '#client/canvas/guide.ts'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { hookOf, sampleBody } from './hook.ts'
import type { FollowedRun } from './use-followed-run.ts'

export interface GuideCardProps {
  workflow: { publishedVersion: number | null; hookBase: string; hasUnpublishedChanges: boolean }
  followed: FollowedRun
  onClose: () => void
}

/** The first workflow in five steps, beside the canvas. It sees by itself what is done. */
export function GuideCard({ workflow, followed, onClose }: GuideCardProps) {
  const t = useT('editor')
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  const [skipped, setSkipped] = useState<ReadonlySet<GuideStep>>(new Set())
  const [wasCalled, setCalled] = useState(false)
  const called = wasCalled && followed.record?.status === 'succeeded'
  const done = guideProgress({
    document: drawing,
    find,
    publishedVersion: workflow.publishedVersion,
    isPublished: !workflow.hasUnpublishedChanges,
    called,
  })
  const now = guideNow(done, skipped)
  return (
    <aside
      aria-label={t('guide.title')}
      className="absolute top-3 right-3 z-10 w-76 animate-rise rounded-md border border-line bg-raised p-4 shadow-float"
    >
      <div className="mb-3 flex items-center gap-2">
        <h2 className="grow font-semibold text-base">{now ? t('guide.title') : t('guide.finished')}</h2>
        <span className="text-faint text-xs tabular-nums">
          {t('guide.progress', { done: done.size, of: guideSteps.length })}
        </span>
        <IconButton size="sm" label={t('guide.close')} onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <ol className="flex flex-col">
        {guideSteps.map((step, index) => (
          <li
            key={step}
            className="relative flex gap-3 pb-3 last:pb-0"
            aria-current={step === now ? 'step' : undefined}
          >
            {index < guideSteps.length - 1 && (
              <span
                aria-hidden
                className={clsx(
                  'absolute top-5 bottom-0 left-[9px] w-0.5',
                  done.has(step) ? 'bg-accent' : 'bg-line',
                )}
              />
            )}
            <Knot state={done.has(step) ? 'done' : step === now ? 'now' : 'later'} />
            <div className="min-w-0 grow">
              <div className={clsx('text-sm', step === now ? 'font-medium text-ink' : 'text-muted')}>
                {t(`guide.steps.${step}.title`)}
              </div>
              {step === now && (
                <div className="mt-1 flex animate-fade flex-col items-start gap-2.5">
                  <p className="text-pretty text-muted text-sm">{t(`guide.steps.${step}.body`)}</p>
                  <div className="flex gap-2">
                    <StepAction step={step} hookBase={workflow.hookBase} onCalled={() => setCalled(true)} />
                    <Button size="sm" variant="quiet" onClick={() => setSkipped(new Set([...skipped, step]))}>
                      {t('guide.skip')}
                    </Button>
                  </div>
                </div>
              )}
            </div>
          </li>
        ))}
      </ol>
      {!now && <p className="mt-3 text-pretty text-muted text-sm">{t('guide.finishedBody')}</p>}
    </aside>
  )
}

function Knot({ state }: { state: 'done' | 'now' | 'later' }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'relative z-1 flex size-5 shrink-0 items-center justify-center rounded-full border-2',
        state === 'done' && 'border-accent bg-accent text-on-accent',
        state === 'now' && 'border-accent bg-raised',
        state === 'later' && 'border-line bg-raised',
      )}
    >
      {state === 'done' && <Check className="size-3" strokeWidth={3} />}
      {state === 'now' && <span className="size-1.5 rounded-full bg-accent" />}
    </span>
  )
}

/** The one thing that does a step, where a button can. */
function StepAction(props: { step: GuideStep; hookBase: string; onCalled: () => void }) {
  const t = useT('editor')
  const store = useEditorStore()
  const addSet = () => {
    const { infos, document } = store.getState()
    const info = infos.find((each) => each.id === 'data.set')
    const hook = document.nodes.find((node) => node.type === 'trigger.webhook')
    if (info) chooseNode(store, { info, target: hook ? { from: { key: hook.key, port: 'out' } } : {} })
  }
  if (props.step === 'trigger') return <AddHook />
  if (props.step === 'call') return <TestCall {...props} />
  if (props.step === 'step') {
    return (
      <Button size="sm" onClick={addSet}>
        {t('guide.addSet')}
      </Button>
    )
  }
  return null
}

/** Adds a webhook with a path that is surely free, so that nothing has to be typed. */
function AddHook() {
  const t = useT('editor')
  const store = useEditorStore()
  const hasHook = useEditor((state) => state.document.nodes.some((node) => node.type === 'trigger.webhook'))
  if (hasHook) return null
  const add = () => {
    const info = store.getState().infos.find((each) => each.id === 'trigger.webhook')
    if (info)
      chooseNode(store, {
        info,
        params: { path: `hello-${crypto.randomUUID().slice(0, 6)}`, answer: 'when_done' },
      })
  }
  return (
    <Button size="sm" onClick={add}>
      {t('guide.addHook')}
    </Button>
  )
}

/** Really calls the published address, as another system would. */
function TestCall({ hookBase, onCalled }: { hookBase: string; onCalled: () => void }) {
  const t = useT('editor')
  const drawing = useEditor((state) => state.document)
  const hook = drawing.nodes
    .filter((node) => node.type === 'trigger.webhook')
    .map((node) => hookOf(node, hookBase))
    .find((each) => each !== null)
  const call = useMutation({
    mutationFn: async () => {
      if (!hook) return null
      // The page may be open under another name than BASE_URL says; the path is the same.
      const url = new URL(new URL(hook.url).pathname, location.href)
      const hasBody = hook.method !== 'GET'
      const response = await fetch(url, {
        method: hook.method,
        ...(hasBody ? { headers: { 'content-type': 'application/json' }, body: sampleBody } : {}),
      })
      return { status: response.status, text: (await response.text()).slice(0, 200) }
    },
    onMutate: onCalled,
  })
  return (
    <div className="flex flex-col items-start gap-2">
      <Button size="sm" variant="primary" busy={call.isPending} onClick={() => call.mutate()}>
        {t('guide.call')}
      </Button>
      {call.data && (
        <code className="max-w-60 break-all rounded-xs bg-sunken px-1.5 py-1 font-mono text-xs">
          {call.data.status} {call.data.text}
        </code>
      )}
      {call.error && <p className="text-bad text-sm">{t('guide.callFailed')}</p>}
    </div>
  )
}
