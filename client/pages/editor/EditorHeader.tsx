import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  ChevronLeft,
  Ellipsis,
  History,
  OctagonAlert,
  Play,
  Power,
  SlidersHorizontal,
  Spline,
  TriangleAlert,
} from 'lucide-react'
import { Link } from 'react-router'
import type { Autosave } from '#client/canvas/autosave.ts'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { confirm } from '#client/ui/confirm.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, MenuItem } from '#client/ui/Menu.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { paths } from '../../paths.ts'
import { LibraryBadge } from '../library/LibraryBadge.tsx'
import { LibraryMenuItems } from '../library/LibraryMenuItems.tsx'
import { PausedTag } from '../workflows/PausedTag.tsx'
import { PauseItem } from '../workflows/PauseItem.tsx'
import { InlineText } from './InlineText.tsx'
import { PublishButton } from './PublishButton.tsx'
import { SaveStatus } from './SaveStatus.tsx'

export interface EditorHeaderProps {
  workflow: { id: string; name: string; publishedVersion: number | null; pausedAt: string | null }
  autosave: Autosave
  onRun: () => void
  onProblems: () => void
  onVersions: () => void
  onSettings: () => void
  onGuide: () => void
  onPublished: () => void
}

/** What the workflow is called, whether it is saved, and what to do with it. */
export function EditorHeader(props: EditorHeaderProps) {
  const { workflow, autosave, onRun, onProblems, onVersions, onSettings, onGuide, onPublished } = props
  const t = useT('editor')
  const store = useEditorStore()
  const { slug } = useTenant()
  const readonly = useEditor((state) => state.readonly)
  const rename = useRename(workflow.id)
  const unpublish = useUnpublish(workflow.id)
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-surface pr-3 pl-1.5 phone:h-auto phone:flex-wrap phone:py-2">
      <Link
        to={paths.workflows(slug)}
        aria-label={t('header.back')}
        className="flex size-8 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
      >
        <ChevronLeft aria-hidden className="size-4.5" />
      </Link>
      <h1 className="sr-only">{workflow.name}</h1>
      <div className="min-w-0 max-w-100 shrink phone:grow phone:basis-24">
        <InlineText
          label={t('header.name')}
          value={workflow.name}
          maxLength={120}
          readOnly={readonly}
          onCommit={(name) => rename(name)}
          className="field-sizing-content h-8 max-w-full font-semibold text-base"
        />
      </div>
      {workflow.publishedVersion !== null && (
        <Tag tone="good">{t('header.live', { number: workflow.publishedVersion })}</Tag>
      )}
      <PausedTag pausedAt={workflow.pausedAt} />
      <LibraryBadge workflowId={workflow.id} />
      {readonly ? (
        <Tag>{t('header.readonly')}</Tag>
      ) : (
        <SaveStatus {...{ autosave, store, workflowId: workflow.id }} />
      )}
      <div className="ml-auto flex shrink-0 items-center gap-2 phone:max-w-full phone:flex-wrap">
        <ProblemButton onClick={onProblems} />
        {!readonly && (
          <Button icon={<Play aria-hidden />} onClick={onRun}>
            {t('header.run')}
          </Button>
        )}
        {!readonly && (
          <PublishButton
            workflow={workflow}
            autosave={autosave}
            onPublished={onPublished}
            onProblems={onProblems}
          />
        )}
        <Menu
          align="end"
          trigger={
            <IconButton label={t('header.more')}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<SlidersHorizontal />} onSelect={onSettings}>
            {t('settings.title')}
          </MenuItem>
          <MenuItem icon={<History />} onSelect={onVersions}>
            {t('header.versions')}
          </MenuItem>
          {!readonly && <LibraryMenuItems workflowId={workflow.id} />}
          {!readonly && (
            <MenuItem icon={<Spline />} onSelect={onGuide}>
              {t('header.guide')}
            </MenuItem>
          )}
          {!readonly && <PauseItem workflow={workflow} />}
          {!readonly && workflow.publishedVersion !== null && (
            <MenuItem icon={<Power />} tone="danger" onSelect={() => void unpublish()}>
              {t('header.unpublish')}
            </MenuItem>
          )}
        </Menu>
      </div>
    </header>
  )
}

function ProblemButton({ onClick }: { onClick: () => void }) {
  const t = useT('editor')
  const problems = useEditor((state) => state.problems)
  if (problems.length === 0) return null
  const isError = problems.some((problem) => problem.severity === 'error')
  return (
    <Button
      variant="quiet"
      onClick={onClick}
      icon={
        isError ? (
          <OctagonAlert aria-hidden className="text-bad" />
        ) : (
          <TriangleAlert aria-hidden className="text-warn" />
        )
      }
    >
      {t('problemCount', { count: problems.length })}
    </Button>
  )
}

function useRename(id: string): (name: string) => void {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const onError = useTroubleToast()
  const rename = useMutation(
    trpc.workflows.rename.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries(trpc.workflows.pathFilter()),
    }),
  )
  return (name) => {
    if (name.trim() !== '') rename.mutate({ id, name: name.trim() })
  }
}

function useUnpublish(id: string): () => Promise<void> {
  const t = useT('editor')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const onError = useTroubleToast()
  const unpublish = useMutation(
    trpc.workflows.unpublish.mutationOptions({
      onError,
      onSettled: () => queries.invalidateQueries(trpc.workflows.pathFilter()),
    }),
  )
  return async () => {
    const question = {
      title: t('header.unpublishTitle'),
      body: t('header.unpublishBody'),
      action: t('header.unpublish'),
    }
    if (await confirm({ ...question, tone: 'danger' })) unpublish.mutate({ id })
  }
}
