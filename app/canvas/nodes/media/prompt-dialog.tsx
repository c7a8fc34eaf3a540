'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/overlay/dialog'
import { useModels } from '#lib/ai/api/reads/use-models'
import type { MediaNode } from '#lib/contract/canvas/canvas'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { useFormat } from '#lib/messages/use-say'
import { StartRefusal } from '../../../people/money/start-refusal.tsx'
import { ImageSettings } from '../../../tools/image-generator/components/image-settings.tsx'
import { quoteFor } from '../../../tools/studio/composer/composer-bar.tsx'
import { PromptField } from '../../../tools/studio/fields/prompt-field.tsx'
import { usePictures } from '../../../tools/studio/form/pictures/use-pictures.ts'
import { type ComposerForm, useComposerForm } from '../../../tools/studio/form/use-composer-form.ts'
import { imageKind } from '../../../tools/studio/kinds/image-kind.ts'
import type { StudioKind } from '../../../tools/studio/kinds/studio-kind.ts'
import { videoKind } from '../../../tools/studio/kinds/video-kind.ts'
import { ComposerSettings } from '../../../tools/video-generator/components/composer-settings.tsx'
import { useEditor } from '../../surface/editor.ts'
import type { BodyProps } from '../body-props.ts'
import { makeVersion } from './make-version.ts'
import { valuesOf } from './settings-values.ts'
import { type Brought, broughtTo } from '#lib/contract/canvas/brought'
import { settingsOf } from './versions.ts'

interface PromptDialogProps extends BodyProps<MediaNode> {
  isOpen: boolean
  onClose: () => void
}

/** The composer of the studio for one node: what it is started with stays in the node. */
export function PromptDialog(props: PromptDialogProps) {
  const { node, isOpen, onClose } = props
  const t = useTranslations('canvasNodes')
  return (
    <Dialog title={t('dialog', { kind: node.kind })} isOpen={isOpen} onClose={onClose}>
      {node.kind === 'image' ? (
        <PromptForm {...props} kind={imageKind} />
      ) : (
        <PromptForm {...props} kind={videoKind} />
      )}
    </Dialog>
  )
}

const nothingOwn = { views: [], hasMore: false, loadMore: async () => {} }

interface PromptFormProps<Request> extends PromptDialogProps {
  kind: StudioKind<Request>
}

function PromptForm<Request extends object>(props: PromptFormProps<Request>) {
  const { node, doc, kind, onClose } = props
  const t = useTranslations('canvasNodes')
  const { announce } = useEditor()
  const { models } = useModels(kind.makes)
  const form = useComposerForm(kind, models, valuesOf(node.settings), false)
  const pictures = usePictures(form, announce)
  const [problem, setProblem] = useState<Problem>()
  const { nodes, edges } = doc.read()
  const brought = broughtTo(node.id, { nodes, edges: edges.values() })
  const isFed = brought.some(({ edge }) => edge.role !== 'prompt')
  const send: Parameters<typeof form.submit>[0] = async (values, model) => {
    setProblem(undefined)
    try {
      await makeVersion(doc, node, settingsOf(kind.toRequest(values, model), brought))
      onClose()
      return true
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setProblem(error.problem)
      return false
    }
  }
  const start = () => {
    // What edges bring is the run's to judge.
    if (brought.length > 0 && form.model) void send(form.values, form.model)
    else void form.submit(send)
  }
  const Settings = kind.makes === 'image' ? ImageSettings : ComposerSettings
  return (
    <form
      noValidate
      className="space-y-6"
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <PromptField form={form} />
      <BroughtList brought={brought} />
      <Settings form={form} models={models} pictures={pictures} own={nothingOwn} node={{ isFed }} />
      {problem && <StartRefusal problem={problem} />}
      <StartButton form={form} words={t('generate')} />
    </form>
  )
}

/** What edges bring: it is shown, and not asked for. */
function BroughtList({ brought }: { brought: readonly Brought[] }) {
  const t = useTranslations()
  if (brought.length === 0) return null
  return (
    <section>
      <h3 className="text-sm text-soft">{t('canvasNodes.brought')}</h3>
      <ul className="mt-1 space-y-1 text-sm">
        {brought.map(({ edge, source }) => (
          <li key={edge.id} dir="auto" className="line-clamp-2">
            {t('canvasNodes.broughtOne', {
              role: t(`canvas.role.${edge.role}`),
              words:
                'text' in source && source.text ? source.text : t(`canvas.kind.${source.kind}`),
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}

function StartButton({ form, words }: { form: ComposerForm; words: string }) {
  const t = useTranslations('composer')
  const { usd } = useFormat()
  const { model, asked, isSubmitting } = form
  const quote = model && asked && quoteFor(model, asked)
  const price = quote && typeof quote === 'object' && 'upToUsd' in quote ? usd(quote.usd) : null
  return (
    <Button type="submit" variant="primary" size="large" disabled={!model || isSubmitting}>
      {price === null ? words : t('generateFor', { price })}
    </Button>
  )
}
