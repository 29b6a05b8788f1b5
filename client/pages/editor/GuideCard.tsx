import { useMutation } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { chooseNode } from '#client/canvas/choose-node.ts'
import { type GuideStep, guideNow, guideProgress, guideSteps } from '#client/canvas/guide.ts'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { showAll } from '#client/canvas/verbs.ts'
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
  const store = useEditorStore()
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
  const onCalled = () => {
    setCalled(true)
    // What happens next is on the canvas.
    showAll(store)
  }
  return (
    <aside
      aria-label={t('guide.title')}
      className="absolute right-3 bottom-10 z-10 w-84 max-w-[calc(100%-1.5rem)] animate-rise rounded-md border border-line bg-raised p-4 shadow-float"
    >
      <div className="mb-2 flex items-center gap-2">
        <span className="grow font-medium text-faint text-xs">
          {t('guide.title')} · {t('guide.progress', { done: done.size, of: guideSteps.length })}
        </span>
        <IconButton size="sm" label={t('guide.close')} onClick={onClose} className="-my-1 -mr-2">
          <X />
        </IconButton>
      </div>
      <Thread done={done} now={now} />
      <div key={now} className="mt-3 flex animate-fade flex-col items-start gap-3" aria-live="polite">
        <div>
          <h2 className="font-semibold text-base">
            {now ? t(`guide.steps.${now}.title`) : t('guide.finished')}
          </h2>
          <p className="mt-1 text-pretty text-muted text-sm">
            {now ? t(`guide.steps.${now}.body`) : t('guide.finishedBody')}
          </p>
        </div>
        {now && (
          <div className="flex gap-2">
            <StepAction step={now} hookBase={workflow.hookBase} onCalled={onCalled} />
            <Button size="sm" variant="quiet" onClick={() => setSkipped(new Set([...skipped, now]))}>
              {t('guide.skip')}
            </Button>
          </div>
        )}
      </div>
    </aside>
  )
}

/** Five knots on one thread. */
function Thread({ done, now }: { done: ReadonlySet<GuideStep>; now: GuideStep | null }) {
  const t = useT('editor')
  return (
    <ol className="flex items-center">
      {guideSteps.map((step, index) => (
        <li
          key={step}
          aria-current={step === now ? 'step' : undefined}
          className={clsx('flex items-center', index > 0 && 'grow')}
        >
          {index > 0 && (
            <span aria-hidden className={clsx('h-0.5 grow', done.has(step) ? 'bg-accent' : 'bg-line')} />
          )}
          <Knot
            label={t(`guide.steps.${step}.title`)}
            state={done.has(step) ? 'done' : step === now ? 'now' : 'later'}
          />
        </li>
      ))}
    </ol>
  )
}

function Knot({ label, state }: { label: string; state: 'done' | 'now' | 'later' }) {
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={clsx(
        'flex size-5 shrink-0 items-center justify-center rounded-full border-2',
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
