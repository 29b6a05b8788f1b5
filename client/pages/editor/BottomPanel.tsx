import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { ChevronDown, ChevronUp, CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'
import { useFailureText } from '#client/canvas/failure-words.ts'
import { useCardWords } from '#client/canvas/node-words.ts'
import { edgeId } from '#client/canvas/patch.ts'
import { useProblemWords } from '#client/canvas/problem-words.ts'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { openPanel, selectEdge } from '#client/canvas/verbs.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { Switch } from '#client/ui/Switch.tsx'
import { TabPanel, Tabs } from '#client/ui/Tabs.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import type { Problem } from '#nodes/graph/document.ts'
import { paths } from '../../paths.ts'
import type { FollowedRun } from './use-followed-run.ts'

export type BottomTab = 'runs' | 'problems'

export interface BottomPanelProps {
  workflowId: string
  followed: FollowedRun
  /** Null while it is collapsed to its tabs. */
  open: BottomTab | null
  onOpen: (tab: BottomTab | null) => void
}

/** Runs of this workflow and problems of its draft, under the canvas. */
export function BottomPanel({ workflowId, followed, open, onOpen }: BottomPanelProps) {
  const t = useT('editor')
  const problems = useEditor((state) => state.problems)
  const look = open ? 'h-48 overflow-y-auto' : 'hidden'
  const errors = problems.filter((problem) => problem.severity === 'error').length
  return (
    <section aria-label={t('bottom.title')} className="relative shrink-0 border-line border-t bg-surface">
      <Tabs
        label={t('bottom.title')}
        value={open ?? 'runs'}
        onChange={onOpen}
        tabs={[
          { value: 'runs', label: t('bottom.runs') },
          {
            value: 'problems',
            label: t('bottom.problems'),
            badge:
              problems.length > 0 ? (
                <span className={clsx('text-xs tabular-nums', errors > 0 ? 'text-bad' : 'text-warn')}>
                  {problems.length}
                </span>
              ) : undefined,
          },
        ]}
        listClassName={open ? undefined : 'border-b-0'}
      >
        {/* Collapsed too, a tab names the panel it opens. */}
        <TabPanel value="runs" className={look}>
          {open && <RunRows workflowId={workflowId} followed={followed} />}
        </TabPanel>
        <TabPanel value="problems" className={look}>
          {open && <ProblemRows problems={problems} />}
        </TabPanel>
      </Tabs>
      <div className="absolute top-0.5 right-2 flex h-8 items-center gap-3">
        {open === 'runs' && (
          <Switch label={t('bottom.follow')} checked={followed.listening} onChange={followed.setListening} />
        )}
        <IconButton
          size="sm"
          label={open ? t('bottom.collapse') : t('bottom.expand')}
          onClick={() => onOpen(open ? null : 'runs')}
        >
          {open ? <ChevronDown /> : <ChevronUp />}
        </IconButton>
      </div>
    </section>
  )
}

function RunRows({ workflowId, followed }: { workflowId: string; followed: FollowedRun }) {
  const t = useT('editor')
  const text = useFailureText()
  const trpc = useTRPC()
  const { slug } = useTenant()
  const runs = useQuery(trpc.runs.list.queryOptions({ workflowId, limit: 50 })).data?.items
  if (runs?.length === 0) return <p className="px-4 py-5 text-muted text-sm">{t('bottom.noRuns')}</p>
  return (
    <ul className="@container">
      {runs?.map((run) => (
        <li
          key={run.id}
          className={clsx(
            'flex h-9 items-center gap-4 border-line border-b pr-3 text-sm',
            run.id === followed.id ? 'bg-accent-soft' : 'hover:bg-hover',
          )}
        >
          <button
            type="button"
            aria-pressed={run.id === followed.id}
            onClick={() => followed.follow(run.id === followed.id ? null : run.id)}
            className="flex h-full min-w-0 grow items-center gap-4 pl-4 text-left outline-offset-[-2px]"
          >
            <StatusBadge status={run.status} className="w-28 shrink-0" />
            <span className="@max-lg:hidden w-24 shrink-0 truncate text-muted">
              {t(`startedBy.${run.startedBy}`)}
            </span>
            <span className="@max-2xl:hidden w-20 shrink-0 truncate text-muted">
              {run.version === null ? t('bottom.draft') : t('bottom.version', { number: run.version })}
            </span>
            <span className="min-w-0 grow truncate text-muted">{run.failure && text(run.failure)}</span>
            {run.startedAt && (
              <span className="shrink-0 text-muted tabular-nums">
                <Duration from={run.startedAt} to={run.finishedAt} />
              </span>
            )}
            <span className="w-24 shrink-0 text-right text-faint">
              <TimeAgo at={run.createdAt} />
            </span>
          </button>
          <Link to={paths.run(slug, run.id)} className="shrink-0 rounded-xs px-1 text-accent hover:underline">
            {t('bottom.open')}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function ProblemRows({ problems }: { problems: readonly Problem[] }) {
  const t = useT('editor')
  const store = useEditorStore()
  const words = useCardWords()
  const problemText = useProblemWords()
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  if (problems.length === 0) {
    return (
      <p className="flex items-center gap-2 px-4 py-5 text-muted text-sm">
        <CircleCheck aria-hidden className="size-4 text-good" />
        {t('bottom.noProblems')}
      </p>
    )
  }
  const goTo = (problem: Problem) => {
    const edge = problem.edge === undefined ? undefined : drawing.edges[problem.edge]
    if (problem.node !== undefined) openPanel(store, problem.node)
    else if (edge) selectEdge(store, edgeId(edge))
  }
  return (
    <ul>
      {problems.map((problem, index) => {
        const node = drawing.nodes.find((each) => each.key === problem.node)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two problems may say the same of the same place
          <li key={index} className="border-line border-b">
            <button
              type="button"
              onClick={() => goTo(problem)}
              className="flex min-h-9 w-full items-center gap-3 px-4 py-1.5 text-left text-sm outline-offset-[-2px] hover:bg-hover"
            >
              {problem.severity === 'error' ? (
                <OctagonAlert aria-label={t('bottom.error')} className="size-4 shrink-0 text-bad" />
              ) : (
                <TriangleAlert aria-label={t('bottom.warning')} className="size-4 shrink-0 text-warn" />
              )}
              {node && (
                <span className="w-44 shrink-0 truncate font-medium">
                  {words.title(node, find(node.type, node.version))}
                </span>
              )}
              <span className="min-w-0 text-pretty">{problemText(problem)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
